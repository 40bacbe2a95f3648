// Serves recordings over HTTP: the list of a lesson, a manifest, and the indexed bytes of its files. Rights are checked on every request.

import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { type ErrorRequestHandler, type Request, type Response, Router } from 'express';
import { LessonId, type PersonId, RecordingId } from '../../contract/ids.ts';
import { RecordingFile } from '../../contract/recording.ts';
import { Refused, refusalStatus } from '../../contract/reply.ts';
import type { RecordingService } from '../recording.service.ts';
import type { StoredRecording } from '../recording.store.ts';
import { readRange } from './byte-range.ts';

export type RecordingRouterOptions = {
  readonly service: Pick<RecordingService, 'list' | 'find' | 'manifest' | 'file'>;
  /**
   * Answers who asks, if that person may open the lesson's recordings: teacher, assistants, roster, administrators, observers.
   * Throws `Refused` else.
   */
  readonly authorise: (request: Request, lessonId: LessonId) => Promise<PersonId>;
  /** Somebody begins to watch. */
  readonly opened?: (personId: PersonId, recordingId: RecordingId) => void;
};

const notFound = (): Refused => new Refused('not-found', 'There is no such recording');

/** A media file is never changed on its way, and never kept by anyone but the browser's own player. */
const cacheControl = 'private, no-store, no-transform';

export const recordingRouter = ({ service, authorise, opened }: RecordingRouterOptions): Router => {
  const permitted = async (request: Request): Promise<StoredRecording & { readonly by: PersonId }> => {
    const id = RecordingId.safeParse(request.params.id);
    const recording = id.success ? await service.find(id.data) : undefined;
    if (!recording) throw notFound();
    return { ...recording, by: await authorise(request, recording.lessonId) };
  };

  const router = Router();

  router.get('/api/lessons/:id/recordings', async (request, response) => {
    const lessonId = LessonId.safeParse(request.params.id);
    if (!lessonId.success) throw notFound();
    await authorise(request, lessonId.data);
    response.set('Cache-Control', cacheControl).json({ recordings: await service.list(lessonId.data) });
  });

  router.get('/api/recordings/:id', async (request, response) => {
    const { by, ...recording } = await permitted(request);
    const manifest = await service.manifest(recording);
    opened?.(by, recording.id);
    response.set('Cache-Control', cacheControl).json(manifest);
  });

  router.get('/api/recordings/:id/files/:file', async (request, response) => {
    const recording = await permitted(request);
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
