// The reports over HTTP: as JSON for the page and for other systems, and each as a file.
import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { routes } from '../contract/http.ts';
import { Language } from '../contract/identity.ts';
import type { Route } from '../contract/route.ts';
import { parse } from '../edge/http.ts';
import { RateLimit } from '../edge/limits.ts';
import type { Asking } from '../timetable/who.ts';
import type { Answers, Report } from './answers.ts';
import type { ReportFiles } from './files.service.ts';
import { type Keys, languageFor, readerOf } from './reader.ts';

const File = z.object({ format: z.enum(['csv', 'xlsx', 'pdf']), id: z.string().default('') });
const Lang = z.object({ lang: z.preprocess((value) => value || undefined, Language.optional()) });
const types = {
  csv: 'text/csv; charset=utf-8',
  pdf: 'application/pdf',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

/** Of one reader within a minute: a file takes a moment of the processor. */
const usualFiles = () => new RateLimit(30, 60);

interface Served<P extends z.ZodType, Q extends z.ZodType> extends Route {
  readonly params: P;
  readonly query: Q;
}

interface For {
  /** Not for other systems. */
  readonly peopleOnly?: true;
  readonly noFiles?: true;
}

export function reportsHttp(parts: {
  readonly answers: Answers;
  readonly files: ReportFiles;
  readonly keys: Keys;
  readonly limit?: RateLimit;
}): Router {
  const { answers, files, keys, limit = usualFiles() } = parts;
  const router = Router();

  function serve<P extends z.ZodType, Q extends z.ZodType>(
    route: Served<P, Q>,
    reportOf: (asking: Asking, params: z.output<P>, query: z.output<Q>) => Report,
    { peopleOnly, noFiles }: For = {},
  ): void {
    const path = route.path.replace(/\{(\w+)\}/g, ':$1');
    const asked = async (request: Request) => {
      const reader = await readerOf(keys, request, peopleOnly !== true);
      const params = parse(route.params, request.params, 'path');
      const query = parse(route.query, request.query, 'query');
      return { reader, report: reportOf(reader.asking, params, query) };
    };
    const file = async (request: Request, response: Response) => {
      const { reader, report } = await asked(request);
      const { format, id } = parse(File, request.params, 'path');
      const { lang } = parse(Lang, request.query, 'query');
      await limit.take(reader.actor.id);
      const paper = await answers.ask(report, files.look(languageFor(request, reader, lang)));
      const { bytes, name } = await files.file(reader.actor, paper, format, id);
      response.attachment(name).type(types[format]).send(bytes);
    };
    // Files first: the path of the report itself would fit them too.
    if (noFiles !== true) router.get(`${path}.:format`, file);
    router.get(path, async (request: Request, response: Response) => {
      const { bytes } = await answers.ask((await asked(request)).report, 'json');
      response.type('json').send(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    });
  }

  serve(routes.reportScopes, (asking) => ({ kind: 'scopes', asking }), { peopleOnly: true, noFiles: true });
  serve(routes.groupReport, (asking, { id }, query) => ({ kind: 'group', asking, id, query }));
  serve(routes.courseReport, (asking, { id }, query) => ({ kind: 'course', asking, id, query }));
  serve(routes.studentReport, (asking, { id }, query) => ({ kind: 'student', asking, id, query }));
  serve(routes.teacherReport, (asking, { id }, query) => ({ kind: 'teacher', asking, id, query }), { peopleOnly: true });
  serve(routes.facultyReport, (asking, { id }, query) => ({ kind: 'faculty', asking, id, query }));
  serve(routes.termReport, (asking, _params, query) => ({ kind: 'term', asking, query }));
  serve(routes.atRisk, (asking, _params, query) => ({ kind: 'at-risk', asking, query }));
  return router;
}
