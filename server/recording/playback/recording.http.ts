// Serves recordings over HTTP: the list of a lesson, a manifest, and the indexed bytes of its files. Rights are checked on every request.

import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { type ErrorRequestHandler, type Response, Router } from 'express';
import { LessonId, type PersonId, type RecordingId } from '../../contract/ids.ts';
import { RecordingFile } from '../../contract/recording.ts';
import { Refused, refusalStatus } from '../../contract/reply.ts';
import { requirePerson } from '../../edge/http-caller.ts';
import type { RecordingAccess } from '../access/access.ts';
import type { RecordingService } from '../recording.service.ts';
import { readRange } from './byte-range.ts';

export type RecordingRouterOptions = {
  readonly service: Pick<RecordingService, 'list' | 'manifest' | 'file'>;
  readonly access: RecordingAccess;
  /** Somebody begins to watch. */
  readonly opened?: (personId: PersonId, recordingId: RecordingId) => void;
};

const notFound = (): Refused => new Refused('not-found', 'There is no such recording');

/** A media file is never changed on its way, and never kept by anyone but the browser's own player. */
const cacheControl = 'private, no-store, no-transform';

export const recordingRouter = ({ service, access, opened }: RecordingRouterOptions): Router => {
  const router = Router();

  router.get('/api/lessons/:id/recordings', async (request, response) => {
    const lessonId = LessonId.safeParse(request.params.id);
    if (!lessonId.success) throw notFound();
    const shown = new Set((await access.watchable(requirePerson(request), [lessonId.data])).map(({ id }) => id));
    const recordings = (await service.list(lessonId.data)).filter(({ id }) => shown.has(id));
    response.set('Cache-Control', cacheControl).json({ recordings });
  });

  router.get('/api/recordings/:id', async (request, response) => {
    const { recording, viewer } = await access.allow(request, request.params.id, 'watch');
    const manifest = await service.manifest(recording);
    if (viewer.kind === 'person') opened?.(viewer.person.id, recording.id);
    response.set('Cache-Control', cacheControl).json(manifest);
  });

  router.get('/api/recordings/:id/files/:file', async (request, response) => {
    const { recording } = await access.allow(request, request.params.id, 'watch');
    const name = RecordingFile.safeParse(request.params.file);
    const file = name.success ? await service.file(recording, name.data) : undefined;
    if (!file) throw notFound();
    const range = readRange(request.headers.range, file.bytes);
    response.set({ 'Accept-Ranges': 'bytes', 'Cache-Control': cacheControl, 'Content-Type': file.mime });
    if (range === 'unsatisfiable') {
      response.set('Content-Range', `bytes */${file.bytes}`);
      throw new Refused('range-not-satisfiable', 'The range begins behind the end of the file');
    }
    const { start, end } = range === 'whole' ? { start: 0, end: file.bytes - 1 } : range;
    if (range !== 'whole') response.status(206).set('Content-Range', `bytes ${start}-${end}/${file.bytes}`);
    response.set('Content-Length', String(end - start + 1));
    if (request.method === 'HEAD') {
      response.end();
      return;
    }
    await send(file.path, start, end, response);
  });

  const refuse: ErrorRequestHandler = (error, _request, response, next) => {
    if (!(error instanceof Refused) || response.headersSent) return next(error);
    response.status(refusalStatus[error.code]).type('json').json({ code: error.code, message: error.message });
  };
  router.use(refuse);
  return router;
};

const send = async (path: string, start: number, end: number, response: Response): Promise<void> => {
  try {
    await pipeline(createReadStream(path, { start, end }), response);
  } catch (error) {
    // A player that seeks closes the request it does not need any more.
    if (response.destroyed || response.closed) return;
    throw error;
  }
};
