// What the wall screen shows one after the other.
import { expect, test } from 'vitest';
import { FacultyId } from '../../../../server/contract/ids.ts';
import { lesson, minute, noon, trouble } from '../lesson.fixture.ts';
import { roomOn, turned, wallPages } from './pages.ts';

const moment = { now: noon + 20 * minute, past: false };
const room = { cards: 6, tiles: 12 };
const f1 = FacultyId.parse('f-1');
const faculties = [
  { id: f1, name: 'Ақпараттық технологиялар' },
  { id: FacultyId.parse('f-2'), name: 'Тарих' },
];
const absent = (id: string, facultyId = f1) =>
  lesson({ id, facultyId, state: 'not-begun', here: 0, troubles: [trouble('teacher-absent', noon)] });

test('W67 those who need someone come first, all of them, and then the faculties', () => {
  const lessons = Array.from({ length: 14 }, (_, index) => absent(`l-${index}`));
  const pages = wallPages([...lessons, lesson({ id: 'fine' })], faculties, moment, room);
  expect(pages.map((page) => [page.shows, page.shows === 'lessons' ? page.lessons.length : page.faculties.length])).toEqual([
    ['lessons', 6],
    ['lessons', 6],
    ['lessons', 2],
    ['faculties', 1],
  ]);
});

test('W67 where nobody is needed there are the faculties alone; without lessons nothing', () => {
  expect(wallPages([lesson()], faculties, moment, room).map(({ shows }) => shows)).toEqual(['faculties']);
  expect(wallPages([], faculties, moment, room)).toEqual([]);
});

test('W67 the pages go round and round, both ways', () => {
  expect([turned(0, 3, 1), turned(2, 3, 1), turned(0, 3, -1), turned(5, 3, 0), turned(0, 0, 1)]).toEqual([1, 0, 2, 2, 0]);
});

test('W67 six cards and nine tiles fit on a screen of 16:9, fewer on others, and always one', () => {
  expect(roomOn(48, 27)).toEqual({ cards: 6, tiles: 9 });
  expect(roomOn(48, 36)).toEqual({ cards: 8, tiles: 12 });
  expect(roomOn(22.5, 46)).toEqual({ cards: 6, tiles: 6 });
  expect(roomOn(10, 5)).toEqual({ cards: 1, tiles: 1 });
});
