// What a provider's claims mean for an account: name, address, roles. Decides nothing by itself about who may come in.
import { z } from 'zod';
import { DisplayName, Language, type Person, type Role, SignInName } from '../../contract/identity.ts';
import { ExternalId, type FacultyId } from '../../contract/ids.ts';
import type { Claims } from '../../ports/sign-in-provider.ts';

/** Which claim tells what; null: none does. */
export interface ClaimNames {
  readonly name: string;
  readonly email: string;
  readonly externalId: string | null;
  readonly groups: string;
  readonly language: string;
  readonly signInName: string;
}

export interface RoleRule {
  /** Left out: the claim of the groups. */
  readonly claim?: string | undefined;
  readonly is: string;
  readonly role: Role;
  /** As the student-record system calls it. */
  readonly faculty?: string | undefined;
}

/** What is missing, or cannot be a name or an address, is null. */
export interface Described {
  readonly displayName: string | null;
  readonly email: string | null;
  readonly externalId: string | null;
  readonly language: Person['language'];
  readonly signInName: string | null;
}

const Email = z.email().max(254);

export function describe(claims: Claims, names: ClaimNames): Described {
  const first = (name: string) => valuesOf(claims, name)[0];
  return {
    displayName: DisplayName.safeParse(first(names.name)).data ?? null,
    email: Email.safeParse(first(names.email)).data ?? null,
    // Of two numbers neither is certain.
    externalId: names.externalId === null ? null : (ExternalId.safeParse(onlyOne(valuesOf(claims, names.externalId))).data ?? null),
    // Locales like kk-KZ and kk_KZ.
    language: Language.safeParse(first(names.language)?.slice(0, 2).toLowerCase()).data ?? null,
    signInName: SignInName.safeParse(first(names.signInName)).data ?? null,
  };
}

export type Roles = Pick<Person, 'roles' | 'roleFaculties'>;

/**
 * Roles that a rule mentions are given and taken by the claims; others stay as they are, as do their faculties.
 * @param faculties ours by the names that the rules call them; a role in a faculty that we do not know is not given (S10)
 */
export function rolesBy(
  rules: readonly RoleRule[],
  claims: Claims,
  { groups }: ClaimNames,
  before: Roles,
  faculties: ReadonlyMap<string, FacultyId>,
): Roles {
  const mentioned = new Set(rules.map(({ role }) => role));
  const everywhere = new Set<Role>();
  const within = new Map<Role, Set<FacultyId>>();
  for (const { claim = groups, is, role, faculty } of rules) {
    if (!valuesOf(claims, claim).includes(is)) continue;
    if (faculty === undefined) everywhere.add(role);
    else {
      const known = faculties.get(faculty);
      if (known !== undefined) within.set(role, (within.get(role) ?? new Set()).add(known));
    }
  }
  const given = [...mentioned].filter((role) => everywhere.has(role) || within.has(role));
  const kept = before.roles.filter((role) => !mentioned.has(role));
  const roles = [
    ...before.roles.filter((role) => kept.includes(role) || given.includes(role)),
    ...given.filter((role) => !before.roles.includes(role)),
  ];
  const limits: NonNullable<Roles['roleFaculties']> = {};
  for (const role of kept) {
    const limit = before.roleFaculties?.[role];
    if (limit) limits[role] = limit;
  }
  for (const [role, ids] of within) if (!everywhere.has(role)) limits[role] = [...ids].toSorted();
  return { roles, roleFaculties: limits };
}

/** Sign-in names for a new account, best first: the one there, then with numbers behind it. */
export function* signInNames(wanted: string | null, subject: string): Generator<string> {
  const plain = wanted ?? SignInName.safeParse(subject).data ?? 'person';
  const base = plain.slice(0, 60);
  yield plain;
  for (let number = 2; number < 100; number += 1) yield `${base}-${number}`;
}

function valuesOf(claims: Claims, name: string): readonly string[] {
  return Object.hasOwn(claims, name) ? (claims[name] ?? []) : [];
}

function onlyOne(values: readonly string[]): string | undefined {
  return values.length === 1 ? values[0] : undefined;
}
