// The list of rooms: searched, sorted, and those first that need someone. Pure.
import { compareNames } from '../../i18n/collation.ts';
import type { Sort } from '../../ui/Table.tsx';
import { type Room, roomLevel, urgency } from './figures.ts';

export const roomColumns = ['room', 'level', 'people', 'streams', 'traffic', 'loss', 'open'] as const;
export type RoomColumn = (typeof roomColumns)[number];

export const byTroubleFirst: Sort = { column: 'level', descending: true };

/** What is typed is found in lesson, course, or the number of a worker. */
export function matching(rooms: readonly Room[], typed: string): readonly Room[] {
  const wanted = plain(typed);
  if (wanted === '') return rooms;
  return rooms.filter(
    ({ title, courseTitle, workers }) => plain(`${title} ${courseTitle}`).includes(wanted) || workers.some((pid) => String(pid) === wanted),
  );
}

function plain(text: string): string {
  return text.normalize('NFC').toLowerCase().replace(/\s+/gu, ' ').trim();
}

/** A new column begins with what is most of it, names with the first; the same one again turns the order round. */
export function sortedBy(before: Sort, pressed: Sort): Sort {
  if (pressed.column === before.column) return pressed;
  return { column: pressed.column, descending: pressed.column !== 'room' };
}

const figureOf: Readonly<Record<Exclude<RoomColumn, 'room' | 'level'>, (room: Room) => number>> = {
  people: ({ participants }) => participants,
  streams: ({ producers, consumers }) => producers + consumers,
  traffic: ({ inBps, outBps }) => inBps + outBps,
  loss: ({ lossShare }) => lossShare,
  open: ({ openedAt }) => -openedAt,
};

export function sorted(rooms: readonly Room[], { column, descending }: Sort): readonly Room[] {
  const compare = comparing(roomColumns.find((one) => one === column) ?? 'level');
  return rooms.toSorted((a, b) => (descending ? -1 : 1) * compare(a, b) || byName(a, b));
}

function comparing(column: RoomColumn): (a: Room, b: Room) => number {
  switch (column) {
    case 'room':
      return byName;
    case 'level':
      return byTrouble;
    default:
      return (a, b) => figureOf[column](a) - figureOf[column](b);
  }
}

/** Those in more trouble are greater; among equals the fuller ones. */
function byTrouble(a: Room, b: Room): number {
  return urgency[roomLevel(a)] - urgency[roomLevel(b)] || a.dropped - b.dropped || a.participants - b.participants;
}

function byName(a: Room, b: Room): number {
  return compareNames(a.title, b.title) || compareNames(a.courseTitle, b.courseTitle);
}
