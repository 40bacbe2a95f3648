// The HTTP calls of the administration of people.
import { type Response, Router } from 'express';
import { routes } from '../contract/http.ts';
import { bind } from '../edge/http.ts';
import type { PeopleService } from './people.service.ts';

const IMPORT_BYTES = 8 * 1024 * 1024;

export function peopleHttp(people: PeopleService): Router {
  const router = Router();
  bind(router, routes.people, ({ query }) => people.list(query));
  bind(router, routes.addPerson, ({ body, actor }) => people.add(actor, body));
  bind(router, routes.changePerson, ({ params, body, actor }) => people.change(actor, params.id, body));
  bind(router, routes.importPeople, ({ body, response, actor }) => people.import(actor, body, untilClosed(response)), {
    bodyBytes: IMPORT_BYTES,
  });
  return router;
}

/** Aborted when the caller has gone away, or a proxy has lost its patience. */
function untilClosed(response: Response): AbortSignal {
  const controller = new AbortController();
  response.once('close', () => controller.abort());
  return controller.signal;
}
