// The HTTP calls of quality histories.
import { Router } from 'express';
import { diagnosisRoutes } from '../contract/routes-diagnosis.ts';
import { bind } from '../edge/http.ts';
import type { DiagnosisService } from './diagnosis.service.ts';

export function diagnosisHttp(service: DiagnosisService): Router {
  const router = Router();
  bind(router, diagnosisRoutes.troubles, ({ actor, query }) => service.troubles(actor, query));
  bind(router, diagnosisRoutes.stays, ({ actor, query }) => service.stays(actor, query));
  bind(router, diagnosisRoutes.stay, ({ actor, params }) => service.stay(actor, params.lessonId, params.personId));
  return router;
}
