// How many lessons run, wait and need someone: of the whole, and of each faculty.
import type { Situation, SituationLesson } from '../../../server/contract/situation.ts';
import { type Moment, needsSomeone } from './board.ts';

export type FacultyTally = {
  readonly id: string;
  readonly name: string;
  readonly lessons: number;
  readonly running: number;
  readonly waiting: number;
  readonly needing: number;
  readonly here: number;
};

/** Those with the most need first, then by name as they come. */
export function talliesOf(lessons: readonly SituationLesson[], faculties: Situation['faculties'], moment: Moment): readonly FacultyTally[] {
  const tallies = faculties.flatMap(({ id, name }) => {
    const own = lessons.filter(({ facultyId }) => facultyId === id);
    return own.length === 0 ? [] : [{ id, name, lessons: own.length, ...tallyOf(own, moment) }];
  });
  return tallies.toSorted((a, b) => b.needing - a.needing);
}

export type Tally = Pick<FacultyTally, 'running' | 'waiting' | 'needing' | 'here'>;

export function tallyOf(lessons: readonly SituationLesson[], moment: Moment): Tally {
  const running = lessons.filter(({ state }) => state === 'running');
  return {
    running: running.length,
    waiting: lessons.filter(({ state }) => state === 'not-begun').length,
    needing: lessons.filter((lesson) => needsSomeone(lesson, moment)).length,
    here: running.reduce((sum, { here }) => sum + here, 0),
  };
}
