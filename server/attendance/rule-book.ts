// Which rule judges a lesson: the narrowest scope that has one by the lesson's day (A30).
import { DateTime } from 'luxon';
import type { AttendanceRule, RuleScope } from '../contract/attendance.ts';
import type { Instant, LocalDate } from '../contract/ids.ts';

export interface BookedRule {
  readonly id: string;
  readonly scope: RuleScope;
  readonly validFrom: LocalDate;
  readonly rule: AttendanceRule;
}

export interface RuledLesson {
  readonly courseId: string;
  readonly kind: string;
  readonly startsAt: Instant;
}

/** `id` and `scope` are null for the configuration's rule. */
export interface HoldingRule {
  readonly id: string | null;
  readonly scope: RuleScope | null;
  readonly rule: AttendanceRule;
}

const narrowness: Readonly<Record<RuleScope['of'], number>> = { course: 0, kind: 1, university: 2 };

export class RuleBook {
  readonly #rules: readonly BookedRule[];
  readonly #fallback: AttendanceRule;
  readonly #timeZone: string;

  constructor(rules: readonly BookedRule[], fallback: AttendanceRule, timeZone: string) {
    this.#rules = rules.toSorted(
      (a, b) => narrowness[a.scope.of] - narrowness[b.scope.of] || (a.validFrom < b.validFrom ? 1 : a.validFrom > b.validFrom ? -1 : 0),
    );
    this.#fallback = fallback;
    this.#timeZone = timeZone;
  }

  ruleFor(lesson: RuledLesson): HoldingRule {
    if (this.#rules.length === 0) return { id: null, scope: null, rule: this.#fallback };
    const day = DateTime.fromMillis(lesson.startsAt, { zone: this.#timeZone }).toISODate() ?? '';
    const held = this.#rules.find(({ scope, validFrom }) => validFrom <= day && reaches(scope, lesson));
    return held === undefined ? { id: null, scope: null, rule: this.#fallback } : { id: held.id, scope: held.scope, rule: held.rule };
  }

  /** As it would be with one more; it takes the place of one of the same scope and day. */
  with(rule: BookedRule): RuleBook {
    const others = this.#rules.filter((other) => other.validFrom !== rule.validFrom || !isSame(other.scope, rule.scope));
    return new RuleBook([...others, rule], this.#fallback, this.#timeZone);
  }
}

function reaches(scope: RuleScope, lesson: RuledLesson): boolean {
  switch (scope.of) {
    case 'university':
      return true;
    case 'kind':
      return scope.kind === lesson.kind;
    case 'course':
      return scope.courseId === lesson.courseId;
  }
}

function isSame(a: RuleScope, b: RuleScope): boolean {
  if (a.of === 'kind') return b.of === 'kind' && a.kind === b.kind;
  if (a.of === 'course') return b.of === 'course' && a.courseId === b.courseId;
  return b.of === 'university';
}
