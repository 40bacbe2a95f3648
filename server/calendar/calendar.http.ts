// The HTTP calls of the academic calendar.
import { Router } from 'express';
import { calendarRoutes as routes } from '../contract/routes-calendar.ts';
import { bind } from '../edge/http.ts';
import type { CalendarService } from './calendar.service.ts';

export function calendarHttp(calendar: CalendarService): Router {
  const router = Router();
  bind(router, routes.calendar, () => calendar.read());
  bind(router, routes.addYear, ({ actor, body }) => calendar.addYear(actor, body));
  bind(router, routes.changeYear, ({ actor, params, body }) => calendar.changeYear(actor, params.id, body));
  bind(router, routes.removeYear, async ({ actor, params }) => {
    await calendar.removeYear(actor, params.id);
    return {};
  });
  bind(router, routes.addTerm, ({ actor, body }) => calendar.addTerm(actor, body));
  bind(router, routes.changeTerm, ({ actor, params, body }) => calendar.changeTerm(actor, params.id, body));
  bind(router, routes.removeTerm, async ({ actor, params }) => {
    await calendar.removeTerm(actor, params.id);
    return {};
  });
  bind(router, routes.addSchedule, ({ actor, body }) => calendar.addSchedule(actor, body));
  bind(router, routes.changeSchedule, ({ actor, params, body }) => calendar.changeSchedule(actor, params.id, body));
  bind(router, routes.removeSchedule, async ({ actor, params }) => {
    await calendar.removeSchedule(actor, params.id);
    return {};
  });
  bind(router, routes.addDay, ({ actor, body }) => calendar.addDay(actor, body));
  bind(router, routes.changeDay, ({ actor, params, body }) => calendar.changeDay(actor, params.id, body));
  bind(router, routes.removeDay, async ({ actor, params }) => {
    await calendar.removeDay(actor, params.id);
    return {};
  });
  return router;
}
