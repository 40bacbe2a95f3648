// Who asks for a report: a person who is signed in, or another system with its key.
import type { Request } from 'express';
import { type Actor, actorOf } from '../audit/actor.ts';
import { Language } from '../contract/identity.ts';
import { PersonId } from '../contract/ids.ts';
import { callerOf, requirePerson } from '../edge/http-caller.ts';
import type { ApiKeyService } from '../import/api-key.service.ts';
import type { Asking } from '../timetable/who.ts';

export type Keys = Pick<ApiKeyService, 'isKey' | 'require'>;

export interface Reader {
  readonly asking: Asking;
  readonly actor: Actor;
  readonly language: Language | null;
}

/** Throws `Refused`. A key reads the whole university, where it may read at all. */
export async function readerOf(keys: Keys, request: Request, byKey: boolean): Promise<Reader> {
  const { token, peer } = callerOf(request);
  if (!byKey || token === null || !keys.isKey(token)) {
    const person = requirePerson(request);
    const { id, roles, roleFaculties } = person;
    return { asking: { id, roles, roleFaculties }, actor: actorOf(person, peer.address), language: person.language };
  }
  const { id, name } = await keys.require(token, 'attendance:read', peer.address);
  const actor: Actor = { kind: 'api-key', id: PersonId.parse(id), displayName: name, roles: [], address: peer.address };
  return { asking: { id, roles: ['administrator'] }, actor, language: null };
}

export function languageFor(request: Request, { language }: Reader, wanted: Language | undefined): Language {
  return wanted ?? language ?? Language.catch('kk').parse(request.acceptsLanguages(...Language.options));
}
