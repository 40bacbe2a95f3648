// A rule of registers as typed into its form, and which rule holds where. Pure.
import { type AttendanceRule, NewRegisterRule, type RegisterRule, type RuleScope } from '../../../../server/contract/attendance.ts';
import type { LessonKind } from '../../../../server/contract/timetable.ts';
import type { Found } from '../../timetable/find.ts';

export type Draft = {
  readonly of: RuleScope['of'];
  readonly kind: LessonKind;
  readonly course: Found | null;
  /** ISO date. */
  readonly validFrom: string;
  readonly late: string;
  readonly share: string;
  readonly shareOf: AttendanceRule['shareOf'];
  readonly early: string;
  readonly forgive: string;
  readonly viewing: AttendanceRule['viewing']['counts'];
  readonly days: string;
  readonly fromShare: string;
  readonly checks: boolean;
  readonly missed: string;
};

export type Place = Pick<Draft, 'of' | 'kind' | 'course'>;

const percent = (share: number) => String(Math.round(share * 1000) / 10);

export function draftOf(rule: AttendanceRule, place: Place, validFrom: string): Draft {
  const { viewing, missedChecks } = rule;
  return {
    ...place,
    validFrom,
    late: String(rule.lateAfterMinutes),
    share: percent(rule.presentFromShare),
    shareOf: rule.shareOf,
    early: String(rule.earlyLeaveMinutes),
    forgive: String(rule.forgiveGapMinutes),
    viewing: viewing.counts,
    days: viewing.counts === 'asynchronous' ? String(viewing.withinDays) : '7',
    fromShare: viewing.counts === 'asynchronous' ? percent(viewing.fromShare) : '80',
    checks: missedChecks !== null,
    missed: String(missedChecks ?? 1),
  };
}

/** Undefined while something is missing or out of bounds. */
export function ruleOf(draft: Draft): NewRegisterRule | undefined {
  const { of, kind, course, validFrom, shareOf } = draft;
  return NewRegisterRule.safeParse({
    scope: of === 'kind' ? { of, kind } : of === 'course' ? { of, courseId: course?.id } : { of },
    validFrom,
    rule: {
      lateAfterMinutes: read(draft.late),
      presentFromShare: read(draft.share) / 100,
      shareOf,
      earlyLeaveMinutes: read(draft.early),
      forgiveGapMinutes: read(draft.forgive),
      viewing:
        draft.viewing === 'asynchronous'
          ? { counts: 'asynchronous', withinDays: read(draft.days), fromShare: read(draft.fromShare) / 100 }
          : { counts: 'apart' },
      missedChecks: draft.checks ? read(draft.missed) : null,
    },
  }).data;
}

/** A comma is as good as a point; what is no number is refused by the contract. */
function read(typed: string): number {
  const text = typed.trim().replace(',', '.').replace(/\s*%$/u, '');
  return text === '' ? Number.NaN : Number(text);
}

export function placeOf({ scope, name }: Pick<RegisterRule, 'scope' | 'name'>): Place {
  return {
    of: scope.of,
    kind: scope.of === 'kind' ? scope.kind : 'lecture',
    course: scope.of === 'course' ? { id: scope.courseId, name, detail: '' } : null,
  };
}

export type Holding = {
  readonly key: string;
  readonly scope: RuleScope;
  readonly name: string;
  /** Null while the first one is still to come. */
  readonly now: RegisterRule | null;
  /** The next one first. */
  readonly coming: readonly RegisterRule[];
  /** The latest one first. */
  readonly past: readonly RegisterRule[];
};

/** The rules of each scope by what they are on a day: the university first, then kinds, then courses by name. */
export function holdingsOf(rules: readonly RegisterRule[], today: string, compare: (a: string, b: string) => number): readonly Holding[] {
  const byScope = Map.groupBy(rules, ({ scope }) => keyOf(scope));
  const holdings = [...byScope].flatMap(([key, all]): Holding[] => {
    const latestFirst = all.toSorted((a, b) => (a.validFrom < b.validFrom ? 1 : -1));
    const [first] = latestFirst;
    if (!first) return [];
    const begun = latestFirst.filter(({ validFrom }) => validFrom <= today);
    return [
      {
        ...{ key, scope: first.scope, name: first.name, now: begun[0] ?? null, past: begun.slice(1) },
        coming: latestFirst.filter(({ validFrom }) => validFrom > today).toReversed(),
      },
    ];
  });
  const order: readonly RuleScope['of'][] = ['university', 'kind', 'course'];
  return holdings.toSorted(
    (a, b) => order.indexOf(a.scope.of) - order.indexOf(b.scope.of) || compare(a.name, b.name) || compare(a.key, b.key),
  );
}

function keyOf(scope: RuleScope): string {
  if (scope.of === 'kind') return `kind ${scope.kind}`;
  return scope.of === 'course' ? `course ${scope.courseId}` : 'university';
}
