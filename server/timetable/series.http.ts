// The HTTP calls of weekly patterns.
import { Router } from 'express';
import { planningRoutes as routes } from '../contract/routes-planning.ts';
import { bind } from '../edge/http.ts';
import type { SeriesService } from './series.service.ts';

export function seriesHttp(series: SeriesService): Router {
  const router = Router();
  bind(router, routes.series, ({ actor, query }) => series.list(actor, query));
  bind(router, routes.seriesConflicts, ({ actor, query, body }) => series.conflicts(actor, body, query.seriesId));
  bind(router, routes.addSeries, ({ actor, query, body }) => series.add(actor, body, query.despiteConflicts === 'true'));
  bind(router, routes.changeSeries, ({ actor, params, query, body }) =>
    series.change(actor, params.id, body, query.despiteConflicts === 'true'),
  );
  bind(router, routes.removeSeries, async ({ actor, params }) => {
    await series.remove(actor, params.id);
    return {};
  });
  return router;
}
