// What a rule would change: the newest judged and unsigned lessons that it would reach, judged by it as well. Rule A40.
import type { z } from 'zod';
import type { Actor } from '../audit/actor.ts';
import type { NewRegisterRule, RuleDifference, Verdict } from '../contract/attendance.ts';
import type { Instant } from '../contract/ids.ts';
import { Refused } from '../contract/reply.ts';
import type { Clock } from '../ports/clock.ts';
import type { LessonRecord } from '../timetable/lesson.ts';
import type { RegisterView } from './attendance.ts';
import type { Registers } from './registers.service.ts';
import type { RuleBook } from './rule-book.ts';
import type { RulesService } from './rules.service.ts';
import type { JudgedUnder, RulesStore } from './rules.store.ts';

type DifferenceView = z.input<typeof RuleDifference>;
type Sample = DifferenceView['samples'][number];

const mostLessons = 400;
/** Looked through for those that the rule reaches: narrower rules may hold for the others. */
const mostLookedThrough = 4000;
const longestMs = 2000;
const mostSamples = 50;

export interface PreviewOptions {
  readonly rules: RulesService;
  readonly store: Pick<RulesStore, 'judged'>;
  readonly registers: Registers;
  readonly find: (id: string) => Promise<LessonRecord | null>;
  readonly clock: Pick<Clock, 'now'>;
  /** Between two lessons: classes that run go first. */
  readonly rest: () => Promise<void>;
}

export class RulePreviewService {
  readonly #options: PreviewOptions;

  constructor(options: PreviewOptions) {
    this.#options = options;
  }

  /** Throws `Refused` as adding the rule would. */
  async preview(actor: Actor, rule: NewRegisterRule): Promise<DifferenceView> {
    const { rules, registers, find, clock, rest } = this.#options;
    await rules.refuseUnlessMayWrite(actor, rule.scope);
    const book = await rules.book();
    const [open, signed] = [await this.#reached(rule, book, 'open'), await this.#reached(rule, book, 'signed')];
    const lessons = open.lessons.slice(0, mostLessons);
    const began: Instant = clock.now();
    const sum = new Summed();
    let read = 0;
    for (const { lessonId } of lessons) {
      if (clock.now() - began > longestMs) break;
      const record = await find(lessonId);
      const reading = record && (await registers.read(record).catch(nullWhenGone));
      if (reading !== null) {
        const now = clock.now();
        sum.add(await registers.judge(reading, now), registers.judgeBy(reading, rule, now));
      }
      read += 1;
      await rest();
    }
    const whole = open.whole && signed.whole && read === open.lessons.length;
    return { lessons: read, signedLessons: signed.lessons.length, whole, ...sum.result() };
  }

  async #reached(rule: NewRegisterRule, book: RuleBook, which: 'open' | 'signed'): Promise<{ lessons: JudgedUnder[]; whole: boolean }> {
    const { rules, store } = this.#options;
    const changed = book.with({ ...rule, id: '' });
    const found = await store.judged(rules.reach(rule), which, mostLookedThrough + 1);
    return { lessons: found.filter((lesson) => changed.ruleFor(lesson).id === ''), whole: found.length <= mostLookedThrough };
  }
}

/** The trace was removed by its age. */
function nullWhenGone(error: unknown): null {
  if (error instanceof Refused) return null;
  throw error;
}

class Summed {
  readonly #moves = new Map<string, { from: Verdict; to: Verdict; count: number }>();
  readonly #samples: Sample[] = [];
  #students = 0;
  #changed = 0;

  add(before: RegisterView, after: RegisterView): void {
    const were = new Map(before.rows.map((row) => [row.personId, row.verdict]));
    for (const { personId, name, role, onRoster, verdict: to } of after.rows) {
      if (!onRoster || role !== 'student') continue;
      this.#students += 1;
      const from = were.get(personId);
      if (from === undefined || from === to) continue;
      this.#changed += 1;
      const move = this.#moves.get(`${from} ${to}`) ?? { from, to, count: 0 };
      move.count += 1;
      this.#moves.set(`${from} ${to}`, move);
      const { lessonId, title, startsAt } = after;
      if (this.#samples.length < mostSamples) this.#samples.push({ lessonId, title, startsAt, personId, name, from, to });
    }
  }

  result() {
    const moves = [...this.#moves.values()].sort((a, b) => b.count - a.count);
    return { students: this.#students, changed: this.#changed, moves, samples: this.#samples };
  }
}
