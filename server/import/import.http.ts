// The HTTP calls of imports. Uploads come as they are, not as JSON.
import { Router } from 'express';
import { actorOf } from '../audit/actor.ts';
import { routes } from '../contract/http.ts';
import { bind, callerOf, parse } from '../edge/http.ts';
import { requirePerson } from '../edge/http-caller.ts';
import type { ImportService } from './import.service.ts';

export function importHttp(imports: ImportService): Router {
  const router = Router();
  bind(router, routes.imports, ({ actor }) => imports.list(actor));
  bind(router, routes.import, ({ actor, params }) => imports.one(actor, params.id));
  bind(router, routes.applyImport, ({ actor, params, body }) => imports.apply(actor, params.id, body.withGone));
  bind(router, routes.discardImport, async ({ actor, params }) => {
    await imports.discard(actor, params.id);
    return {};
  });
  router.post(routes.uploadImport.path, async (request, response) => {
    const person = requirePerson(request);
    const query = parse(routes.uploadImport.query, request.query, 'query');
    const job = await imports.upload(actorOf(person, callerOf(request).peer.address), query, request);
    response.json(routes.uploadImport.answer.parse(job));
  });
  return router;
}
