// The HTTP calls of the audit log: reading it, page by page or as a whole. None changes it.
import { once } from 'node:events';
import { Router } from 'express';
import { AuditQuery } from '../contract/audit.ts';
import { routes } from '../contract/http.ts';
import { bind, callerOf, parse, requirePerson } from '../edge/http.ts';
import { actorOf } from './actor.ts';
import { auditCsv } from './audit.csv.ts';
import type { AuditService } from './audit.service.ts';

export function auditHttp(audit: AuditService, timeZone: string): Router {
  const router = Router();
  bind(router, routes.audit, ({ actor, query }) => audit.page(actor, query));
  router.get('/api/audit.csv', async (request, response) => {
    const person = requirePerson(request);
    const { before: _before, limit: _limit, ...filter } = parse(AuditQuery, request.query, 'query');
    const pages = await audit.export(actorOf(person, callerOf(request).peer.address), filter);
    const csv = auditCsv(person.language, timeZone);
    response.attachment('audit.csv').type('text/csv; charset=utf-8');
    response.write(csv.head());
    for await (const entries of pages) {
      if (response.destroyed) return;
      // A slow reader sets the pace: the log may be longer than the memory.
      if (!response.write(csv.lines(entries))) await Promise.race([once(response, 'drain'), once(response, 'close')]);
    }
    response.end();
  });
  return router;
}
