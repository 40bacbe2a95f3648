// How each faculty fares.
import { expect, test } from 'vitest';
import { FacultyId } from '../../../server/contract/ids.ts';
import { lesson, minute, noon, trouble } from './lesson.fixture.ts';
import { talliesOf, tallyOf } from './tallies.ts';

const moment = { now: noon + 20 * minute, past: false };
const [f1, f2] = [FacultyId.parse('f-1'), FacultyId.parse('f-2')];
const faculties = [
  { id: f1, name: 'Ақпараттық технологиялар' },
  { id: f2, name: 'Тарих' },
];
const absent = (id: string, facultyId: FacultyId) =>
  lesson({ id, facultyId, state: 'not-begun', here: 0, troubles: [trouble('teacher-absent', noon)] });

test('the faculty with the most need stands first', () => {
  const lessons = [lesson({ id: 'a' }), lesson({ id: 'b' }), absent('c', f2)];
  expect(talliesOf(lessons, faculties, moment)).toEqual([
    { id: 'f-2', name: 'Тарих', lessons: 1, running: 0, waiting: 1, needing: 1, here: 0 },
    { id: 'f-1', name: 'Ақпараттық технологиялар', lessons: 2, running: 2, waiting: 0, needing: 0, here: 46 },
  ]);
  expect(tallyOf(lessons, moment)).toEqual({ running: 2, waiting: 1, needing: 1, here: 46 });
});
