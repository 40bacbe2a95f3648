// The arithmetic of distance shares: from the hours of a course to its share, and from courses to that of a programme or a student (D1 to D5).
import type { ShareState } from '../contract/shares.ts';

export interface ShareRule {
  /** Percent by field of study; `other` is for every field that is not named. */
  readonly limits: Readonly<Record<string, number>>;
  readonly warnAtPercent: number;
}

export interface Hours {
  readonly held: number;
  readonly coming: number;
}

/** The teaching of a course to one and the same groups; without groups it is for everybody of the course. */
export interface Taught extends Hours {
  readonly courseId: string;
  readonly groupIds: readonly string[];
}

export interface CourseFigures {
  readonly id: string;
  readonly credits: number | null;
  readonly plannedHours: number | null;
}

export interface ShareFigures {
  readonly plannedHours: number | null;
  readonly hoursHere: number;
  readonly held: number;
  readonly coming: number;
  readonly credits: number | null;
  readonly creditsHere: number | null;
  readonly percent: number | null;
  readonly field: string;
  readonly limitPercent: number;
  readonly state: ShareState;
}

const nothing: Hours = { held: 0, coming: 0 };

/** D2: what one who is in these groups is taught of one course: parallel seminars are for others. */
export function hoursFor(taught: readonly Taught[], isIn: (groupId: string) => boolean): Hours {
  return taught.filter(({ groupIds }) => groupIds.length === 0 || groupIds.some(isIn)).reduce(plus, nothing);
}

/** D2: what the group with the most is taught of one course. */
export function mostHours(taught: readonly Taught[], groupIds: Iterable<string>): Hours {
  let most = hoursFor(taught, () => false);
  for (const id of groupIds) {
    const hours = hoursFor(taught, (other) => other === id);
    if (sum(hours) > sum(most)) most = hours;
  }
  return most;
}

/** D3: of several fields the strictest. */
export function strictest(fields: readonly string[], { limits }: ShareRule): { readonly field: string; readonly limitPercent: number } {
  const of = (field: string) => ({ field, limitPercent: limits[field] ?? limits.other ?? 0 });
  const all = fields.length === 0 ? [of('other')] : fields.map(of);
  return all.reduce((a, b) => (b.limitPercent < a.limitPercent ? b : a));
}

/** D1: of the course's own hours. */
export function courseShare(course: CourseFigures, hours: Hours, fields: readonly string[], rule: ShareRule): ShareFigures {
  const { credits } = course;
  const plannedHours = course.plannedHours === 0 ? null : course.plannedHours;
  const part = plannedHours === null ? null : sum(hours) / plannedHours;
  const creditsHere = part === null || credits === null ? null : credits * part;
  return figures({ plannedHours, ...hours, credits, creditsHere, part, fields, rule });
}

/** D4: of the credits of all courses whose hours are known; of their hours, where not every one of them has credits. */
export function sharedOver(
  courses: readonly { readonly course: CourseFigures; readonly hours: Hours }[],
  fields: readonly string[],
  rule: ShareRule,
): ShareFigures {
  const known = courses.flatMap(({ course, hours }) =>
    course.plannedHours ? [{ credits: course.credits, plannedHours: course.plannedHours, hours }] : [],
  );
  const hours = known.map((one) => one.hours).reduce(plus, nothing);
  const plannedHours = total(known.map((one) => one.plannedHours));
  const haveCredits = known.length > 0 && known.every(({ credits }) => credits !== null && credits > 0);
  const credits = haveCredits ? total(known.map((one) => one.credits ?? 0)) : null;
  const creditsHere = haveCredits ? total(known.map((one) => ((one.credits ?? 0) * sum(one.hours)) / one.plannedHours)) : null;
  const byCredits = credits !== null && creditsHere !== null ? creditsHere / credits : null;
  const part = byCredits ?? (plannedHours === 0 ? null : sum(hours) / plannedHours);
  return figures({ plannedHours: plannedHours === 0 ? null : plannedHours, ...hours, credits, creditsHere, part, fields, rule });
}

function figures(given: {
  readonly plannedHours: number | null;
  readonly held: number;
  readonly coming: number;
  readonly credits: number | null;
  readonly creditsHere: number | null;
  readonly part: number | null;
  readonly fields: readonly string[];
  readonly rule: ShareRule;
}): ShareFigures {
  const { plannedHours, held, coming, credits, creditsHere, part, fields, rule } = given;
  const { field, limitPercent } = strictest(fields, rule);
  const percent = part === null ? null : rounded(part * 100);
  return {
    ...{ plannedHours, hoursHere: rounded(held + coming), held: rounded(held), coming: rounded(coming) },
    ...{ credits, creditsHere: creditsHere === null ? null : rounded(creditsHere), percent, field, limitPercent },
    state: stateOf(percent, limitPercent, rule.warnAtPercent),
  };
}

/** D5: the limit itself is allowed. */
function stateOf(percent: number | null, limitPercent: number, warnAtPercent: number): ShareState {
  if (percent === null) return 'unknown';
  if (percent > limitPercent) return 'over';
  return percent > 0 && percent >= (limitPercent * warnAtPercent) / 100 ? 'near' : 'ok';
}

/** Academic hours: the breaks within long lessons are no teaching, so each lesson is counted as if one more break followed it. */
export function academicHours(
  lessons: number,
  minutes: number,
  of: { readonly hourMinutes: number; readonly breakMinutes: number },
): number {
  return (minutes + lessons * of.breakMinutes) / (of.hourMinutes + of.breakMinutes);
}

export function sum({ held, coming }: Hours): number {
  return held + coming;
}

function plus(a: Hours, b: Hours): Hours {
  return { held: a.held + b.held, coming: a.coming + b.coming };
}

function total(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0);
}

/** To a hundredth. */
function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
