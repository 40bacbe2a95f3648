// What claims mean: names, addresses, roles and their faculties.
import { describe as block, expect, it } from 'vitest';
import { FacultyId } from '../../contract/ids.ts';
import { type ClaimNames, describe, type RoleRule, rolesBy, signInNames } from './mapping.ts';

const names: ClaimNames = {
  ...{ name: 'name', email: 'mail', externalId: 'number', groups: 'groups', language: 'locale', signInName: 'uid' },
};
const nothing = { displayName: null, email: null, externalId: null, language: null, signInName: null };

block('claims', () => {
  it('become a name, an address, a language', () => {
    const claims = { name: ['Әсел  Нұрланқызы'], mail: ['a@example.kz'], number: ['1001'], locale: ['kk_KZ'], uid: ['Asel'] };
    expect(describe(claims, names)).toEqual({
      ...{ displayName: 'Әсел Нұрланқызы', email: 'a@example.kz', externalId: '1001', language: 'kk', signInName: 'asel' },
    });
  });

  it.each([
    ['nothing', {}],
    ['what is no name, address, language', { name: [''], mail: ['not an address'], locale: ['fr'], uid: ['a b'] }],
    ['names that hide something', { name: ['a\u202Eb'], uid: ['\u200B'] }],
    ['two numbers, of which neither is certain', { number: ['1001', '1002'] }],
    ['what every object has', { constructor: ['x'] }],
  ])('are passed over when they are %s', (_what, claims) => {
    expect(describe(claims, names)).toEqual(nothing);
    expect(describe({}, { ...names, name: 'constructor', email: '__proto__', externalId: null })).toEqual(nothing);
  });
});

block('S10 roles', () => {
  const physics = FacultyId.parse('physics');
  const faculties = new Map([['F1', physics]]);
  const rules: RoleRule[] = [
    { is: 'teachers', role: 'teacher' },
    { is: 'deans', role: 'coordinator' },
    { is: 'deans of F1', role: 'coordinator', faculty: 'F1' },
    { is: 'deans of F9', role: 'coordinator', faculty: 'F9' },
    { claim: 'status', is: 'staff', role: 'observer' },
  ];
  const given = (groups: string[], before: Parameters<typeof rolesBy>[3] = { roles: [] }, status: string[] = []) =>
    rolesBy(rules, { groups, status }, names, before, faculties);

  it('are given for exactly that value, of that claim', () => {
    expect(given(['teachers'], undefined, ['staff']).roles).toEqual(['teacher', 'observer']);
    expect(given(['Teachers', 'teachers ', 'teachers2', 'staff']).roles).toEqual([]);
  });

  it('that no rule mentions stay, and those that rules mention go', () => {
    const before = { roles: ['proctor', 'teacher'] as const, roleFaculties: { proctor: [physics] } };
    expect(given([], { ...before, roles: [...before.roles] })).toEqual({ roles: ['proctor'], roleFaculties: { proctor: [physics] } });
  });

  it('hold in the faculties of their rules, and everywhere when one rule says so', () => {
    expect(given(['deans of F1'])).toEqual({ roles: ['coordinator'], roleFaculties: { coordinator: [physics] } });
    expect(given(['deans of F1', 'deans'])).toEqual({ roles: ['coordinator'], roleFaculties: {} });
  });

  it('of a faculty that we do not know are not given', () => {
    expect(given(['deans of F9'])).toEqual({ roles: [], roleFaculties: {} });
    expect(given(['deans of F9', 'deans of F1']).roleFaculties).toEqual({ coordinator: [physics] });
  });
});

block('sign-in names of new accounts', () => {
  it('are the one there, then with numbers behind', () => {
    expect([...signInNames('asel', 'x')].slice(0, 3)).toEqual(['asel', 'asel-2', 'asel-3']);
  });

  it('are never too long, and there is always one', () => {
    expect([...signInNames('a'.repeat(64), 'x')].every((name) => name.length <= 64)).toBe(true);
    expect([...signInNames(null, '{}')][0]).toBe('person');
  });
});
