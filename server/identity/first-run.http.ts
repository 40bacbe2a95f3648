// The HTTP calls of the first start.
import { Router } from 'express';
import { routes } from '../contract/http.ts';
import { bind } from '../edge/http.ts';
import { setSessionCookie } from '../edge/http-session.ts';
import type { FirstRunService } from './first-run.service.ts';
import { whence } from './identity.http.ts';

export function firstRunHttp(firstRun: FirstRunService, maxSessionMs: number): Router {
  const router = Router();
  bind(router, routes.firstRunState, async () => ({ needed: await firstRun.isNeeded() }));
  bind(router, routes.firstRun, async ({ body, peer, request, response }) => {
    const done = await firstRun.run(body, whence(peer, request));
    setSessionCookie(response, done.token, { secure: peer.secure, maxAgeMs: maxSessionMs });
    return done;
  });
  return router;
}
