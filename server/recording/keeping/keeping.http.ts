// The HTTP calls of keeping recordings: the trash for those who teach, all else for administrators.
import { type Request, Router } from 'express';
import type { Actor } from '../../audit/actor.ts';
import type { RecordingId } from '../../contract/ids.ts';
import { recordingRoutes } from '../../contract/routes-recordings.ts';
import { bind } from '../../edge/http.ts';
import type { KeepingService } from './keeping.service.ts';
import type { StorageService } from './storage.service.ts';

interface Parts {
  readonly keeping: KeepingService;
  readonly storage: StorageService;
  /** Throws what the person is to be told. */
  readonly mayEdit: (request: Request, id: RecordingId) => Promise<unknown>;
}

export function keepingHttp({ keeping, storage, mayEdit }: Parts): Router {
  const router = Router();
  const routes = recordingRoutes;
  const nothing = async (act: Promise<void>) => {
    await act;
    return {};
  };
  const asEditor = async (request: Request, id: RecordingId, act: (id: RecordingId) => Promise<void>) => {
    await mayEdit(request, id);
    return nothing(act(id));
  };
  const trash = (actor: Actor) => (id: RecordingId) => keeping.trash(id, actor);
  const restore = (actor: Actor) => (id: RecordingId) => keeping.restore(id, actor);
  bind(router, routes.trashRecording, ({ params, request, actor }) => asEditor(request, params.id, trash(actor)));
  bind(router, routes.restoreRecording, ({ params, request, actor }) => asEditor(request, params.id, restore(actor)));
  bind(router, routes.purgeRecording, ({ params, actor }) => nothing(keeping.purge(params.id, actor)));
  bind(router, routes.holdRecording, ({ params, body, actor }) => nothing(keeping.hold(params.id, body.reason, actor)));
  bind(router, routes.releaseRecording, ({ params, actor }) => nothing(keeping.release(params.id, actor)));
  bind(router, routes.keptRecordings, ({ query }) => keeping.page(query));
  bind(router, routes.keepingRules, () => storage.rules());
  bind(router, routes.storage, () => storage.state());
  return router;
}
