// The HTTP calls of privacy: one's own data, how long what is kept, and taking a name away for good.
import { Router } from 'express';
import { actorOf } from '../audit/actor.ts';
import { routes } from '../contract/http.ts';
import { bind, callerOf, requirePerson } from '../edge/http.ts';
import { RateLimit } from '../edge/limits.ts';
import type { PrivacyService } from './privacy.service.ts';

/** It reads many tables. */
const usualExports = () => new RateLimit(10, 3600);

export function privacyHttp(privacy: PrivacyService, exports: RateLimit = usualExports()): Router {
  const router = Router();
  bind(router, routes.retention, () => privacy.rules);
  bind(router, routes.anonymise, ({ params, actor }) => privacy.anonymise(params.id, actor));
  router.get('/api/me/data', async (request, response) => {
    const person = requirePerson(request);
    await exports.take(person.id);
    const own = await privacy.own(person, actorOf(person, callerOf(request).peer.address));
    response
      .attachment('my-data.json')
      .type('application/json')
      .send(JSON.stringify(own, null, 2));
  });
  return router;
}
