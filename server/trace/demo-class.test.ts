// The made-up classes of the demo university leave traces as real ones do.
import { expect, it } from 'vitest';
import { LessonId, PersonId } from '../contract/ids.ts';
import { factsOfClass } from './demo-class.ts';

const minute = 60_000;
const start = Date.UTC(2026, 9, 5, 4);
const students = Array.from({ length: 24 }, (_, index) => ({ personId: PersonId.parse(`s${index}`), name: `S ${index}` }));
const held = (lessonId: string, gone: readonly string[] = []) =>
  factsOfClass({
    ...{ lessonId: LessonId.parse(lessonId), startsAt: start, endsAt: start + 50 * minute, students, gone: new Set(gone) },
    teacher: { personId: PersonId.parse('t'), name: 'T' },
  });
const ids = Array.from({ length: 60 }, (_, index) => `lesson-${index}`);

it('the same class leaves the same trace each time, in the order of time', () => {
  for (const id of ids) {
    const facts = held(id);
    expect(facts).toEqual(held(id));
    expect(facts.map(({ at }) => at)).toEqual(facts.map(({ at }) => at).toSorted((a, b) => a - b));
  }
});

it('whoever came has gone, on every device', () => {
  for (const id of ids) {
    const count = (type: string) => held(id).filter((fact) => fact.type === type).length;
    expect(count('participant-joined')).toBe(count('participant-left'));
    expect(count('connection-opened')).toBe(count('connection-closed'));
    expect(count('connection-dropped')).toBeGreaterThanOrEqual(count('connection-resumed'));
  }
});

it('of many classes nearly all are held, some students stay away, and some lines break', () => {
  const all = ids.map((id) => held(id));
  const empty = all.filter((facts) => facts.length === 0).length;
  expect(empty).toBeGreaterThan(0);
  expect(empty).toBeLessThan(10);
  const came = all.flat().filter(({ type }) => type === 'participant-joined').length / all.length;
  expect(came).toBeGreaterThan(15);
  expect(came).toBeLessThan(28);
  expect(all.flat().some(({ type }) => type === 'connection-resumed')).toBe(true);
});

it('who has given up does not come', () => {
  const facts = held('lesson-1', ['s3']);
  expect(facts.some((fact) => 'personId' in fact && fact.personId === 's3')).toBe(false);
});
