// Which rooms come first, and how they are found.
import { describe, expect, test } from 'vitest';
import { LessonId } from '../../../server/contract/ids.ts';
import type { Room } from './figures.ts';
import { byTroubleFirst, matching, sorted, sortedBy } from './rooms.ts';

const room = (title: string, over: Partial<Room> = {}): Room => ({
  ...{ lessonId: LessonId.parse('lesson'), title, courseTitle: 'Физика', openedAt: 0, participants: 10, dropped: 0, waiting: 0 },
  ...{ producers: 0, consumers: 0, recording: 'off', worstQuality: 'good', workers: [101], inBps: 0, outBps: 0, lossShare: 0 },
  ...over,
});
const titles = (rooms: readonly Room[]) => rooms.map(({ title }) => title);

describe('the list of rooms', () => {
  test('begins with those in trouble, then the fullest', () => {
    const rooms = [
      room('small', { participants: 2 }),
      room('full', { participants: 40 }),
      room('bad', { worstQuality: 'bad' }),
      room('lossy', { lossShare: 0.06 }),
      room('dropping', { dropped: 5 }),
    ];
    expect(titles(sorted(rooms, byTroubleFirst))).toEqual(['dropping', 'lossy', 'bad', 'full', 'small']);
  });

  test('is sorted by whatever is pressed, names by the Kazakh alphabet, and turned round when it is pressed again', () => {
    const rooms = [room('Өріс', { outBps: 1 }), room('Оптика', { outBps: 3 }), room('Әріс', { outBps: 2 })];
    expect(titles(sorted(rooms, { column: 'room', descending: false }))).toEqual(['Әріс', 'Оптика', 'Өріс']);
    expect(titles(sorted(rooms, { column: 'traffic', descending: true }))).toEqual(['Оптика', 'Әріс', 'Өріс']);
    expect(sortedBy(byTroubleFirst, { column: 'traffic', descending: false })).toEqual({ column: 'traffic', descending: true });
    expect(sortedBy(byTroubleFirst, { column: 'room', descending: false })).toEqual({ column: 'room', descending: false });
    expect(sortedBy(byTroubleFirst, { column: 'level', descending: false })).toEqual({ column: 'level', descending: false });
  });

  test('finds by lesson, course or worker', () => {
    const rooms = [room('Оптика'), room('Алгебра', { courseTitle: 'Сызықтық алгебра', workers: [7, 102] })];
    expect(titles(matching(rooms, ' ОПТИКА '))).toEqual(['Оптика']);
    expect(titles(matching(rooms, 'сызықтық  алг'))).toEqual(['Алгебра']);
    expect(titles(matching(rooms, '102'))).toEqual(['Алгебра']);
    expect(titles(matching(rooms, '10'))).toEqual([]);
    expect(titles(matching(rooms, '  '))).toHaveLength(2);
  });
});
