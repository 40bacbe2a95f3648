// Turns a row of the table of persons into a person.
import { z } from 'zod';
import { Language, type Person, Role, RoleFaculties } from '../contract/identity.ts';
import { PersonId } from '../contract/ids.ts';

const Roles = z.array(Role);

export const columns = [
  'id',
  'sign_in_name',
  'display_name',
  'email',
  'language',
  'roles',
  'role_faculties',
  'external_id',
  'disabled',
  'anonymised_at',
  'second_factor_at',
] as const;

/** What `standing` of the second factor needs besides. */
export const standingColumns = ['second_factor_due_at', 'second_factor_exempt'] as const;

interface Row {
  readonly id: string;
  readonly sign_in_name: string;
  readonly display_name: string;
  readonly email: string | null;
  readonly language: string | null;
  readonly roles: string;
  readonly role_faculties: string;
  readonly external_id: string | null;
  readonly disabled: number;
  readonly anonymised_at: number | null;
  readonly second_factor_at: number | null;
}

export function personOf(row: Row): Person {
  return {
    id: PersonId.parse(row.id),
    signInName: row.sign_in_name,
    displayName: row.display_name,
    email: row.email,
    language: Language.nullable().parse(row.language),
    roles: Roles.parse(JSON.parse(row.roles)),
    roleFaculties: RoleFaculties.parse(JSON.parse(row.role_faculties)),
    externalId: row.external_id,
    disabled: row.disabled !== 0,
    secondFactor: row.second_factor_at === null ? 'off' : 'on',
    ...(row.anonymised_at !== null && { anonymised: true }),
  };
}

export interface Standing {
  /** Since when there is a second factor. */
  readonly since: number | null;
  readonly dueAt: number | null;
  readonly exempt: boolean;
}

export function standingOf(
  row: Pick<Row, 'second_factor_at'> & {
    readonly second_factor_due_at: number | null;
    readonly second_factor_exempt: number;
  },
): Standing {
  return {
    since: row.second_factor_at,
    dueAt: row.second_factor_due_at,
    exempt: row.second_factor_exempt !== 0,
  };
}
