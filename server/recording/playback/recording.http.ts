// Serves recordings over HTTP: the list of a lesson, a manifest, and the indexed bytes of its files. Rights are asked at every request.
import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { routes } from '../../contract/http.ts';
import type { PersonId, RecordingId } from '../../contract/ids.ts';
import type { RecordingManifest, RecordingSummary } from '../../contract/recording.ts';
import { bind, parse } from '../../edge/http-bind.ts';
import type { RecordingAccess } from '../access/access.ts';
import type { Downloads } from './downloads.ts';
import { type FilesService, isDownload } from './files.service.ts';
import type { PageService } from './page.service.ts';
import type { As, PlaybackService } from './playback.service.ts';
import { cacheControl, serveBytes } from './serve-bytes.ts';

export interface RecordingRouterOptions {
  readonly access: RecordingAccess;
  readonly playback: PlaybackService;
  readonly files: FilesService;
  readonly page: PageService;
  /** As they are listed, with the size of what is written now; those that may be watched are picked out here. */
  readonly list: (lessonId: RecordingSummary['lessonId']) => Promise<readonly RecordingSummary[]>;
  /** Somebody begins to watch. */
  readonly opened: (personId: PersonId, recordingId: RecordingId) => void;
  readonly downloads: Downloads;
}

const Named = z.object({ id: z.string(), file: z.string() });
const asked = z.object({ as: z.enum(['viewer', 'editor']).default('viewer') });
const right = (as: As) => (as === 'editor' ? 'edit' : 'watch');

/** Written once for all who ask before it is another. */
const texts = new WeakMap<RecordingManifest, string>();

function textOf(manifest: RecordingManifest): string {
  const text = texts.get(manifest) ?? JSON.stringify(manifest);
  texts.set(manifest, text);
  return text;
}

export function recordingRouter(options: RecordingRouterOptions): Router {
  const { access, playback, page, list, opened } = options;
  const router = Router();

  bind(router, routes.recordings, async ({ person, params }) => {
    const shown = new Set((await access.watchable(person, [params.id])).map(({ id }) => id));
    return { recordings: (await list(params.id)).filter(({ id }) => shown.has(id)) };
  });

  bind(router, routes.recordingPage, async ({ request, params }) => page.of(await access.allow(request, params.id, 'watch')));

  // Not bound to its route: the manifest was parsed when it was read, and is asked for every second by all who look back.
  router.get('/api/recordings/:id', async (request, response) => {
    const { as } = parse(asked, request.query, 'query');
    const { recording, viewer } = await access.allow(request, request.params.id, right(as));
    const manifest = await playback.view(recording, as);
    if (viewer.kind === 'person') opened(viewer.person.id, recording.id);
    // Of a class that runs hundreds ask every other second: packing it for each of them would cost more than sending it.
    if (recording.state !== 'ended') response.set('Cache-Control', cacheControl);
    response.type('json').send(textOf(manifest));
  });

  router.get('/api/recordings/:id/files/:file', (request, response) => serveFile(options, request, response));
  return router;
}

async function serveFile({ access, files, downloads }: RecordingRouterOptions, request: Request, response: Response): Promise<void> {
  const { id, file } = parse(Named, request.params, 'path');
  const { as } = parse(asked, request.query, 'query');
  const allowed = await access.allow(request, id, isDownload(file) ? 'download' : right(as));
  const found = await files.find(allowed, file, as);
  if (isDownload(file) && request.method === 'GET') await downloads.asked(allowed, file);
  await serveBytes(request, response, found);
}
