// The shares of distance teaching over HTTP: for the page, and as a table for Excel.
import { type Request, Router } from 'express';
import { z } from 'zod';
import { routes } from '../contract/http.ts';
import { Language } from '../contract/identity.ts';
import { SharesQuery } from '../contract/shares.ts';
import { bind, parse, requirePerson } from '../edge/http.ts';
import { sharesCsv } from './shares.csv.ts';
import type { SharesService } from './shares.service.ts';

const CsvQuery = SharesQuery.extend({ lang: z.preprocess((value) => value || undefined, Language.optional()) });

export function sharesHttp(shares: SharesService): Router {
  const router = Router();
  bind(router, routes.shares, ({ person, query }) => shares.report(person, query));
  bind(router, routes.ownShare, ({ person }) => shares.own(person));
  bind(router, routes.sharesPreview, ({ person, body }) => shares.preview(person, body));
  router.get('/api/shares.csv', async (request, response) => {
    const person = requirePerson(request);
    const { lang, ...query } = parse(CsvQuery, request.query, 'query');
    const { rows } = await shares.find(person, query);
    const language = lang ?? person.language ?? languageOf(request);
    response.attachment(`distance-${query.by}.csv`).type('text/csv; charset=utf-8').send(sharesCsv(rows, language));
  });
  return router;
}

function languageOf(request: Request): Language {
  return Language.catch('kk').parse(request.acceptsLanguages(...Language.options));
}
