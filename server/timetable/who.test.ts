// Who is what in a lesson, and what that allows: the whole matrix of roles, at home and in another faculty.
import { describe, expect, it } from 'vitest';
import {
  type Asking,
  arrangesSomewhere,
  facultiesArranged,
  facultiesSeen,
  mayArrange,
  mayManage,
  mayOpenRegister,
  mayPlanFor,
  roleIn,
  seesAll,
} from './who.ts';

const lesson = { teacherId: 't', courseId: 'c', groupIds: ['g'], facultyId: 'physics' };
const ties = (groups: string[], enrolments: [string, 'student' | 'assistant'][]) => ({
  groupIds: new Set(groups),
  enrolments: new Map(enrolments),
});
const none = ties([], []);

describe('C2 the role in a lesson is the first that fits', () => {
  it.each([
    ['its teacher', { id: 't', roles: ['teacher', 'administrator'] }, none, 'teacher'],
    ['a student who helps in the course', { id: 's', roles: ['student'] }, ties(['g'], [['c', 'assistant']]), 'assistant'],
    ['a member of its group', { id: 's', roles: ['student'] }, ties(['g'], []), 'student'],
    ['somebody enrolled in the course', { id: 's', roles: ['student'] }, ties([], [['c', 'student']]), 'student'],
    ['an observer on the roster', { id: 'o', roles: ['observer'] }, ties(['g'], []), 'student'],
    ['an observer', { id: 'o', roles: ['observer'] }, none, 'observer'],
    ['an observer of its faculty', { id: 'o', roles: ['observer'], roleFaculties: { observer: ['physics'] } }, none, 'observer'],
    ['an observer of another faculty', { id: 'o', roles: ['observer'], roleFaculties: { observer: ['law'] } }, none, 'none'],
    ['a coordinator', { id: 'o', roles: ['coordinator'] }, none, 'observer'],
    ['an administrator', { id: 'o', roles: ['administrator'] }, none, 'observer'],
    ['a proctor', { id: 'o', roles: ['proctor'] }, none, 'observer'],
    ['another teacher', { id: 'x', roles: ['teacher'] }, none, 'none'],
    ['a student of another group', { id: 'x', roles: ['student'] }, ties(['h'], [['d', 'student']]), 'none'],
  ] as const)('%s', (_who, person, tied, role) => {
    expect(roleIn(lesson, person, tied)).toBe(role);
  });
});

const roles = ['student', 'teacher', 'assistant', 'coordinator', 'observer', 'proctor', 'administrator'] as const;
const everywhere = (role: (typeof roles)[number]): Asking => ({ id: 'p', roles: [role] });
const limited = (role: (typeof roles)[number]): Asking => ({ id: 'p', roles: [role], roleFaculties: { [role]: ['physics'] } });

/** What a person who is nothing in the lesson may do: see all, arrange, manage, register, plan for. */
function rights(asking: Asking, facultyId: string): string {
  const claims = [
    ['sees', seesAll(asking, facultyId)],
    ['arranges', mayArrange(asking, facultyId)],
    ['manages', mayManage('none', asking, facultyId)],
    ['register', mayOpenRegister('none', asking, facultyId)],
  ] as const;
  const held = claims.filter(([, may]) => may).map(([name]) => name);
  return [...held, `plans for ${mayPlanFor(asking, facultyId)}`].join(', ');
}

describe('C1 what a role allows', () => {
  it('is this matrix, and a role that is limited to faculties holds in no other', () => {
    const matrix = roles.flatMap((role) => [
      `${role} everywhere: ${rights(everywhere(role), 'physics')}`,
      `${role} of physics, at home: ${rights(limited(role), 'physics')}`,
      `${role} of physics, in law: ${rights(limited(role), 'law')}`,
    ]);
    expect(matrix).toMatchInlineSnapshot(`
      [
        "student everywhere: plans for nobody",
        "student of physics, at home: plans for nobody",
        "student of physics, in law: plans for nobody",
        "teacher everywhere: plans for self",
        "teacher of physics, at home: plans for self",
        "teacher of physics, in law: plans for nobody",
        "assistant everywhere: plans for nobody",
        "assistant of physics, at home: plans for nobody",
        "assistant of physics, in law: plans for nobody",
        "coordinator everywhere: sees, arranges, manages, register, plans for anybody",
        "coordinator of physics, at home: sees, arranges, manages, register, plans for anybody",
        "coordinator of physics, in law: plans for nobody",
        "observer everywhere: sees, register, plans for nobody",
        "observer of physics, at home: sees, register, plans for nobody",
        "observer of physics, in law: plans for nobody",
        "proctor everywhere: sees, register, plans for nobody",
        "proctor of physics, at home: sees, register, plans for nobody",
        "proctor of physics, in law: plans for nobody",
        "administrator everywhere: sees, arranges, manages, register, plans for anybody",
        "administrator of physics, at home: sees, arranges, manages, register, plans for anybody",
        "administrator of physics, in law: plans for nobody",
      ]
    `);
  });

  it('beyond all faculties is only for a role without limits', () => {
    for (const role of roles) {
      expect(seesAll(limited(role), null), role).toBe(false);
      expect(mayArrange(limited(role), null), role).toBe(false);
    }
    expect(mayArrange(everywhere('coordinator'), null)).toBe(true);
    expect(seesAll(everywhere('observer'), null)).toBe(true);
  });

  it('adds up over several roles, each with its own limits', () => {
    const asking: Asking = {
      id: 'p',
      roles: ['coordinator', 'observer', 'teacher'],
      roleFaculties: { coordinator: ['physics'], observer: ['law', 'physics'] },
    };
    expect(facultiesArranged(asking)).toEqual(new Set(['physics']));
    expect(facultiesSeen(asking)).toEqual(new Set(['physics', 'law']));
    expect(mayPlanFor(asking, 'physics')).toBe('anybody');
    expect(mayPlanFor(asking, 'law')).toBe('self');
    expect(facultiesSeen({ ...asking, roles: ['coordinator', 'administrator'] })).toBe('every');
    expect(facultiesSeen(everywhere('student'))).toEqual(new Set());
    expect([arrangesSomewhere(asking), arrangesSomewhere(everywhere('observer'))]).toEqual([true, false]);
  });

  it('is nothing for a limit without the role', () => {
    const asking: Asking = { id: 'p', roles: ['student'], roleFaculties: { administrator: ['physics'] } };
    expect(rights(asking, 'physics')).toBe('plans for nobody');
    expect(facultiesArranged(asking)).toEqual(new Set());
  });
});

describe('what one’s part in a lesson allows, whatever the roles', () => {
  //               manage register
  it.each([
    ['teacher', true, true],
    ['assistant', false, true],
    ['student', false, false],
    ['observer', false, false],
    ['none', false, false],
  ] as const)('as %s', (role, manage, register) => {
    const asking = everywhere('student');
    const may = [mayManage(role, asking, 'law'), mayOpenRegister(role, asking, 'law')];
    expect(may).toEqual([manage, register]);
  });
});
