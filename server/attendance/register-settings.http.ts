// The HTTP calls of what registers judge by: rules, and excused absences.
import { Router } from 'express';
import { routes } from '../contract/http.ts';
import { bind } from '../edge/http.ts';
import { RateLimit } from '../edge/limits.ts';
import type { ExcusalsService } from './excusals.service.ts';
import type { RulePreviewService } from './rule-preview.service.ts';
import type { RulesService } from './rules.service.ts';

export interface RegisterSettings {
  readonly rules: RulesService;
  readonly preview: RulePreviewService;
  readonly excusals: ExcusalsService;
}

/** Of one person within a minute: a preview reads hundreds of traces. */
const usualPreviews = () => new RateLimit(20, 60);

export function registerSettingsHttp({ rules, preview, excusals }: RegisterSettings, previews: RateLimit = usualPreviews()): Router {
  const router = Router();
  bind(router, routes.registerRules, ({ person }) => rules.list(person));
  bind(router, routes.previewRegisterRule, async ({ actor, body }) => {
    await previews.take(actor.id);
    return preview.preview(actor, body);
  });
  bind(router, routes.addRegisterRule, ({ actor, body }) => rules.add(actor, body));
  bind(router, routes.removeRegisterRule, async ({ actor, params }) => {
    await rules.remove(actor, params.id);
    return {};
  });

  bind(router, routes.excusals, ({ person, query }) => excusals.list(person, query));
  bind(router, routes.addExcusal, ({ actor, body }) => excusals.add(actor, body));
  bind(router, routes.removeExcusal, async ({ actor, params }) => {
    await excusals.remove(actor, params.id);
    return {};
  });
  return router;
}
