// What a browser may know of the rooms' media before it joins one.
import { Router } from 'express';
import { routes } from '../contract/http.ts';
import { bind } from '../edge/http-bind.ts';
import type { MediaEngine } from '../ports/media.ts';

export function mediaHttp(engine: Pick<MediaEngine, 'rtpCapabilities'>): Router {
  const router = Router();
  bind(router, routes.mediaCapabilities, () => ({ rtpCapabilities: engine.rtpCapabilities }));
  return router;
}
