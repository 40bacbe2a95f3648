// What registers judge by, over HTTP on a whole server: rules and excused absences, with every right and refusal. Rules A30 and A38 to A42.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AttendanceRule, Register, RegisterRule, RegisterRules, RuleDifference } from '../../server/contract/attendance.ts';
import { AuditPage } from '../../server/contract/audit.ts';
import { Excusal, Excusals } from '../../server/contract/excusals.ts';
import type { Campus } from '../support/accounts.ts';
import { lessonId, studentId } from '../support/campus.ts';
import { openTermCampus } from '../support/term-campus.ts';

const rules = '/api/register-rules';
const excusals = '/api/excusals';
const late = studentId(2);
const absent = studentId(3);
const mild: Partial<AttendanceRule> = { lateAfterMinutes: 30, presentFromShare: 0.5 };
const ofCourse = { of: 'course', courseId: 'course' };
const newRule = (scope: object = ofCourse, rule: object = mild, validFrom = '2026-09-01') => ({ scope, validFrom, rule });
const newExcusal = (more: object = {}) => ({
  personId: absent,
  firstOn: '2026-09-07',
  lastOn: '2026-09-08',
  reason: 'illness',
  note: 'Анықтама № 7',
  ...more,
});

let campus: Campus;
beforeEach(async () => {
  campus = await openTermCampus();
});
afterEach(() => campus.close());

const list = async (token: string) => RegisterRules.parse(await campus.json('GET', rules, { token }));
const add = async (token: string, body: object = newRule()) => RegisterRule.parse(await campus.json('POST', rules, { token, body }));
const preview = async (token: string, body: object = newRule()) =>
  RuleDifference.parse(await campus.json('POST', `${rules}/preview`, { token, body }));
const refusal = (method: string, path: string, token: string | undefined, body?: object) =>
  campus.refusal(method, path, { token, ...(body && { body }) });
const register = async (token = 'teacher') => Register.parse(await campus.json('GET', `/api/lessons/${lessonId}/register`, { token }));
const verdictOf = async (personId: string) => (await register()).rows.find((row) => row.personId === personId)?.verdict;
const sign = async () => {
  const { digest } = await register();
  await campus.json('POST', `/api/lessons/${lessonId}/register/signature`, { token: 'teacher', body: { digest } });
};
const excuse = async (token: string, body: object = newExcusal()) => Excusal.parse(await campus.json('POST', excusals, { token, body }));
const excusalsFor = async (token: string, query = '') => Excusals.parse(await campus.json('GET', `${excusals}${query}`, { token }));
const newestAct = async () => AuditPage.parse(await campus.json('GET', '/api/audit?limit=1', { token: 'admin' })).entries[0];
const own = async (token: string) => await campus.json('GET', '/api/courses/course/attendance', { token });

describe('A38 a rule of a course', () => {
  it.each(['coordinator', 'physics-coordinator', 'admin'])('is set by %s, and taken back', async (who) => {
    const made = await add(who);
    expect(made).toMatchObject({ scope: ofCourse, name: 'Optics', changedBy: `Name of ${who}`, rule: { ...mild, forgiveGapMinutes: 0 } });
    expect(await newestAct()).toMatchObject({
      act: 'register-rule.added',
      actor: { id: who },
      before: null,
      after: { lateAfterMinutes: 30 },
    });
    expect((await list('teacher')).rules).toEqual([made]);
    await campus.json('DELETE', `${rules}/${made.id}`, { token: who });
    expect((await list('teacher')).rules).toEqual([]);
    expect(await newestAct()).toMatchObject({ act: 'register-rule.removed', before: { lateAfterMinutes: 30 }, after: null });
    expect(await refusal('DELETE', `${rules}/${made.id}`, who)).toBe('not-found');
  });

  it('is refused to whoever does not arrange in the faculty', async () => {
    const { id } = await add('admin');
    for (const who of ['teacher', 'assistant', 'observer', 'law-coordinator', 'lawyer', 'student1']) {
      expect(await refusal('POST', rules, who, newRule())).toBe('not-allowed');
      expect(await refusal('POST', `${rules}/preview`, who, newRule())).toBe('not-allowed');
      expect(await refusal('DELETE', `${rules}/${id}`, who)).toBe('not-allowed');
    }
  });

  it('is refused to who is not signed in, of a course that is not there, and when it is malformed', async () => {
    for (const [method, path] of [
      ['GET', rules],
      ['POST', rules],
      ['POST', `${rules}/preview`],
      ['DELETE', `${rules}/x`],
    ] as const)
      expect(await refusal(method, path, undefined, method === 'POST' ? newRule() : undefined)).toBe('not-signed-in');
    expect(await refusal('POST', rules, 'admin', newRule({ of: 'course', courseId: 'nowhere' }))).toBe('not-found');
    for (const wrong of [
      newRule({ of: 'faculty' }),
      newRule({ of: 'kind', kind: 'dance' }),
      newRule({ of: 'course' }),
      newRule(ofCourse, { ...mild, presentFromShare: 1.1 }),
      newRule(ofCourse, { ...mild, lateAfterMinutes: 2.5 }),
      newRule(ofCourse, { presentFromShare: 0.5 }),
      newRule(ofCourse, { ...mild, viewing: { counts: 'asynchronous' } }),
      newRule(ofCourse, mild, '2026-02-30'),
      {},
    ])
      expect(await refusal('POST', rules, 'admin', wrong)).toBe('bad-request');
  });

  it('of the university and of a kind is only for administrators', async () => {
    for (const scope of [{ of: 'university' }, { of: 'kind', kind: 'seminar' }]) {
      for (const who of ['coordinator', 'physics-coordinator', 'teacher', 'observer', 'student1'])
        expect(await refusal('POST', rules, who, newRule(scope))).toBe('not-allowed');
      expect(await add('admin', newRule(scope))).toMatchObject({ scope, name: '' });
    }
  });

  it('is seen by who has to do with the course; those of the university by everybody', async () => {
    await add('admin');
    await add('admin', newRule({ of: 'university' }));
    const scopes = async (who: string) => (await list(who)).rules.map(({ scope }) => scope.of).sort();
    for (const who of ['teacher', 'assistant', 'observer', 'physics-observer', 'physics-coordinator', 'admin'])
      expect([who, await scopes(who)]).toEqual([who, ['course', 'university']]);
    for (const who of ['lawyer', 'law-coordinator', 'stranger']) expect([who, await scopes(who)]).toEqual([who, ['university']]);
    const may = async (who: string) => (await list(who)).mayWrite;
    expect(await may('admin')).toEqual({ university: true, courses: true });
    expect(await may('law-coordinator')).toEqual({ university: false, courses: true });
    expect(await may('teacher')).toEqual({ university: false, courses: false });
    expect((await list('student1')).fallback).toMatchObject({ lateAfterMinutes: 10, presentFromShare: 0.7 });
  });

  it('takes the place of one of the same scope and day', async () => {
    await add('admin');
    await add('coordinator', newRule(ofCourse, { ...mild, lateAfterMinutes: 5 }));
    expect(await newestAct()).toMatchObject({ before: { lateAfterMinutes: 30 }, after: { lateAfterMinutes: 5 } });
    expect((await list('admin')).rules).toMatchObject([{ rule: { lateAfterMinutes: 5 } }]);
  });
});

describe('A30 the narrowest rule judges', () => {
  it('from its day on, and registers that are not signed are judged again', async () => {
    expect(await verdictOf(late)).toBe('late');
    const { id } = await add('coordinator');
    expect(await register()).toMatchObject({ ruleScope: ofCourse, rule: mild });
    expect(await verdictOf(late)).toBe('present');
    expect(await own(late)).toMatchObject({ lessons: [{ own: { verdict: 'present' } }] });
    await add('admin', newRule({ of: 'university' }, { ...mild, lateAfterMinutes: 1 }));
    await add('admin', newRule({ of: 'kind', kind: 'laboratory' }, { ...mild, lateAfterMinutes: 2 }));
    await add('admin', newRule(ofCourse, { ...mild, lateAfterMinutes: 3 }, '2026-09-08'));
    expect(await register()).toMatchObject({ ruleScope: ofCourse, rule: { lateAfterMinutes: 30 } });
    await campus.json('DELETE', `${rules}/${id}`, { token: 'admin' });
    expect(await register()).toMatchObject({ ruleScope: { of: 'kind' }, rule: { lateAfterMinutes: 2 } });
    expect(await own(late)).toMatchObject({ lessons: [{ own: { verdict: 'late' } }] });
  });

  it('but not over what is signed', async () => {
    await sign();
    await add('coordinator');
    expect(await verdictOf(late)).toBe('late');
    expect((await register()).rule).toMatchObject({ lateAfterMinutes: 10 });
    expect(await own(late)).toMatchObject({ lessons: [{ own: { verdict: 'late' } }] });
  });
});

describe('A40 the preview of a rule', () => {
  it('says which verdicts it would change, and changes none', async () => {
    await register();
    expect(await preview('physics-coordinator')).toEqual({
      ...{ lessons: 1, signedLessons: 0, students: 5, changed: 1, whole: true, moves: [{ from: 'late', to: 'present', count: 1 }] },
      samples: [
        {
          ...{ lessonId, title: 'Diffraction', startsAt: (await register()).startsAt },
          ...{ personId: late, name: `Name of ${late}`, from: 'late', to: 'present' },
        },
      ],
    });
    expect(await verdictOf(late)).toBe('late');
    expect((await list('admin')).rules).toEqual([]);
  });

  it('leaves out what is signed, what lies before, and what a narrower rule holds', async () => {
    expect(await preview('admin', newRule(ofCourse, mild, '2026-09-08'))).toMatchObject({ lessons: 0, changed: 0 });
    await add('admin');
    expect(await preview('admin', newRule({ of: 'university' }, { ...mild, lateAfterMinutes: 0 }))).toMatchObject({
      lessons: 0,
      changed: 0,
    });
    await sign();
    expect(await preview('admin', newRule(ofCourse, { ...mild, lateAfterMinutes: 0 }))).toMatchObject({ lessons: 0, signedLessons: 1 });
  });
});

describe('A41 an excuse', () => {
  it.each(['coordinator', 'physics-coordinator', 'admin'])(
    'is given by %s, and taken back; the lessons of its days are judged again',
    async (who) => {
      const made = await excuse(who);
      expect(made).toMatchObject({
        personId: absent,
        name: `Name of ${absent}`,
        groups: ['PHY-21'],
        reason: 'illness',
        byName: `Name of ${who}`,
      });
      const act = await newestAct();
      expect(act).toMatchObject({ act: 'excusal.added', subject: { id: absent }, after: { firstOn: '2026-09-07', reason: 'illness' } });
      expect(JSON.stringify(act)).not.toContain('Анықтама');
      expect(await verdictOf(absent)).toBe('excused');
      expect(await own(absent)).toMatchObject({ lessons: [{ own: { verdict: 'excused' } }] });
      await campus.json('DELETE', `${excusals}/${made.id}`, { token: who });
      expect(await newestAct()).toMatchObject({ act: 'excusal.removed', subject: { id: absent } });
      expect(await verdictOf(absent)).toBe('absent');
      expect(await own(absent)).toMatchObject({ lessons: [{ own: { verdict: 'absent' } }] });
      expect(await refusal('DELETE', `${excusals}/${made.id}`, who)).toBe('not-found');
    },
  );

  it('is refused to whoever does not arrange in the faculty', async () => {
    const { id } = await excuse('admin');
    for (const who of ['teacher', 'assistant', 'observer', 'law-coordinator', 'lawyer', absent]) {
      expect(await refusal('POST', excusals, who, newExcusal())).toBe('not-allowed');
      expect(await refusal('DELETE', `${excusals}/${id}`, who)).toBe('not-allowed');
    }
  });

  it('is refused to who is not signed in, for who is no student, and when it is malformed', async () => {
    expect(await refusal('POST', excusals, undefined, newExcusal())).toBe('not-signed-in');
    expect(await refusal('GET', excusals, undefined)).toBe('not-signed-in');
    for (const personId of ['nobody', 'lawyer'])
      expect(await refusal('POST', excusals, 'admin', newExcusal({ personId }))).toBe('not-found');
    for (const more of [
      { lastOn: '2026-09-06' },
      { firstOn: '2026-13-01' },
      { lastOn: '2028-01-01' },
      { reason: 'bored' },
      { note: 'x'.repeat(501) },
      { personId: '' },
    ])
      expect(await refusal('POST', excusals, 'admin', newExcusal(more))).toBe('bad-request');
  });

  it('does not reach a register that is signed, in either direction', async () => {
    const { id } = await excuse('admin', newExcusal({ personId: studentId(4) }));
    await sign();
    campus.clock.advance(1);
    await excuse('admin');
    await campus.json('DELETE', `${excusals}/${id}`, { token: 'admin' });
    expect(await verdictOf(absent)).toBe('absent');
    expect(await verdictOf(studentId(4))).toBe('excused');
  });

  it('is of its days only', async () => {
    await excuse('admin', newExcusal({ firstOn: '2026-09-08', lastOn: '2026-09-30' }));
    expect(await verdictOf(absent)).toBe('absent');
  });
});

describe('A42 the list of excuses', () => {
  it('is of one’s faculties for who arranges, and one’s own for everybody else', async () => {
    await excuse('admin');
    await excuse('law-coordinator', newExcusal({ personId: 'stranger' }));
    const people = async (who: string, query = '') => (await excusalsFor(who, query)).excusals.map(({ personId }) => personId).sort();
    for (const who of ['admin', 'coordinator']) expect(await people(who)).toEqual(['stranger', absent]);
    expect(await people('physics-coordinator')).toEqual([absent]);
    expect(await people('law-coordinator')).toEqual(['stranger']);
    expect(await people(absent)).toEqual([absent]);
    expect((await excusalsFor(absent)).excusals).toMatchObject([{ note: 'Анықтама № 7' }]);
    for (const who of ['teacher', 'observer', 'student1']) expect(await people(who)).toEqual([]);
    expect(await refusal('GET', `${excusals}?personId=${absent}`, 'teacher')).toBe('not-allowed');
    expect(await people('physics-coordinator', '?personId=stranger')).toEqual([]);
  });

  it('is searched, narrowed and paged', async () => {
    for (let index = 0; index < 51; index += 1) {
      campus.clock.advance(1);
      await excuse(
        'admin',
        newExcusal({ personId: studentId((index % 5) + 1), firstOn: '2026-09-01', lastOn: index === 0 ? '2026-09-30' : '2026-09-02' }),
      );
    }
    const first = await excusalsFor('admin');
    expect([first.excusals.length, first.total]).toEqual([50, 51]);
    expect(first.excusals.map(({ at }) => at)).toEqual(first.excusals.map(({ at }) => at).sort((a, b) => b - a));
    expect((await excusalsFor('admin', '?page=1')).excusals).toHaveLength(1);
    expect(await excusalsFor('admin', '?search=student1')).toMatchObject({ total: 11 });
    expect(await excusalsFor('admin', '?search=%25')).toMatchObject({ total: 0 });
    expect(await excusalsFor('admin', '?from=2026-09-15')).toMatchObject({ total: 1 });
    for (const wrong of ['?page=-1', '?page=x', '?from=x', `?search=${'x'.repeat(101)}`])
      expect(await refusal('GET', excusals + wrong, 'admin')).toBe('bad-request');
  });
});
