// What the wall screen shows one after the other: those who need someone, then how each faculty fares.
import type { Situation, SituationLesson } from '../../../../server/contract/situation.ts';
import { byNeed, type Moment, needsSomeone } from '../board.ts';
import { type FacultyTally, talliesOf } from '../tallies.ts';

export type WallPage =
  | { readonly shows: 'lessons'; readonly lessons: readonly SituationLesson[] }
  | { readonly shows: 'faculties'; readonly faculties: readonly FacultyTally[] };

/** How many of each fit on one screen. */
export type Room = { readonly cards: number; readonly tiles: number };

/** W67: none left out, none cut; where nobody is needed, the faculties alone. Never empty. */
export function wallPages(
  lessons: readonly SituationLesson[],
  faculties: Situation['faculties'],
  moment: Moment,
  room: Room,
): readonly WallPage[] {
  const needing = byNeed(
    lessons.filter((lesson) => needsSomeone(lesson, moment)),
    moment,
  );
  return [
    ...chunks(needing, room.cards).map((some) => ({ shows: 'lessons', lessons: some }) as const),
    ...chunks(talliesOf(lessons, faculties, moment), room.tiles).map((some) => ({ shows: 'faculties', faculties: some }) as const),
  ];
}

/** The page that follows, or goes before; round and round. */
export function turned(page: number, pages: number, step: number): number {
  return pages === 0 ? 0 : (((page + step) % pages) + pages) % pages;
}

/**
 * How many cards and tiles have room, in the wall's own measure (a 48th of the width and a 27th of the height, whichever is less):
 * 2 × 3 cards and 3 × 3 tiles on a screen of 16:9. Less on others, at least one.
 */
export function roomOn(widthRem: number, heightRem: number): Room {
  const left = heightRem - 6.5;
  const columns = (least: number) => Math.max(1, Math.floor(widthRem / least));
  const rows = (least: number) => Math.max(1, Math.floor(left / least));
  return { cards: Math.min(2, columns(22)) * rows(6.5), tiles: Math.min(3, columns(15)) * rows(6.2) };
}

function chunks<T>(all: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, index) => all.slice(index * size, (index + 1) * size));
}
