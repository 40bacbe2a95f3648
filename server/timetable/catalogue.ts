// What the lists of the catalogue have in common: who arranges what, where a page ended, and which names are one and the same.
import { z } from 'zod';
import { Refused } from '../contract/reply.ts';
import { type Asking, arrangesSomewhere, facultiesArranged, mayArrange } from './who.ts';

/** Where a page of the catalogue ended: sort key and id. */
export const ListPlace = z.tuple([z.string(), z.string()]);
export type ListPlace = z.infer<typeof ListPlace>;

export function cursorOf(place: readonly (string | number)[]): string {
  return encodeURIComponent(JSON.stringify(place));
}

/** Throws `Refused('bad-request')` for what `cursorOf` did not make. */
export function placeOf<T>(cursor: string, schema: z.ZodType<T>): T {
  try {
    return schema.parse(JSON.parse(decodeURIComponent(cursor)));
  } catch {
    throw new Refused('bad-request', 'query.after is not one that a page gave');
  }
}

/** Names that differ by case only would be taken for one another. */
export function isTaken(name: string, others: readonly string[]): boolean {
  const folded = name.toLowerCase();
  return others.some((other) => other.normalize('NFC').toLowerCase() === folded);
}

export function refuseTaken(name: string, others: readonly string[]): void {
  if (isTaken(name, others)) throw new Refused('conflict', 'There is one of this name already');
}

/** Throws unless the person arranges the faculty; null is for what belongs to none. */
export function checkArranges(asking: Asking, facultyId: string | null): void {
  if (!mayArrange(asking, facultyId)) throw new Refused('not-allowed', 'Only coordinators of the faculty and administrators arrange this');
}

/** Throws unless the person arranges at least one faculty. */
export function checkArrangesSomewhere(asking: Asking): void {
  if (!arrangesSomewhere(asking)) throw new Refused('not-allowed', 'Only coordinators and administrators arrange courses and groups');
}

/** The faculties whose entries the person is shown; missing: all. */
export function shownFaculties(asking: Asking): readonly string[] | undefined {
  const mine = facultiesArranged(asking);
  return mine === 'every' ? undefined : [...mine];
}

export function found<T>(entry: T | null | undefined): T {
  if (entry === null || entry === undefined) throw new Refused('not-found', 'There is no such entry');
  return entry;
}

/** Throws `bad-request` with the name of the field. */
export function known(exists: boolean, field: string): void {
  if (!exists) throw new Refused('bad-request', 'What is named is not known', { field });
}
