// The HTTP calls of quality histories.
import { Router } from 'express';
import { diagnosisRoutes } from '../contract/routes-diagnosis.ts';
import { bind } from '../edge/http.ts';
import { RateLimit } from '../edge/limits.ts';
import type { DiagnosisService } from './diagnosis.service.ts';

/** Of one person within a minute: a search may read what thousands of devices told (Z18). */
const usualLooks = () => new RateLimit(60, 60);

export function diagnosisHttp(service: DiagnosisService, limit: RateLimit = usualLooks()): Router {
  const router = Router();
  bind(router, diagnosisRoutes.troubles, async ({ person, actor, query }) => {
    await limit.take(person.id);
    return service.troubles(actor, query);
  });
  bind(router, diagnosisRoutes.stays, async ({ person, actor, query }) => {
    await limit.take(person.id);
    return service.stays(actor, query);
  });
  bind(router, diagnosisRoutes.stay, async ({ person, actor, params }) => {
    await limit.take(person.id);
    return service.stay(actor, params.lessonId, params.personId);
  });
  return router;
}
