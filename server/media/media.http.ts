// What a browser may know of the rooms' media before it joins one.
import { Router } from 'express';
import { routes } from '../contract/http.ts';
import { bind } from '../edge/http-bind.ts';
import type { MediaEngine } from '../ports/media.ts';

export function mediaHttp(engine: Pick<MediaEngine, 'rtpCapabilities'>): Router {
  const router = Router();
  bind(router, routes.mediaCapabilities, ({ response }) => {
    // Everybody asks for it at the same minute: compressing its three kilobytes would cost more than the rest of the answer.
    response.setHeader('Cache-Control', 'no-store, no-transform');
    return { rtpCapabilities: engine.rtpCapabilities };
  });
  return router;
}
