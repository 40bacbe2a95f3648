// The HTTP calls of API keys, and those that other systems make with them.
import { type Request, Router } from 'express';
import { type Actor, actorOf } from '../audit/actor.ts';
import { routes } from '../contract/http.ts';
import { PersonId } from '../contract/ids.ts';
import type { ImportTable } from '../contract/import.ts';
import { Refused } from '../contract/reply.ts';
import { bind, callerOf, parse } from '../edge/http.ts';
import { requireAccess, requirePerson } from '../edge/http-caller.ts';
import type { ApiKeyService } from './api-key.service.ts';
import type { PutService } from './put.service.ts';
import { type Scope, scopeOf } from './scope.ts';

export function apiKeysHttp(keys: ApiKeyService, imports: PutService): Router {
  const router = Router();
  bind(router, routes.apiKeys, () => keys.list());
  bind(router, routes.addApiKey, ({ actor, body }) => keys.add(actor, body));
  bind(router, routes.revokeApiKey, async ({ actor, params }) => {
    await keys.revoke(actor, params.id);
    return {};
  });

  // Their bodies are read in the thread of imports: parsing that much JSON here would hold up every class.
  router.put('/api/timetable/:table', async (request, response) => {
    const { table } = parse(routes.putTable.params, request.params, 'path');
    const caller = await callerFor(keys, request, table);
    response.json(routes.putTable.answer.parse({ difference: await imports.put(caller.actor, { ...caller, table, item: null }, request) }));
  });
  router.put('/api/timetable/:table/:externalId', async (request, response) => {
    const { table, externalId } = parse(routes.putTableItem.params, request.params, 'path');
    const caller = await callerFor(keys, request, table);
    if (table === 'enrolments' || table === 'bells') throw new Refused('bad-request', 'Rows of this table have no id of their own');
    response.json(
      routes.putTableItem.answer.parse({ difference: await imports.put(caller.actor, { ...caller, table, item: externalId }, request) }),
    );
  });
  return router;
}

const personal: ReadonlySet<ImportTable> = new Set(['people', 'enrolments']);
const everything: Scope = { faculties: 'every', staff: true };

/** Asked before the body is read. */
async function callerFor(
  keys: ApiKeyService,
  request: Request,
  table: ImportTable,
): Promise<{ actor: Actor; source: string; scope: Scope }> {
  const { token, peer } = callerOf(request);
  if (token === null || !keys.isKey(token)) {
    requireAccess(request, 'administrator');
    const actor = actorOf(requirePerson(request), peer.address);
    return { actor, source: 'API', scope: scopeOf(actor) };
  }
  const key = await keys.require(token, personal.has(table) ? 'people:write' : 'timetable:write', peer.address);
  const actor: Actor = { kind: 'api-key', id: PersonId.parse(key.id), displayName: key.name, roles: [], address: peer.address };
  return { actor, source: key.name, scope: everything };
}
