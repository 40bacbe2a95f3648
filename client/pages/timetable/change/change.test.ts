// Changes of a lesson: to whom they are offered, what is missing, what is sent.
import { expect, test } from 'vitest';
import { Lesson } from '../../../../server/contract/timetable.ts';
import { instantAt } from '../../../i18n/index.ts';
import { changeFaults, changeOf, draftOf } from './draft.ts';
import { mayArrange, offeredChanges } from './may.ts';

const startsAt = instantAt('2026-11-24', '10:00');
const endsAt = instantAt('2026-11-24', '10:50');
const before = startsAt - 3_600_000;
const lesson = Lesson.parse({
  id: 'l1',
  title: 'Limits',
  kind: 'lecture',
  course: { id: 'c1', code: 'MAT', title: 'Mathematics' },
  groups: [{ id: 'g1', name: 'IS-1' }],
  teacher: { id: 't1', displayName: 'A' },
  startsAt,
  endsAt,
  opensAt: startsAt - 600_000,
  closesAt: endsAt + 600_000,
  phase: 'planned',
  role: 'teacher',
  canEnter: false,
  canManage: true,
  here: 0,
  rosterSize: 1,
  rules: {
    students: { microphone: true, camera: true, screen: true, chat: true },
    lobby: 'outsiders',
    guests: false,
    recording: 'manual',
    capacity: 50,
  },
  recordings: 0,
  facultyId: 'f1',
  place: { id: 'p1', name: '301', building: 'A' },
  mode: 'hybrid',
  seriesId: null,
  marks: [],
  note: '',
});
const draft = draftOf(lesson);

test('teachers are not offered to replace themselves or to choose other groups', () => {
  expect(offeredChanges(lesson, false, before)).toEqual(['move', 'place', 'rename', 'cancel']);
  expect(offeredChanges(lesson, true, before)).toContain('substitute');
});

test('nothing is offered on a lesson that has begun, nor to those who do not manage it', () => {
  expect(offeredChanges(lesson, true, startsAt + 1)).toEqual([]);
  expect(offeredChanges({ ...lesson, canManage: false }, true, before)).toEqual([]);
});

test('a cancelled lesson can only be restored, and only before its time', () => {
  const cancelled = { ...lesson, phase: 'cancelled' } as const;
  expect(offeredChanges(cancelled, false, before)).toEqual(['restore']);
  expect(offeredChanges(cancelled, false, startsAt + 1)).toEqual([]);
});

test('a change that changes nothing is told before it is sent', () => {
  for (const type of ['move', 'groups', 'place', 'rename'] as const) expect(changeFaults(type, draft, lesson, before)).toEqual(['same']);
  expect(changeFaults('cancel', draft, lesson, before)).toEqual([]);
});

test('a lesson is not moved into the past', () => {
  expect(changeFaults('move', { ...draft, day: '2026-11-20' }, lesson, before)).toEqual(['past']);
});

test('moving leaves the place alone unless another one was chosen', () => {
  const moved = { ...draft, start: '12:00', end: '12:50' };
  expect(changeOf('move', moved, lesson)).toEqual({
    type: 'move',
    startsAt: instantAt('2026-11-24', '12:00'),
    endsAt: instantAt('2026-11-24', '12:50'),
  });
  expect(changeOf('move', { ...moved, place: { id: 'p2', name: '', detail: '' } }, lesson)).toMatchObject({ placeId: 'p2' });
  expect(changeOf('move', { ...moved, place: null }, lesson)).toMatchObject({ placeId: null });
});

test('a lesson that is held online keeps no place', () => {
  expect(changeOf('place', { ...draft, mode: 'online' }, lesson)).toEqual({ type: 'place', mode: 'online', placeId: null });
});

test('a coordinator of one faculty arranges nothing in another', () => {
  const coordinator = { roles: ['coordinator' as const], roleFaculties: { coordinator: [lesson.facultyId] } };
  expect([mayArrange(coordinator, 'f1'), mayArrange(coordinator, 'f2'), mayArrange(coordinator)]).toEqual([true, false, true]);
  expect(mayArrange({ roles: ['teacher'] }, 'f1')).toBe(false);
});
