// The status page's figures over HTTP, for administrators.
import { Router } from 'express';
import { routes } from '../contract/http.ts';
import { bind } from '../edge/http-bind.ts';
import type { MonitoringService } from './monitoring.service.ts';

export function monitoringHttp(monitoring: MonitoringService): Router {
  const router = Router();
  bind(router, routes.status, () => monitoring.status());
  return router;
}
