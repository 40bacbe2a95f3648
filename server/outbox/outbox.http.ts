// The HTTP calls of the outbox, for administrators.
import { Router } from 'express';
import { routes } from '../contract/http.ts';
import { bind } from '../edge/http-bind.ts';
import type { OutboxService } from './outbox.service.ts';

export function outboxHttp(service: OutboxService): Router {
  const router = Router();
  bind(router, routes.destinations, () => service.destinations());
  bind(router, routes.replay, ({ actor, params, body }) => service.replay(actor, params.id, body.fromSeq));
  bind(router, routes.pauseDestination, ({ actor, params }) => service.pause(actor, params.id));
  bind(router, routes.resumeDestination, ({ actor, params }) => service.resume(actor, params.id));
  bind(router, routes.deadLetters, ({ params, query }) => service.deadLetters(params.id, query.page));
  bind(router, routes.retryDead, ({ actor, params }) => service.retryDead(actor, params.id));
  return router;
}
