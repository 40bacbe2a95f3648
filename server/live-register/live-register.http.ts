// The register of a running class over HTTP.
import { Router } from 'express';
import { routes } from '../contract/http.ts';
import { bind } from '../edge/http.ts';
import type { LiveRegisterService } from './live-register.service.ts';

export function liveRegisterHttp(service: LiveRegisterService): Router {
  const router = Router();
  bind(router, routes.liveRegister, ({ person, params }) => service.view(person, params.id));
  bind(router, routes.callMissing, ({ person, params, body }) => service.call(person, params.id, body));
  return router;
}
