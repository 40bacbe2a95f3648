// The HTTP call on what this machine carries, for administrators.
import { Router } from 'express';
import { capacityRoutes } from '../contract/routes-capacity.ts';
import { bind } from '../edge/http-bind.ts';
import type { CapacityViewService } from './view.service.ts';

export function capacityHttp(capacity: CapacityViewService): Router {
  const router = Router();
  bind(router, capacityRoutes.capacity, async () => capacity.view());
  return router;
}
