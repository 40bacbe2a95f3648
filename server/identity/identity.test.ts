// The rules of accounts.
import { describe, expect, it } from 'vitest';
import type { Person } from '../contract/identity.ts';
import { PersonId } from '../contract/ids.ts';
import { changed, isWeakPassword, leavesNoAdministrator, sessionEnd } from './identity.ts';

const HOUR = 3_600_000;
const person: Person = {
  id: PersonId.parse('p'),
  signInName: 'aru',
  displayName: 'Ару',
  email: 'a@b.kz',
  language: 'kk',
  roles: ['administrator'],
  roleFaculties: {},
  externalId: null,
  disabled: false,
};

describe('a password', () => {
  it.each([
    'aaaaaaaaaa',
    'abababababab',
    '1234567890',
    '0987654321',
    'abcdefghij',
    'qwertyuiop',
    'Password123!',
    'пароль123456',
    'QWERTY-2026',
    'aru.samatova',
  ])('%s is too weak', (password) => {
    expect(isWeakPassword(password, 'aru.samatova')).toBe(true);
  });
  it.each(['kx4m-9ruf-2ztw', 'Tau-men-dala 7', 'password of my grandmother', 'ұзақ құпиясөз'])('%s is good enough', (password) => {
    expect(isWeakPassword(password, 'aru.samatova')).toBe(false);
  });
});

describe('a session', () => {
  const rules = { idleHours: 12, maxDays: 30 };
  it('goes on while it is used, but never past its cap', () => {
    expect(sessionEnd(0, 0, rules)).toBe(12 * HOUR);
    expect(sessionEnd(0, 5 * HOUR, rules)).toBe(17 * HOUR);
    expect(sessionEnd(0, 30 * 24 * HOUR - 1, rules)).toBe(30 * 24 * HOUR);
  });
});

describe('a change of a person', () => {
  it('leaves what it does not name, and takes away what it sets to null', () => {
    expect(changed(person, { email: null, roles: ['teacher', 'teacher'] })).toEqual({ ...person, email: null, roles: ['teacher'] });
    expect(changed(person, {})).toEqual(person);
  });

  it('may not take the last administrator', () => {
    expect(leavesNoAdministrator(person, { ...person, disabled: true }, 0)).toBe(true);
    expect(leavesNoAdministrator(person, { ...person, roles: ['teacher'] }, 0)).toBe(true);
    expect(leavesNoAdministrator(person, { ...person, roles: ['teacher'] }, 1)).toBe(false);
    expect(leavesNoAdministrator({ ...person, roles: ['student'] }, { ...person, roles: ['teacher'] }, 0)).toBe(false);
  });
});
