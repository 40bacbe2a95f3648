// The answer gathers what was found by its cause, and says when there is none.
import { describe, expect, it } from 'vitest';
import type { Hint, Troubles } from '../../../server/contract/diagnosis.ts';
import { LessonId } from '../../../server/contract/ids.ts';
import { answerOf, evidenceOf, groupsOf, worstOf } from './answer.ts';
import { lesson, minutes, personOf, start, troubleOf } from './trouble.fixture.ts';

const byNetwork: Hint = {
  ...{ cause: 'network', isSure: true },
  evidence: [{ code: 'network', network: '10.1.2.0/24', here: { troubled: 9, of: 10 }, elsewhere: { troubled: 2, of: 220 } }],
};
const found = (change: Partial<Troubles>) => ({
  ...{ keptSince: start, troubles: [], overview: { people: { troubled: 0, of: 28 }, networks: [], workers: [], lessons: [] } },
  ...change,
});

describe('Z30 the answer', () => {
  it('says that nothing is kept of a time before', () => {
    expect(answerOf(found({ overview: found({}).overview }), start)).toEqual({ kind: 'not-kept', since: start });
  });

  it('says that nobody was in class', () => {
    const overview = { ...found({}).overview, people: { troubled: 0, of: 0 } };
    expect(answerOf(found({ overview }), minutes(50))).toEqual({ kind: 'nobody-there' });
  });

  it('says that all were well, and how many', () => {
    expect(answerOf(found({}), minutes(50))).toEqual({ kind: 'well', people: 28 });
  });

  it('counts who was only refused apart from those who were in class and well', () => {
    const answer = answerOf(found({ troubles: [troubleOf(), troubleOf({ from: minutes(7) })] }), minutes(50));
    expect(answer).toMatchObject({ kind: 'found', people: { troubled: 1, of: 0 } });
  });

  it('takes the counts of the whole time, whatever the list shows of it', () => {
    const overview = { ...found({}).overview, people: { troubled: 9, of: 28 } };
    expect(answerOf(found({ overview, troubles: [troubleOf()] }), minutes(50))).toMatchObject({ people: { troubled: 9, of: 28 } });
  });
});

describe('Z30 what lies behind', () => {
  it('counts each person of a network once, and is told by the surest hint', () => {
    const unsure = troubleOf({ hint: { ...byNetwork, isSure: false, evidence: [] } });
    const [group] = groupsOf([
      unsure,
      troubleOf({ person: personOf('p2'), hint: byNetwork }),
      troubleOf({ person: personOf('p2'), hint: byNetwork, from: minutes(20) }),
    ]);
    expect(group).toMatchObject({ cause: 'network', people: 2, lead: { hint: byNetwork, from: minutes(20) } });
  });

  it('keeps two networks apart, and two classes', () => {
    const hint = (cause: Hint['cause']): Hint => ({ cause, isSure: true, evidence: [] });
    const other = { ...lesson, id: LessonId.parse('l2') };
    const groups = groupsOf([
      troubleOf({ hint: hint('network') }),
      troubleOf({ hint: hint('network'), network: '10.9.9.0/24' }),
      troubleOf({ hint: hint('room') }),
      troubleOf({ hint: hint('room'), lesson: other }),
    ]);
    expect(groups).toHaveLength(4);
  });

  it('puts what hit several at once before many who each had their own', () => {
    const own = ['a', 'b', 'c'].map((id) => troubleOf({ person: personOf(id) }));
    const net = ['d', 'e'].map((id) => troubleOf({ person: personOf(id), hint: byNetwork }));
    expect(groupsOf([...own, ...net]).map(({ cause, people }) => [cause, people])).toEqual([
      ['network', 2],
      ['own-line', 3],
    ]);
  });

  it('finds the worst of several, and the newest of those that are alike', () => {
    const worst = troubleOf({ severity: 'unusable', from: minutes(1) });
    expect(worstOf([troubleOf(), worst, troubleOf({ from: minutes(30) })])).toBe(worst);
    expect(worstOf([])).toBeUndefined();
  });

  it('finds a piece of evidence by its code', () => {
    expect(evidenceOf(byNetwork, 'network')?.here).toEqual({ troubled: 9, of: 10 });
    expect(evidenceOf(byNetwork, 'worker')).toBeUndefined();
  });
});
