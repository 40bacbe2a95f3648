// What the board shows first, what it folds away, and what it counts.
import { expect, test } from 'vitest';
import { FacultyId } from '../../../server/contract/ids.ts';
import { SituationState } from '../../../server/contract/situation.ts';
import { boardOf, buildingsOf, fits, isFolded, needsSomeone, stateOrder, toneOf, troublesToShow } from './board.ts';
import { nothingChosen } from './filter.ts';
import { lesson, minute, noon, trouble } from './lesson.fixture.ts';

const present = { now: noon + 20 * minute, past: false };
const past = { ...present, past: true };
const everything = { at: undefined, ...nothingChosen };

test('W60 who needs someone comes first: the worst kind, and of one kind who has waited longest', () => {
  const lessons = [
    lesson({ id: 'fine' }),
    lesson({ id: 'black', troubles: [trouble('black', noon + minute)] }),
    lesson({ id: 'late', state: 'not-begun', troubles: [trouble('teacher-absent', noon + 5 * minute)] }),
    lesson({ id: 'later', state: 'not-begun', troubles: [trouble('teacher-absent', noon)] }),
    lesson({ id: 'two', troubles: [trouble('frozen', noon), trouble('no-sound', noon + 10 * minute)] }),
  ];
  const { needing, rest } = boardOf(lessons, everything, present);
  expect(needing.map(({ lessonId }) => lessonId)).toEqual(['later', 'late', 'two', 'black']);
  expect(rest.map(({ state, lessons: some }) => [state, some.length])).toEqual([['running', 1]]);
});

test('W60 trouble that is over needs nobody now, but belongs to the past', () => {
  const over = lesson({ troubles: [trouble('no-sound', noon, { until: noon + minute })] });
  expect(needsSomeone(over, present)).toBe(false);
  expect(troublesToShow(over, present)).toEqual([]);
  expect(needsSomeone(over, past)).toBe(true);
  expect(troublesToShow(over, past)).toHaveLength(1);
});

test('W60 trouble that is known to end later still goes on', () => {
  const early = lesson({ state: 'ended-early', troubles: [trouble('ended-early', noon, { until: noon + 50 * minute })] });
  expect(needsSomeone(early, present)).toBe(true);
  expect(needsSomeone(early, { ...present, now: noon + 51 * minute })).toBe(false);
});

test('W60 a lesson that was not held needs someone, whatever else is known of it', () => {
  expect(needsSomeone(lesson({ state: 'not-held' }), past)).toBe(true);
});

test('W61 what is over, to come, held in a place or cancelled is folded; what runs never is', () => {
  const open = (moment: typeof present) => stateOrder.filter((state) => !isFolded(state, moment));
  expect(open(present)).toEqual(['not-begun', 'running']);
  expect(open(past)).toEqual(['not-begun', 'running', 'ended-early', 'over']);
});

test('W61 every state has its place on the board', () => {
  expect([...stateOrder].sort()).toEqual([...SituationState.options].sort());
});

test('W62 the counts by which a state is chosen follow the other choices, not the state that is chosen', () => {
  const lessons = [
    lesson({ id: 'a' }),
    lesson({ id: 'b', troubles: [trouble('black', noon)] }),
    lesson({ id: 'c', state: 'planned' }),
    lesson({ id: 'd', kind: 'seminar' }),
  ];
  const board = boardOf(lessons, { ...everything, kind: 'lecture', state: 'planned' }, present);
  expect(board.counts).toEqual({ all: 3, needing: 1, of: new Map([['running', 2] as const, ['planned', 1] as const]) });
  expect(board.needing).toEqual([]);
  expect(board.shown).toBe(1);
});

test('W62 a state is chosen with those of it that need someone; and these can be chosen alone', () => {
  const lessons = [lesson({ id: 'a' }), lesson({ id: 'b', troubles: [trouble('black', noon)] }), lesson({ id: 'c', state: 'over' })];
  const running = boardOf(lessons, { ...everything, state: 'running' }, present);
  expect([running.needing.length, running.shown]).toEqual([1, 2]);
  const needing = boardOf(lessons, { ...everything, state: 'needing' }, present);
  expect([needing.needing.length, needing.rest, needing.shown]).toEqual([1, [], 1]);
});

test('W62 a lesson is found by faculty, building, kind, and by words of course, teacher and group', () => {
  const one = lesson({ place: { name: '301', building: 'Главный корпус' } });
  const found = (over: object) => fits(one, { ...everything, ...over });
  expect(found({ faculty: FacultyId.parse('f-1'), building: 'Главный корпус', kind: 'lecture' })).toBe(true);
  expect(found({ faculty: 'f-2' })).toBe(false);
  expect(found({ building: '' })).toBe(false);
  expect(found({ kind: 'seminar' })).toBe(false);
  expect(found({ search: 'сейітова БАЗЫ ис-23' })).toBe(true);
  expect(found({ search: 'сейітова физика' })).toBe(false);
  expect(fits(lesson(), { ...everything, building: '' })).toBe(true);
});

test('buildings are those of the lessons, each once, by name', () => {
  const at = (building: string) => lesson({ place: { name: '1', building } });
  expect(buildingsOf([at('Ясли'), at('Главный'), lesson(), at('Главный')])).toEqual(['', 'Главный', 'Ясли']);
});

test('what leaves nobody taught is graver than what spoils a lesson', () => {
  expect([toneOf('teacher-absent'), toneOf('no-sound'), toneOf('black'), toneOf('not-recorded')]).toEqual([
    'danger',
    'danger',
    'warn',
    'warn',
  ]);
});
