// The printed week over HTTP.
import { Router } from 'express';
import { PrintQuery } from '../contract/feeds.ts';
import { parse, requirePerson } from '../edge/http.ts';
import { RateLimit } from '../edge/limits.ts';
import type { PrintService } from './print.service.ts';

/** Of one person within a minute: drawing takes a moment of the processor. */
const usualPrints = () => new RateLimit(20, 60);

export function printHttp(print: PrintService, prints: RateLimit = usualPrints()): Router {
  const router = Router();
  router.get('/api/print/week.pdf', async (request, response) => {
    const person = requirePerson(request);
    const query = parse(PrintQuery, request.query, 'query');
    await prints.take(person.id);
    const { pdf, name } = await print.week(person, query);
    response.set({
      'Content-Type': 'application/pdf',
      'Content-Disposition': `inline; filename="week.pdf"; filename*=UTF-8''${encodeURIComponent(name.toWellFormed()).replace(/['()*]/g, '')}`,
    });
    response.send(pdf);
  });
  return router;
}
