// Turns a row of the table of persons into a person.
import { z } from 'zod';
import { Language, type Person, Role } from '../contract/identity.ts';
import { PersonId } from '../contract/ids.ts';

const Roles = z.array(Role);

export const columns = ['id', 'sign_in_name', 'display_name', 'email', 'language', 'roles', 'disabled'] as const;

interface Row {
  readonly id: string;
  readonly sign_in_name: string;
  readonly display_name: string;
  readonly email: string | null;
  readonly language: string | null;
  readonly roles: string;
  readonly disabled: number;
}

export function personOf(row: Row): Person {
  return {
    id: PersonId.parse(row.id),
    signInName: row.sign_in_name,
    displayName: row.display_name,
    email: row.email,
    language: Language.nullable().parse(row.language),
    roles: Roles.parse(JSON.parse(row.roles)),
    disabled: row.disabled !== 0,
  };
}
