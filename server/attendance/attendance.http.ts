// The register over HTTP: for the page, what is done to it, and as a file of each kind.
import { type Request, Router } from 'express';
import { z } from 'zod';
import { Register } from '../contract/attendance.ts';
import { routes } from '../contract/http.ts';
import { Language } from '../contract/identity.ts';
import { bind, parse, requirePerson } from '../edge/http.ts';
import { RateLimit } from '../edge/limits.ts';
import type { Clock } from '../ports/clock.ts';
import { Press } from '../reports/press.ts';
import type { AttendanceService } from './attendance.service.ts';
import { fileName, registerCsv } from './register.csv.ts';
import { registerPaper } from './register.paper.ts';
import type { RegisterActsService } from './register-acts.service.ts';

const Asked = z.object({ lang: Language.optional() });
const languages = Language.options;
/** Of one person within a minute: drawing takes a moment of the processor. */
const usualPrints = () => new RateLimit(20, 60);

const kinds = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pdf: 'application/pdf',
} as const;

export interface AttendanceHttp {
  readonly attendance: AttendanceService;
  readonly acts: RegisterActsService;
  readonly clock: Pick<Clock, 'now'>;
  readonly timeZone: string;
  readonly prints?: RateLimit;
}

export function attendanceHttp({ attendance, acts, clock, timeZone, prints = usualPrints() }: AttendanceHttp): Router {
  const router = Router();
  const press = new Press();
  bind(router, routes.register, ({ person, params }) => attendance.registerFor(person, params.id, clock.now()));
  bind(router, routes.correctRegister, ({ actor, params, body }) => acts.correct(actor, params.id, params.personId, body));
  bind(router, routes.signRegister, ({ actor, params, body }) => acts.sign(actor, params.id, body.digest));
  bind(router, routes.reopenRegister, ({ actor, params, body }) => acts.reopen(actor, params.id, body.reason));

  const registerFrom = async (request: Request) => {
    const person = requirePerson(request);
    const { id } = parse(routes.register.params, request.params, 'path');
    const { lang } = parse(Asked, request.query, 'query');
    const register = await attendance.registerFor(person, id, clock.now());
    return { person, register, language: lang ?? person.language ?? languageOf(request), name: fileName(register, timeZone) };
  };
  router.get('/api/lessons/:id/register.json', async (request, response) => {
    const { register, name } = await registerFrom(request);
    response.attachment(`${name}.json`).json(Register.parse(register));
  });
  router.get('/api/lessons/:id/register.csv', async (request, response) => {
    const { register, language, name } = await registerFrom(request);
    response
      .attachment(`${name}.csv`)
      .type('text/csv; charset=utf-8')
      .send(registerCsv(register, language, timeZone));
  });
  for (const format of ['xlsx', 'pdf'] as const) {
    router.get(`/api/lessons/:id/register.${format}`, async (request, response) => {
      await prints.take(requirePerson(request).id);
      const { register, language, name } = await registerFrom(request);
      const file = await press.print(registerPaper(register, language, timeZone), format, clock.now());
      response.attachment(`${name}.${format}`).type(kinds[format]).send(file);
    });
  }
  return router;
}

function languageOf(request: Request): Language {
  const best = request.acceptsLanguages(...languages);
  return Language.catch('kk').parse(best);
}
