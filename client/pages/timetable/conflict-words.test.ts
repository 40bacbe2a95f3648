// A clash is told with who is taken, when, and by which lesson.
import { expect, test } from 'vitest';
import { LessonId } from '../../../server/contract/ids.ts';
import { Conflict } from '../../../server/contract/planning.ts';
import { byLesson, conflictWords, thereWords } from './conflict-words.ts';

const conflict = (title: string) =>
  Conflict.parse({
    over: 'teacher',
    name: 'A. Serik',
    startsAt: 0,
    endsAt: 1,
    lesson: { id: 'l', title, courseTitle: 'Algebra', teacherName: 'A. Serik', groups: ['IS-1', 'IS-2'], startsAt: 0, endsAt: 1 },
  });
const texts = {
  t: (key: string, values?: object) => `${key} ${Object.values(values ?? {}).join()}`,
  date: () => 'Monday',
  timeRange: () => '10:00–10:50',
};

test('it says who is taken', () => {
  expect(conflictWords(conflict('Groups'), texts)).toBe('timetable.conflict.teacher A. Serik');
});

test('it says when, which lesson, by whom and for whom', () => {
  expect(thereWords(conflict('Rings'), texts)).toBe('Monday, 10:00–10:50 · Algebra: Rings · A. Serik · IS-1, IS-2');
});

test('a lesson that is called like its course is not named twice', () => {
  expect(thereWords(conflict('Algebra'), texts)).toBe('Monday, 10:00–10:50 · Algebra · A. Serik · IS-1, IS-2');
});

test('a lesson that takes both the teacher and the group is named once', () => {
  const teacher = conflict('Rings');
  const group = { ...teacher, over: 'group' as const, name: 'IS-1' };
  const other = { ...teacher, lesson: { ...teacher.lesson, id: LessonId.parse('other') } };
  expect(byLesson([teacher, group, other]).map(({ lesson, clashes }) => [lesson.id, clashes.map(({ over }) => over)])).toEqual([
    ['l', ['teacher', 'group']],
    ['other', ['teacher']],
  ]);
});
