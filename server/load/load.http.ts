// The HTTP calls of the load page, for administrators.
import { Router } from 'express';
import { monitoringRoutes } from '../contract/routes-monitoring.ts';
import { bind } from '../edge/http-bind.ts';
import type { LoadService } from './load.service.ts';

export function loadHttp(load: LoadService): Router {
  const router = Router();
  bind(router, monitoringRoutes.status, () => load.status());
  bind(router, monitoringRoutes.loadHistory, ({ query }) => load.history(query));
  bind(router, monitoringRoutes.drainWorker, async ({ actor, params, body }) => {
    await load.drain(actor, params.pid, body.drained);
    return {};
  });
  bind(router, monitoringRoutes.endRoom, async ({ actor, params, body }) => {
    await load.endRoom(actor, params.id, body.note);
    return {};
  });
  return router;
}
