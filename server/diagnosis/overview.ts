// How many of the people there had trouble: in all, by network, by worker and by lesson. Pure.
import type { Counted, DiagnosedLesson, TroubleOverview } from '../contract/diagnosis.ts';
import type { LineSummary } from './search.store.ts';

const mostOfEach = 12;

/** @param least from which severity on somebody counts as troubled */
export function overviewOf(
  lines: readonly LineSummary[],
  lessons: ReadonlyMap<string, DiagnosedLesson>,
  { least, seesNetworks }: { readonly least: number; readonly seesNetworks: boolean },
): TroubleOverview {
  const known = lines.filter(({ lesson_id }) => lessons.has(lesson_id));
  const count = (some: readonly LineSummary[]): Counted => ({
    troubled: new Set(some.filter(({ severity }) => severity >= least).map(({ person_id }) => person_id)).size,
    of: new Set(some.map(({ person_id }) => person_id)).size,
  });
  /** Only where somebody had trouble. */
  const by = <K>(of: (line: LineSummary) => K): [K, Counted][] =>
    [...Map.groupBy(known, of)]
      .map(([key, some]): [K, Counted] => [key, count(some)])
      .filter(([, { troubled }]) => troubled > 0)
      .sort(([, a], [, b]) => b.troubled / b.of - a.troubled / a.of || b.troubled - a.troubled)
      .slice(0, mostOfEach);
  const workers = by(({ worker }) => worker);
  return {
    people: count(known),
    networks: seesNetworks ? by(({ network }) => network).flatMap(([network, of]) => (network === '' ? [] : [{ network, ...of }])) : [],
    workers: workers.flatMap(([worker, of]) => (worker === null ? [] : [{ worker, ...of }])),
    lessons: by(({ lesson_id }) => lesson_id).flatMap(([id, of]) => {
      const lesson = lessons.get(id);
      return lesson === undefined ? [] : [{ lesson, ...of }];
    }),
  };
}
