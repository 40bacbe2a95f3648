// Who was in which class, with trouble or without: one line for each person and lesson. Pure.
import type { z } from 'zod';
import type { DiagnosedLesson, StayLine } from '../contract/diagnosis.ts';
import type { Instant } from '../contract/ids.ts';
import { personOf } from './found.ts';
import { severityFrom } from './judge.ts';
import type { LineSummary, RefusalRow } from './search.store.ts';

export interface StaysFound {
  readonly lines: readonly LineSummary[];
  readonly refusals: readonly RefusalRow[];
  readonly steps: ReadonlyMap<number, { readonly steps: number; readonly troubled: number }>;
  readonly lessons: ReadonlyMap<string, DiagnosedLesson>;
  readonly now: Instant;
  readonly seesNetworks: boolean;
}

type Told = z.input<typeof StayLine>;

/** Later lessons first; within one, worst first. `before` is the place of the last one of the page before. */
export function staysOf(
  found: StaysFound,
  { before, limit }: { readonly before?: string | undefined; readonly limit: number },
): { readonly page: Told[]; readonly next: string | null } {
  const lines = Map.groupBy(found.lines, keyOf);
  const refusals = Map.groupBy(found.refusals, keyOf);
  const all = [...new Set([...lines.keys(), ...refusals.keys()])]
    .flatMap((key) => stayOf(lines.get(key) ?? [], refusals.get(key) ?? [], found) ?? [])
    .sort(
      (a, b) =>
        b.lesson.startsAt - a.lesson.startsAt ||
        order(a.lesson.id, b.lesson.id) ||
        b.troubled / Math.max(1, b.steps) - a.troubled / Math.max(1, a.steps) ||
        b.refusals - a.refusals ||
        order(a.person.id, b.person.id),
    );
  const from = before === undefined ? 0 : Math.max(0, Number.parseInt(before, 10) || 0);
  const page = all.slice(from, from + limit);
  return { page, next: from + limit < all.length ? String(from + limit) : null };
}

function stayOf(
  lines: readonly LineSummary[],
  refusals: readonly RefusalRow[],
  { lessons, steps, now, seesNetworks }: StaysFound,
): Told | null {
  const one = lines[0] ?? refusals[0];
  const lesson = one && lessons.get(one.lesson_id);
  if (one === undefined || lesson === undefined) return null;
  const sum = (of: 'steps' | 'troubled') => lines.reduce((total, { id }) => total + (steps.get(id)?.[of] ?? 0), 0);
  const times = [...lines.flatMap(({ opened_at, closed_at }) => [opened_at, closed_at ?? now]), ...refusals.map(({ at }) => at)];
  const names = (of: (row: LineSummary | RefusalRow) => string) => [...new Set([...lines, ...refusals].map(of))].filter(Boolean);
  return {
    person: personOf(one, lines[0]?.role ?? null),
    ...{ lesson, from: Math.min(...times), to: Math.max(...times) },
    devices: names(({ device }) => device),
    networks: seesNetworks ? names(({ network }) => network) : [],
    ...{ steps: sum('steps'), troubled: sum('troubled') },
    severity: severityFrom(Math.max(0, ...lines.map(({ severity }) => severity))),
    refusals: refusals.reduce((total, { times: often }) => total + often, 0),
  };
}

const keyOf = ({ person_id, lesson_id }: { readonly person_id: string; readonly lesson_id: string }) => `${person_id} ${lesson_id}`;
const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
