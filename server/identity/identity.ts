// The rules of accounts: which passwords are too weak, how long a session lasts, who must stay an administrator.
import { limitableRoles, type Person, type PersonChange, type RoleFaculties } from '../contract/identity.ts';
import type { Instant } from '../contract/ids.ts';

const HOUR_MS = 3_600_000;

export interface SessionRules {
  readonly idleHours: number;
  readonly maxDays: number;
}

/** Each use puts the end off, but never past the cap. */
export function sessionEnd(createdAt: Instant, now: Instant, rules: SessionRules): Instant {
  return Math.min(now + rules.idleHours * HOUR_MS, createdAt + rules.maxDays * 24 * HOUR_MS);
}

/** Writing the end down on every request would cost a write each. */
export function isWorthRenewing(lastSeenAt: Instant, now: Instant, rules: SessionRules): boolean {
  return now - lastSeenAt >= Math.min((rules.idleHours * HOUR_MS) / 20, 10 * 60_000);
}

const COMMON = [
  'password',
  'passwort',
  'qwertyuiop',
  'qwerty',
  'йцукен',
  'йцукенгшщз',
  'пароль',
  'құпиясөз',
  'auditoria',
  'administrator',
  'letmein',
  'iloveyou',
  'university',
  'университет',
];
const LEAST_DIFFERENT = 5;

/** Beyond its length: made of few characters, of a row of the keyboard, or of the person's own name. */
export function isWeakPassword(password: string, signInName: string): boolean {
  const plain = password.normalize('NFKC').toLowerCase();
  if (new Set(plain).size < LEAST_DIFFERENT) return true;
  const bare = plain.replace(/[\d\s!@#$%^&*()_.,?+=-]+/g, '');
  if (bare !== '' && COMMON.some((word) => bare === word || bare === word + word)) return true;
  if (plain === signInName || plain === signInName + signInName) return true;
  return isRun(plain);
}

/** 1234567890, abcdefghij, and both backwards. */
function isRun(text: string): boolean {
  const points = [...text].map((letter) => letter.codePointAt(0) ?? 0);
  const steps = points.slice(1).map((point, index) => point - (points[index] ?? 0));
  const breaks = steps.filter((step) => Math.abs(step) !== 1);
  return breaks.length <= 1;
}

/** A missing key of the change stays as it is. */
export function changed(
  before: Person,
  { displayName, email, language, roles, roleFaculties, externalId, disabled }: Omit<PersonChange, 'password'>,
): Person {
  const rolesAfter = roles ? [...new Set(roles)] : before.roles;
  return {
    ...before,
    roleFaculties: limitsOf(rolesAfter, roleFaculties ?? before.roleFaculties),
    externalId: externalId === undefined ? (before.externalId ?? null) : externalId,
    displayName: displayName ?? before.displayName,
    email: email === undefined ? before.email : email,
    language: language === undefined ? before.language : language,
    roles: rolesAfter,
    disabled: disabled ?? before.disabled,
  };
}

/** Only of roles that the person has and that can be limited (P9), each faculty once. */
export function limitsOf(roles: Person['roles'], wanted: RoleFaculties = {}): RoleFaculties {
  const limited = limitableRoles.filter((role) => roles.includes(role));
  return Object.fromEntries(limited.flatMap((role) => (wanted[role] ? [[role, [...new Set(wanted[role])]]] : [])));
}

type Rights = Pick<Person, 'roles' | 'roleFaculties'>;

export function isSameRights(one: Rights, other: Rights): boolean {
  const plain = ({ roles, roleFaculties = {} }: Rights) =>
    JSON.stringify([roles.toSorted(), limitableRoles.map((role) => roleFaculties[role]?.toSorted() ?? null)]);
  return plain(one) === plain(other);
}

type Standing = Pick<Person, 'roles' | 'disabled'>;

/** @param otherAdministrators who can sign in, besides this person */
export function leavesNoAdministrator(before: Standing, after: Standing, otherAdministrators: number): boolean {
  const rules = (standing: Standing) => !standing.disabled && standing.roles.includes('administrator');
  return otherAdministrators === 0 && rules(before) && !rules(after);
}
