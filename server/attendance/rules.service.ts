// The rules that judge registers: who reads and writes them, and the book of them that is looked up for each lesson. Rules A30, A38 and A39.
import { DateTime } from 'luxon';
import type { z } from 'zod';
import type { Actor } from '../audit/actor.ts';
import type { Audit } from '../audit/audit.service.ts';
import type { AttendanceRule, NewRegisterRule, RegisterRule, RegisterRules, RuleScope } from '../contract/attendance.ts';
import type { Person } from '../contract/identity.ts';
import type { RegisterRuleId } from '../contract/ids.ts';
import { Refused } from '../contract/reply.ts';
import type { Clock } from '../ports/clock.ts';
import { arrangesSomewhere, mayArrange, seesAll, type Ties } from '../timetable/who.ts';
import type { Changes } from './changes.ts';
import { RuleBook } from './rule-book.ts';
import type { Reach, RulesStore, StoredRule } from './rules.store.ts';

type Asking = Pick<Person, 'id' | 'roles' | 'roleFaculties'>;
type RuleView = z.input<typeof RegisterRule>;

export interface RulesOptions {
  readonly store: RulesStore;
  readonly tiesOf: (personId: string) => Promise<Ties>;
  /** The configuration's. */
  readonly fallback: AttendanceRule;
  readonly timeZone: string;
  readonly audit: Audit;
  readonly clock: Pick<Clock, 'now'>;
  readonly newId: () => string;
  readonly changes: Pick<Changes, 'made'>;
  /** There are lessons to be judged again. */
  readonly stale: () => void;
}

export class RulesService {
  readonly #options: RulesOptions;
  #book: Promise<RuleBook> | null = null;

  constructor(options: RulesOptions) {
    this.#options = options;
  }

  /** Read once, and again after each change. */
  book(): Promise<RuleBook> {
    const { store, fallback, timeZone } = this.#options;
    if (this.#book === null) {
      const reading = store.all().then((rules) => new RuleBook(rules, fallback, timeZone));
      this.#book = reading;
      reading.catch(() => {
        if (this.#book === reading) this.#book = null;
      });
    }
    return this.#book;
  }

  /** Those of the university and of kinds concern everybody; those of courses, who has to do with the course. */
  async list(person: Asking): Promise<z.input<typeof RegisterRules>> {
    const { store, fallback, tiesOf } = this.#options;
    const rules = await store.all();
    const courseIds = rules.flatMap(({ scope }) => (scope.of === 'course' ? scope.courseId : []));
    const [courses, names, { enrolments }] = await Promise.all([
      store.courses(courseIds, person.id),
      store.names(rules.map(({ changedById }) => changedById)),
      tiesOf(person.id),
    ]);
    const shown = rules.flatMap((rule): RuleView[] => {
      if (rule.scope.of !== 'course') return [viewOf(rule, '', names)];
      const course = courses.get(rule.scope.courseId);
      if (course === undefined) return [];
      const isOwn = course.isTaught || enrolments.has(rule.scope.courseId);
      return isOwn || seesAll(person, course.facultyId) ? [viewOf(rule, course.title, names)] : [];
    });
    return { rules: shown, fallback, mayWrite: { university: rulesAll(person), courses: arrangesSomewhere(person) } };
  }

  /** Takes the place of one of the same scope and day. Registers that are not signed are judged again. */
  async add(actor: Actor, rule: NewRegisterRule): Promise<RuleView> {
    const { store, audit, clock, newId, changes, stale } = this.#options;
    const name = await this.refuseUnlessMayWrite(actor, rule.scope);
    const [id, at] = [newId(), clock.now()];
    const before = await store.put(id, rule, { at, id: actor.id });
    this.#book = null;
    changes.made();
    await store.markStale(this.reach(rule));
    stale();
    const subject = { kind: 'register-rule', id, name: name || scopeName(rule.scope) };
    const values = ({ scope, validFrom, rule: judged }: NewRegisterRule) => ({ scope: scopeName(scope), validFrom, ...judged });
    await audit.record(actor, { act: 'register-rule.added', subject, before: before && values(before), after: values(rule) });
    return viewOf({ ...rule, id, changedAt: at, changedById: actor.id }, name, new Map([[actor.id, actor.displayName]]));
  }

  async remove(actor: Actor, id: RegisterRuleId): Promise<void> {
    const { store, audit, changes, stale } = this.#options;
    const rule = (await store.all()).find((one) => one.id === id);
    if (rule === undefined) throw new Refused('not-found', 'There is no such rule');
    const name = await this.refuseUnlessMayWrite(actor, rule.scope);
    if (!(await store.remove(id))) throw new Refused('not-found', 'There is no such rule');
    this.#book = null;
    changes.made();
    await store.markStale(this.reach(rule));
    stale();
    const subject = { kind: 'register-rule', id, name: name || scopeName(rule.scope) };
    await audit.record(actor, {
      act: 'register-rule.removed',
      subject,
      before: { scope: scopeName(rule.scope), validFrom: rule.validFrom, ...rule.rule },
    });
  }

  /** A38. Answers the course's title; empty for other scopes. Throws `Refused`. */
  async refuseUnlessMayWrite(asking: Asking, scope: RuleScope): Promise<string> {
    if (scope.of !== 'course') {
      if (!rulesAll(asking)) throw new Refused('not-allowed', 'Only administrators of the whole university rule over all its courses');
      return '';
    }
    if (!arrangesSomewhere(asking)) throw new Refused('not-allowed', 'Only coordinators and administrators change rules');
    const course = await this.#options.store.course(scope.courseId);
    if (course === null) throw new Refused('not-found', 'There is no such course');
    if (!mayArrange(asking, course.facultyId)) throw new Refused('not-allowed', 'The course belongs to another faculty');
    return course.title;
  }

  reach({ scope, validFrom }: Pick<NewRegisterRule, 'scope' | 'validFrom'>): Reach {
    return { scope, since: DateTime.fromISO(validFrom, { zone: this.#options.timeZone }).toMillis() };
  }
}

function rulesAll({ roles, roleFaculties }: Asking): boolean {
  return roles.includes('administrator') && roleFaculties?.administrator === undefined;
}

function scopeName(scope: RuleScope): string {
  if (scope.of === 'kind') return `kind ${scope.kind}`;
  return scope.of === 'course' ? `course ${scope.courseId}` : 'university';
}

function viewOf(
  { id, scope, validFrom, rule, changedAt, changedById }: StoredRule,
  name: string,
  names: ReadonlyMap<string, string>,
): RuleView {
  return { id, scope, name, validFrom, rule, changedAt, changedBy: names.get(changedById) ?? '' };
}
