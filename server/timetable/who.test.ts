// Who is what in a lesson, and what that allows.
import { describe, expect, it } from 'vitest';
import { mayManage, mayOpenRecordings, mayOpenRegister, mayPlanFor, roleIn } from './who.ts';

const lesson = { teacherId: 't', courseId: 'c', groupIds: ['g'] };
const ties = (groups: string[], enrolments: [string, 'student' | 'assistant'][]) => ({
  groupIds: new Set(groups),
  enrolments: new Map(enrolments),
});
const none = ties([], []);

describe('the role in a lesson is the first that fits', () => {
  it.each([
    ['its teacher', { id: 't', roles: ['teacher', 'administrator'] }, none, 'teacher'],
    ['a student who helps in the course', { id: 's', roles: ['student'] }, ties(['g'], [['c', 'assistant']]), 'assistant'],
    ['a member of its group', { id: 's', roles: ['student'] }, ties(['g'], []), 'student'],
    ['somebody enrolled in the course', { id: 's', roles: ['student'] }, ties([], [['c', 'student']]), 'student'],
    ['an observer on the roster', { id: 'o', roles: ['observer'] }, ties(['g'], []), 'student'],
    ['an observer', { id: 'o', roles: ['observer'] }, none, 'observer'],
    ['a coordinator', { id: 'o', roles: ['coordinator'] }, none, 'observer'],
    ['an administrator', { id: 'o', roles: ['administrator'] }, none, 'observer'],
    ['a proctor', { id: 'o', roles: ['proctor'] }, none, 'observer'],
    ['another teacher', { id: 'x', roles: ['teacher'] }, none, 'none'],
    ['a student of another group', { id: 'x', roles: ['student'] }, ties(['h'], [['d', 'student']]), 'none'],
  ] as const)('%s', (_who, person, tied, role) => {
    expect(roleIn(lesson, person, tied)).toBe(role);
  });
});

describe('what a person may do with a lesson', () => {
  //                                    manage register recordings
  it.each([
    ['teacher', ['teacher'], true, true, true],
    ['assistant', ['assistant'], false, true, true],
    ['student', ['student'], false, false, true],
    ['observer', ['observer'], false, true, false],
    ['observer', ['coordinator'], true, true, false],
    ['observer', ['administrator'], true, true, true],
    ['observer', ['proctor'], false, true, false],
    ['none', ['teacher'], false, false, false],
    ['none', ['student'], false, false, false],
  ] as const)('as %s with %j', (role, roles, manage, register, recordings) => {
    expect([mayManage(role, roles), mayOpenRegister(role, roles), mayOpenRecordings(role, roles)]).toEqual([manage, register, recordings]);
  });

  it.each([
    [['administrator'], 'anybody'],
    [['coordinator'], 'anybody'],
    [['teacher'], 'self'],
    [['student'], 'nobody'],
    [['observer', 'proctor', 'assistant'], 'nobody'],
  ] as const)('%j plan lessons for %s', (roles, whom) => {
    expect(mayPlanFor(roles)).toBe(whom);
  });
});
