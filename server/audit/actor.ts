// Who does an administrative act, and from where: what services are told so that the audit log can say it.
import type { Person } from '../contract/identity.ts';
import type { PersonId } from '../contract/ids.ts';

export interface Actor {
  readonly kind: 'person' | 'api-key' | 'server';
  /** Of the person; of a key it is `key-…`. */
  readonly id: PersonId;
  readonly displayName: string;
  readonly roles: Person['roles'];
  readonly roleFaculties?: Person['roleFaculties'];
  /** Network address; empty for the server itself. */
  readonly address: string;
}

export function actorOf(person: Person, address: string): Actor {
  const { id, displayName, roles, roleFaculties } = person;
  return { kind: 'person', id, displayName, roles, roleFaculties, address };
}
