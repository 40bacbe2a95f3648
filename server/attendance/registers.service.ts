// Reads what a register is made of, and has it judged: the trace, who was expected, who is excused, and the rule that holds.
import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { DateTime } from 'luxon';
import { type Instant, LessonId } from '../contract/ids.ts';
import { Refused } from '../contract/reply.ts';
import { type DoorRule, doorTimes, endOf } from '../timetable/door.ts';
import type { LessonRecord } from '../timetable/lesson.ts';
import type { RosterEntry } from '../timetable/room-plan.ts';
import { canonical } from '../trace/canonical.ts';
import type { TraceStore } from '../trace/trace.store.ts';
import type { StoredEntry } from '../trace/trace.ts';
import { recordedRoster, type SignatureView, signatureOf } from './acts.ts';
import { type Asked, type Known, type RegisterView, registerOf, type ToSign } from './attendance.ts';
import type { Changes } from './changes.ts';
import type { ExcusalsStore } from './excusals.store.ts';
import type { ExpectedStore } from './expected.store.ts';
import type { Expected, Lesson } from './lesson.ts';
import type { RuleBook } from './rule-book.ts';
import { leadersOf } from './teaching.ts';

/** What was watched and is not in the trace yet, and the wish that it be. */
export interface Viewing {
  untold(id: LessonId): Promise<readonly StoredEntry[]>;
  settle(id: LessonId): Promise<void>;
}

/** All that a register is judged from, read once. */
export interface Reading {
  readonly record: LessonRecord;
  readonly lesson: Lesson;
  readonly entries: readonly StoredEntry[];
  readonly roster: readonly Expected[];
  /** By person. */
  readonly groupIds: ReadonlyMap<string, readonly string[]>;
  readonly rosterRecorded: boolean;
  readonly excusals: Known['excusals'];
  readonly signature: SignatureView | null;
  /** Of the last entry; 0 without any. */
  readonly seq: number;
  /** Of rules and excuses, before this was read. */
  readonly changes: number;
}

const nothing: RegisterView['may'] = { correct: false, sign: false, reopen: false };

export class Registers {
  readonly #trace: Pick<TraceStore, 'read' | 'readOf'>;
  readonly #roster: (id: LessonId) => Promise<readonly RosterEntry[]>;
  readonly #expected: Pick<ExpectedStore, 'named'>;
  readonly #excusals: Pick<ExcusalsStore, 'holding'>;
  readonly #isExpired: (lessonId: string) => Promise<boolean>;
  readonly #book: () => Promise<RuleBook>;
  readonly #changes: Pick<Changes, 'count'>;
  readonly #door: DoorRule;
  readonly #timeZone: string;
  readonly #viewing: Viewing;

  constructor(options: {
    readonly trace: Pick<TraceStore, 'read' | 'readOf'>;
    readonly roster: (id: LessonId) => Promise<readonly RosterEntry[]>;
    readonly expected: Pick<ExpectedStore, 'named'>;
    readonly excusals: Pick<ExcusalsStore, 'holding'>;
    /** The entries were removed by their age. */
    readonly isExpired: (lessonId: string) => Promise<boolean>;
    readonly book: () => Promise<RuleBook>;
    readonly changes: Pick<Changes, 'count'>;
    readonly door: DoorRule;
    readonly timeZone: string;
    readonly viewing: Viewing;
  }) {
    this.#trace = options.trace;
    this.#roster = options.roster;
    this.#expected = options.expected;
    this.#excusals = options.excusals;
    this.#isExpired = options.isExpired;
    this.#book = options.book;
    this.#changes = options.changes;
    this.#door = options.door;
    this.#timeZone = options.timeZone;
    this.#viewing = options.viewing;
  }

  /** Throws `Refused('not-found')` when the entries were removed by their age (A36). */
  async read(record: LessonRecord): Promise<Reading> {
    const untold = await this.#viewing.untold(LessonId.parse(record.id));
    return this.#read(record, (await this.#trace.read(record.id)).filter(isOfPlan(record)), untold);
  }

  /** From the trace alone, when all that was watched until now is in it: what is signed must be provable from it (A31). */
  async readToSign(record: LessonRecord): Promise<Reading> {
    await this.#viewing.settle(LessonId.parse(record.id));
    return this.#read(record, (await this.#trace.read(record.id)).filter(isOfPlan(record)), []);
  }

  /** Only the row of this person is right in it: a long trace is not read for everybody who looks up the own. */
  async readOf(record: LessonRecord, personId: string): Promise<Reading> {
    const entries = (await this.#trace.readOf(record.id)).filter(isOfPlan(record));
    const people = recordedRoster(entries) ?? (await this.#roster(LessonId.parse(record.id)));
    const expected = people.filter(({ role }) => role !== 'student').map((one) => one.personId);
    // A19: whoever was given the lead teaches too.
    const teaching = [...expected, ...leadersOf(entries, Number.MAX_SAFE_INTEGER).keys()];
    const untold = (await this.#viewing.untold(LessonId.parse(record.id))).filter((entry) => entry.personId === personId);
    return this.#read(record, (await this.#trace.readOf(record.id, personId, ...teaching)).filter(isOfPlan(record)), untold);
  }

  /** `untold` was read first: what was written in between is there twice, and counts once. */
  async #read(record: LessonRecord, all: readonly StoredEntry[], untold: readonly StoredEntry[]): Promise<Reading> {
    const changes = this.#changes.count;
    if (await this.#isExpired(record.id)) throw new Refused('not-found', 'The trace of this lesson was removed when its time was over');
    const signature = signatureOf(all);
    const recorded = recordedRoster(all);
    const people = recorded === null ? await this.#roster(LessonId.parse(record.id)) : null;
    const roster = people ?? (await this.#expected.named(recorded ?? []));
    const students = roster.filter(({ role }) => role === 'student').map(({ personId }) => personId);
    const day = DateTime.fromMillis(record.startsAt, { zone: this.#timeZone }).toISODate() ?? '';
    return {
      record,
      lesson: lessonOf(record, this.#door),
      // A31: what comes after the signature does not change what was signed, but for corrections.
      entries:
        signature === null ? [...all, ...untold] : all.filter(({ kind, seq }) => kind !== 'recording-watched' || seq <= signature.judgedTo),
      roster,
      groupIds: new Map((recorded ?? people ?? []).map(({ personId, groupIds }) => [personId, groupIds])),
      rosterRecorded: recorded !== null,
      excusals: await this.#excusals.holding(students, day, signature?.at ?? Number.MAX_SAFE_INTEGER),
      signature,
      seq: all.at(-1)?.seq ?? 0,
      changes,
    };
  }

  /** By the rule that holds: the signed one, or that of the rule book. */
  async judge(reading: Reading, now: Instant, may = nothing): Promise<RegisterView> {
    return this.judgeBy(reading, ruleIn(await this.#book(), reading), now, may);
  }

  judgeBy({ lesson, roster, entries, excusals, rosterRecorded }: Reading, asked: Asked, now: Instant, may = nothing): RegisterView {
    return registerOf(lesson, roster, entries, asked, now, { excusals, rosterRecorded, may, digestOf });
  }
}

/** A roster that was recorded before a lesson was moved or extended is not the one of its end. */
function isOfPlan(record: LessonRecord) {
  const overAt = record.endedAt ?? endOf(record);
  return ({ kind, at }: StoredEntry) => kind !== 'roster-recorded' || at >= overAt;
}

export function ruleIn(book: RuleBook, { record, signature }: Pick<Reading, 'record' | 'signature'>): Asked {
  const held = book.ruleFor(record);
  if (signature === null || isDeepStrictEqual(held.rule, signature.rule)) return held;
  return { rule: signature.rule, scope: null };
}

function lessonOf(record: LessonRecord, door: DoorRule): Lesson {
  const byTime = { ...record, endedAt: null };
  return {
    lessonId: record.id,
    title: record.title,
    courseTitle: record.courseTitle,
    startsAt: record.startsAt,
    plannedEndsAt: record.endsAt,
    endsAt: endOf(record),
    endedAt: record.endedAt,
    cancelled: record.cancelled,
    opensAt: Math.min(doorTimes(byTime, 'teacher', door).opensAt, doorTimes(byTime, 'student', door).opensAt),
    closesAt: doorTimes(byTime, 'student', door).closesAt,
  };
}

function digestOf(signed: ToSign): string {
  return createHash('sha256').update(canonical(signed)).digest('hex');
}
