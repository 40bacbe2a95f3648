// The register over HTTP: for the page, as a file for scripts, and as a table for Excel.
import { type Request, Router } from 'express';
import { z } from 'zod';
import { Register } from '../contract/attendance.ts';
import { routes } from '../contract/http.ts';
import { Language } from '../contract/identity.ts';
import { bind, parse, requirePerson } from '../edge/http.ts';
import type { Clock } from '../ports/clock.ts';
import type { AttendanceService } from './attendance.service.ts';
import { fileName, registerCsv } from './register.csv.ts';

const Asked = z.object({ lang: Language.optional() });
const languages = Language.options;

export function attendanceHttp(attendance: AttendanceService, options: { readonly clock: Clock; readonly timeZone: string }): Router {
  const { clock, timeZone } = options;
  const router = Router();
  bind(router, routes.register, ({ person, params }) => attendance.registerFor(person, params.id, clock.now()));

  const registerFrom = async (request: Request) => {
    const person = requirePerson(request);
    const { id } = parse(routes.register.params, request.params, 'path');
    return { person, register: await attendance.registerFor(person, id, clock.now()) };
  };
  router.get('/api/lessons/:id/register.json', async (request, response) => {
    const { register } = await registerFrom(request);
    response.attachment(`${fileName(register, timeZone)}.json`).json(Register.parse(register));
  });
  router.get('/api/lessons/:id/register.csv', async (request, response) => {
    const { lang } = parse(Asked, request.query, 'query');
    const { person, register } = await registerFrom(request);
    const language = lang ?? person.language ?? languageOf(request);
    response
      .attachment(`${fileName(register, timeZone)}.csv`)
      .type('text/csv; charset=utf-8')
      .send(registerCsv(register, language, timeZone));
  });
  return router;
}

function languageOf(request: Request): Language {
  const best = request.acceptsLanguages(...languages);
  return Language.catch('kk').parse(best);
}
