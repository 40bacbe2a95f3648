// The answer to "who had trouble": what lies behind the stretches that were found, gathered by cause. Pure.
import type { Cause, Counted, Hint, Severity, Trouble, Troubles } from '../../../server/contract/diagnosis.ts';

/** Stretches with one cause: the same network, worker, class, or each their own. */
export type Group = {
  readonly key: string;
  readonly cause: Cause;
  /** What is said of the cause is said from this one: the surest, then the worst. */
  readonly lead: Trouble;
  readonly people: number;
  readonly troubles: readonly Trouble[];
};

export type Answer =
  /** All of the time lies before what is kept. */
  | { readonly kind: 'not-kept'; readonly since: number }
  | { readonly kind: 'nobody-there' }
  | { readonly kind: 'well'; readonly people: number }
  | { readonly kind: 'found'; readonly people: Counted; readonly groups: readonly Group[] };

type Found = Pick<Troubles, 'keptSince' | 'overview' | 'troubles'>;

/** `to`: the end of the time that was asked for. */
export function answerOf({ keptSince, overview, troubles }: Found, to: number): Answer {
  const { people } = overview;
  if (troubles.length > 0) {
    // Who was refused at the door had trouble, and was not in class.
    const counted = people.troubled > 0 ? people : { troubled: peopleOf(troubles), of: 0 };
    return { kind: 'found', people: counted, groups: groupsOf(troubles) };
  }
  if (to <= keptSince) return { kind: 'not-kept', since: keptSince };
  return people.of === 0 ? { kind: 'nobody-there' } : { kind: 'well', people: people.of };
}

/** Most people first; what hit several by one cause before what hit each by their own. */
export function groupsOf(troubles: readonly Trouble[]): readonly Group[] {
  const byKey = Map.groupBy(troubles, keyOf);
  return [...byKey]
    .map(([key, of]) => {
      const lead = of.reduce((best, one) => (weightOf(one) > weightOf(best) ? one : best));
      return { key, cause: lead.hint.cause, lead, people: peopleOf(of), troubles: of };
    })
    .toSorted((a, b) => Number(isShared(b)) - Number(isShared(a)) || b.people - a.people || weightOf(b.lead) - weightOf(a.lead));
}

const isShared = ({ cause, people }: Group): boolean => shared.has(cause) && people > 1;
const shared: ReadonlySet<Cause> = new Set(['network', 'teacher-line', 'room', 'worker', 'server']);

function keyOf({ hint: { cause }, network, worker, lesson }: Trouble): string {
  switch (cause) {
    case 'network':
      return `network ${network ?? ''}`;
    case 'worker':
      return `worker ${worker ?? ''}`;
    case 'room':
    case 'teacher-line':
      return `${cause} ${lesson.id}`;
    default:
      return cause;
  }
}

const severityOrder: readonly Severity[] = ['slight', 'bad', 'unusable'];

function weightOf({ hint, severity, from }: Trouble): number {
  // The newest of those that are alike: times of this century stay below one.
  return (hint.isSure ? 100 : 0) + 10 * severityOrder.indexOf(severity) + from / 1e14;
}

function peopleOf(troubles: readonly Trouble[]): number {
  return new Set(troubles.map(({ person }) => person.id)).size;
}

/** The one that a conversation is about: the worst, then the newest. */
export function worstOf<T extends { readonly severity: Severity; readonly from: number }>(troubles: readonly T[]): T | undefined {
  return troubles.toSorted((a, b) => severityOrder.indexOf(b.severity) - severityOrder.indexOf(a.severity) || b.from - a.from)[0];
}

/** The piece of evidence with this code, if the hint has it. */
export function evidenceOf<C extends Hint['evidence'][number]['code']>({ evidence }: Hint, code: C) {
  return evidence.find((one): one is Extract<Hint['evidence'][number], { code: C }> => one.code === code);
}
