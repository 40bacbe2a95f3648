// The reports over HTTP: as JSON for the page and for other systems, and each as a file.
import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { routes } from '../contract/http.ts';
import { Language } from '../contract/identity.ts';
import type { Route } from '../contract/route.ts';
import { bind, parse } from '../edge/http.ts';
import { RateLimit } from '../edge/limits.ts';
import type { Asking } from '../timetable/who.ts';
import type { FacultyReports } from './faculty.service.ts';
import type { ReportFiles } from './files.service.ts';
import type { Look, Paper } from './paper.ts';
import { atRiskPaper, facultyPaper, matrixPaper, studentPaper, teacherPaper, termPaper } from './papers.ts';
import { type Keys, languageFor, readerOf } from './reader.ts';
import type { ReportsService } from './reports.service.ts';

const File = z.object({ format: z.enum(['csv', 'xlsx', 'pdf']), id: z.string().default('') });
const Lang = z.object({ lang: z.preprocess((value) => value || undefined, Language.optional()) });
const types = {
  csv: 'text/csv; charset=utf-8',
  pdf: 'application/pdf',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

/** Of one reader within a minute: a file takes a moment of the processor. */
const usualFiles = () => new RateLimit(30, 60);

interface Served<P extends z.ZodType, Q extends z.ZodType, A extends z.ZodType> extends Route {
  readonly params: P;
  readonly query: Q;
  readonly answer: A;
}

interface Report<P extends z.ZodType, Q extends z.ZodType, A extends z.ZodType> {
  readonly read: (asking: Asking, params: z.output<P>, query: z.output<Q>) => Promise<z.input<A>>;
  /** Missing: the file holds what `read` answers. */
  readonly readWhole?: (asking: Asking, params: z.output<P>, query: z.output<Q>) => Promise<z.input<A>>;
  readonly paper: (view: z.output<A>, look: Look) => Paper;
  /** Not for other systems. */
  readonly peopleOnly?: true;
}

export function reportsHttp(parts: {
  readonly reports: ReportsService;
  readonly faculties: FacultyReports;
  readonly files: ReportFiles;
  readonly keys: Keys;
  readonly limit?: RateLimit;
}): Router {
  const { reports, faculties, files, keys, limit = usualFiles() } = parts;
  const router = Router();

  function serve<P extends z.ZodType, Q extends z.ZodType, A extends z.ZodType>(
    route: Served<P, Q, A>,
    { read, readWhole = read, paper, peopleOnly }: Report<P, Q, A>,
  ): void {
    const path = route.path.replace(/\{(\w+)\}/g, ':$1');
    const ask = async (request: Request, how: typeof read) => {
      const reader = await readerOf(keys, request, peopleOnly !== true);
      const params = parse(route.params, request.params, 'path');
      const query = parse(route.query, request.query, 'query');
      return { reader, view: async () => route.answer.parse(await how(reader.asking, params, query)) };
    };
    // Files first: the path of the report itself would fit them too.
    router.get(`${path}.:format`, async (request: Request, response: Response) => {
      const { reader, view } = await ask(request, readWhole);
      const { format, id } = parse(File, request.params, 'path');
      const { lang } = parse(Lang, request.query, 'query');
      await limit.take(reader.actor.id);
      const look = files.look(languageFor(request, reader, lang));
      const { bytes, name } = await files.file(reader.actor, paper(await view(), look), format, id);
      response.attachment(name).type(types[format]).send(bytes);
    });
    router.get(path, async (request: Request, response: Response) => {
      const { view } = await ask(request, read);
      response.json(await view());
    });
  }

  bind(router, routes.reportScopes, ({ person }) => reports.scopes(person));
  serve(routes.groupReport, {
    read: (asking, { id }, query) => reports.group(asking, id, query),
    paper: (view, look) => matrixPaper(view, look, 'group'),
  });
  serve(routes.courseReport, {
    read: (asking, { id }, query) => reports.course(asking, id, query),
    paper: (view, look) => matrixPaper(view, look, 'course'),
  });
  serve(routes.studentReport, { read: (asking, { id }, query) => reports.student(asking, id, query), paper: studentPaper });
  serve(routes.teacherReport, {
    read: (asking, { id }, query) => reports.teacher(asking, id, query),
    ...{ paper: teacherPaper, peopleOnly: true },
  });
  serve(routes.facultyReport, { read: (asking, { id }, query) => faculties.faculty(asking, id, query), paper: facultyPaper });
  serve(routes.termReport, { read: (asking, _params, query) => faculties.term(asking, query), paper: termPaper });
  serve(routes.atRisk, {
    read: (asking, _params, query) => faculties.atRisk(asking, query),
    readWhole: (asking, _params, { page: _page, ...query }) => faculties.atRisk(asking, query),
    paper: atRiskPaper,
  });
  return router;
}
