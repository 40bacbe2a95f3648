// The catalogue as lists: what is found, in which order, which page of it; and which names are one and the same.
import { z } from 'zod';
import { Refused } from '../contract/reply.ts';

/** How texts are put in order and searched; the database's own way is one and the same everywhere. */
export interface TextRules {
  readonly sortKey: (text: string) => string;
  readonly searchText: (...parts: readonly string[]) => string;
}

interface Asked {
  readonly search?: string | undefined;
  readonly facultyId?: string | undefined;
  readonly after?: string | undefined;
  readonly limit: number;
}

interface Listed {
  readonly id: string;
  readonly facultyId: string;
}

const Place = z.tuple([z.string(), z.string()]);

/** Searched in `texts`, the first of which also gives the order. */
export function pageOf<T extends Listed>(
  all: readonly T[],
  texts: (item: T) => readonly [string, ...string[]],
  asked: Asked,
  rules: TextRules,
) {
  const words = rules
    .searchText(asked.search ?? '')
    .split(' ')
    .filter(Boolean);
  const found = all
    .filter((item) => asked.facultyId === undefined || item.facultyId === asked.facultyId)
    .filter((item) => {
      const text = rules.searchText(...texts(item));
      return words.every((word) => text.includes(word));
    })
    .map((item) => ({ item, place: [rules.sortKey(texts(item)[0]), item.id] as const }))
    .sort((a, b) => compare(a.place, b.place));
  const after = asked.after === undefined ? null : placeOf(asked.after);
  const rest = after === null ? found : found.filter(({ place }) => compare(place, after) > 0);
  const shown = rest.slice(0, asked.limit);
  const last = rest.length > asked.limit ? shown.at(-1) : undefined;
  return { items: shown.map(({ item }) => item), next: last ? encodeURIComponent(JSON.stringify(last.place)) : null, total: found.length };
}

/** Names that differ by case only would be taken for one another. */
export function isTaken(name: string, others: readonly string[]): boolean {
  const folded = name.toLowerCase();
  return others.some((other) => other.normalize('NFC').toLowerCase() === folded);
}

function placeOf(cursor: string): readonly [string, string] {
  try {
    return Place.parse(JSON.parse(decodeURIComponent(cursor)));
  } catch {
    throw new Refused('bad-request', 'query.after is not one that a page gave');
  }
}

function compare(a: readonly [string, string], b: readonly [string, string]): number {
  if (a[0] !== b[0]) return a[0] < b[0] ? -1 : 1;
  return a[1] < b[1] ? -1 : a[1] > b[1] ? 1 : 0;
}
