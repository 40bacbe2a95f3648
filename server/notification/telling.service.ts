// Hears what happens, writes it down, and then who is told of it and where; nothing is sent before it is written.
import { setImmediate } from 'node:timers/promises';
import type { CapacityPeak } from '../contract/capacity.ts';
import type { Instant } from '../contract/ids.ts';
import type { SpaceNews } from '../contract/notification.ts';
import type { RecordingFact, TimetableFact } from '../facts.ts';
import type { Log } from '../log.ts';
import type { Clock, Timer } from '../ports/clock.ts';
import type { AudienceStore, ToldLesson } from './audience.store.ts';
import type { EventStore, Spread } from './event.store.ts';
import { eventOf, foldPlaces, type Heard, heardOf, heardOfChange, namesOfGroups } from './heard.ts';
import { isWorthTelling, type LessonPeople, type NotificationEvent } from './notification.ts';
import { capacityEvent, isOfServer, spaceEvent } from './server-news.ts';
import { spreadOf, type Ways } from './spread.ts';

interface Options extends Ways {
  readonly events: EventStore;
  readonly audience: AudienceStore;
  readonly clock: Clock;
  readonly log: Log;
  /** Something new is to be sent. */
  readonly written: () => void;
}

const HEARD_AT_ONCE = 200;
const SPREAD_AT_ONCE = 10;
const ROWS_TOGETHER = 100;
const AGAIN_MS = 10_000;
const SOON_MS = 10 * 60_000;
const LOOK_MS = 30_000;
const KEEP_MS = 90 * 24 * 3_600_000;
const DAY_MS = 24 * 3_600_000;
const HEARD_UNTIL = 'notification.heard-until';
/** What was written down just before the server stopped may not have been heard; hearing it twice does no harm (N5). */
const OVERLAP_MS = 5 * 60_000;
const REMEMBER_MS = 4 * 60_000;
const CHANGES_AT_ONCE = 500;

export class TellingService {
  readonly #options: Options;
  readonly #heard: Heard[] = [];
  /** What was heard of no lesson. */
  readonly #news: NotificationEvent[] = [];
  readonly #timers: Timer[] = [];
  /** Lessons of which it was said that they begin soon, with that beginning; the database has the last word. */
  readonly #announced = new Set<string>();
  #work: Promise<void> | null = null;
  #again = false;
  #closed = false;
  #ready = false;
  #remembered = 0;

  constructor(options: Options) {
    this.#options = options;
  }

  /** Finds what was not heard while the server was down, then listens. */
  async start(): Promise<void> {
    const { clock, events } = this.#options;
    const until = await events.value(HEARD_UNTIL);
    if (until !== null) await this.#hearAgain(Number(until) - OVERLAP_MS);
    this.#ready = true;
    this.#timers.push(
      clock.every(LOOK_MS, () => this.#stir()),
      clock.every(DAY_MS, () => void this.#forget()),
    );
    this.#stir();
  }

  hear(fact: TimetableFact): void {
    this.#heard.push(heardOf(fact));
    this.#stir();
  }

  hearRecording(fact: Extract<RecordingFact, { type: 'recording-stopped' }>): void {
    const { lessonId, at, by: byId, recordingId } = fact;
    this.#heard.push({ type: 'recording-ready', lessonId, at, byId, note: '', recordingId });
    this.#stir();
  }

  /** K12 */
  hearCall({
    personIds,
    ...call
  }: {
    readonly lessonId: string;
    readonly at: Instant;
    readonly byId: string;
    readonly personIds: readonly string[];
  }): void {
    this.#heard.push({ ...call, type: 'called-to-class', note: '', only: personIds });
    this.#stir();
  }

  /** Once a day for each level, however often it is heard. */
  hearSpace(news: SpaceNews): void {
    this.#news.push(spaceEvent(news, this.#options.clock.now()));
    this.#stir();
  }

  /** B18: once for each peak and level, however often it is heard. */
  hearCapacity(peak: CapacityPeak): void {
    this.#news.push(capacityEvent(peak, this.#options.clock.now()));
    this.#stir();
  }

  /** Resolves when all that was heard is written down and spread. */
  async settled(): Promise<void> {
    while (this.#work !== null) await this.#work;
  }

  /** What was heard is written down first. Safe twice. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const timer of this.#timers.splice(0)) timer.cancel();
    await this.settled();
    if (this.#heard.length > 0 || this.#news.length > 0)
      await this.#takeDown().catch((error: unknown) =>
        this.#options.log.error({ error }, 'What happened last was not taken down for notifications'),
      );
  }

  async #hearAgain(since: Instant): Promise<void> {
    const { audience } = this.#options;
    for (let from = since; ; ) {
      const rows = await audience.changesSince(from, CHANGES_AT_ONCE);
      await this.#read(rows);
      const last = rows.at(-1);
      if (last === undefined || rows.length < CHANGES_AT_ONCE) break;
      from = last.at === from ? last.at + 1 : last.at;
    }
    for (const { id, lesson_id: lessonId, ended_at: at } of await audience.recordingsSince(since))
      this.#heard.push({ type: 'recording-ready', lessonId, at: at ?? since, byId: null, note: '', recordingId: id });
  }

  async #read(rows: Awaited<ReturnType<AudienceStore['changesSince']>>): Promise<void> {
    const { audience } = this.#options;
    const lessons = await audience.lessons(rows.map((row) => row.lesson_id));
    const groups = await audience.groupsNamed(namesOfGroups(rows));
    for (const row of rows) {
      const lesson = lessons.get(row.lesson_id);
      const heard = lesson && heardOfChange(row, { ...lesson, groupId: (name) => groups.get(name) ?? null });
      if (heard) this.#heard.push(heard);
    }
  }

  #stir(): void {
    if (this.#closed || !this.#ready) return;
    if (this.#work !== null) {
      this.#again = true;
      return;
    }
    this.#work = this.#run().finally(() => {
      this.#work = null;
      if (this.#again) {
        this.#again = false;
        this.#stir();
      }
    });
  }

  async #run(): Promise<void> {
    const { clock, log } = this.#options;
    try {
      await this.#takeDown();
      await this.#announceSoon();
      while (!this.#closed && (await this.#spreadSome())) await setImmediate();
      await this.#remember();
    } catch (error) {
      log.error({ error }, 'Notifications could not be written; tried again');
      this.#timers.push(clock.after(AGAIN_MS, () => this.#stir()));
    }
  }

  /** Up to when everything was heard; seldom, for a write costs more than hearing a little twice. */
  async #remember(): Promise<void> {
    const now = this.#options.clock.now();
    if (now - this.#remembered < REMEMBER_MS) return;
    await this.#options.events.setValue(HEARD_UNTIL, String(now));
    this.#remembered = now;
  }

  /** A fact leaves the queue when its event is in the database. */
  async #takeDown(): Promise<void> {
    const { audience, clock, events } = this.#options;
    const news = [...this.#news];
    await events.add(news);
    this.#news.splice(0, news.length);
    while (this.#heard.length > 0) {
      const some = this.#heard.slice(0, HEARD_AT_ONCE);
      const lessons = await audience.lessons(some.map((one) => one.lessonId));
      const names = await this.#names(some);
      const now = clock.now();
      const told: NotificationEvent[] = [];
      for (const heard of foldPlaces(some)) {
        const lesson = lessons.get(heard.lessonId);
        if (lesson === undefined) continue;
        const event = eventOf(heard, lesson, (id) => names.get(id) ?? null);
        if (isWorthTelling(event, now)) told.push(event);
      }
      await events.add(told);
      this.#heard.splice(0, some.length);
      await setImmediate();
    }
  }

  async #names(some: readonly Heard[]): Promise<Map<string, string>> {
    const of = (kind: 'teacher' | 'place') => {
      const ids = some.flatMap(({ swap }) => (swap?.of === kind ? [swap.fromId, swap.toId] : []));
      return [...new Set(ids.filter((id) => id !== null))];
    };
    const [people, places] = await Promise.all([
      this.#options.audience.personNames(of('teacher')),
      this.#options.audience.placeNames(of('place')),
    ]);
    return new Map([...people, ...places]);
  }

  /** N9 */
  async #announceSoon(): Promise<void> {
    const { audience, clock, events, mailOn, pushOn } = this.#options;
    if (!mailOn && !pushOn) return;
    const now = clock.now();
    const lessons = await audience.startingWithin(now, now + SOON_MS);
    const key = ({ id, startsAt }: { id: string; startsAt: Instant }) => `${id} ${startsAt}`;
    const fresh = lessons.filter((lesson) => !this.#announced.has(key(lesson)));
    const heard = fresh.map(
      (lesson) => [lesson, { type: 'lesson-starts-soon', lessonId: lesson.id, at: now, byId: null, note: '' }] as const,
    );
    await events.add(heard.map(([lesson, one]) => eventOf(one, lesson, () => null)));
    this.#announced.clear();
    for (const lesson of lessons) this.#announced.add(key(lesson));
  }

  /** Answers whether there may be more. */
  async #spreadSome(): Promise<boolean> {
    const { audience, clock, events, written } = this.#options;
    const some = await events.toSpread(SPREAD_AT_ONCE);
    if (some.length === 0) return false;
    const lessons = await audience.lessons(some.map((event) => event.lessonId));
    let ready: Spread[] = [];
    let rows = 0;
    const write = async () => {
      if (ready.length > 0) await events.spread(ready, clock.now());
      ready = [];
      rows = 0;
      written();
      await setImmediate();
    };
    for (const event of some) {
      const lesson = lessons.get(event.lessonId);
      const late = event.type === 'lesson-starts-soon' && event.detail.startsAt <= clock.now();
      const people = await this.#peopleOf(event, lesson);
      const spread = people === null || late ? { event, inApp: [], deliveries: [] } : await spreadOf(event, people, this.#options);
      ready.push(spread);
      rows += spread.inApp.length + spread.deliveries.length;
      if (rows >= ROWS_TOGETHER) await write();
      else await setImmediate();
    }
    await write();
    return true;
  }

  /** Null: the plan has dropped its lesson. */
  async #peopleOf({ type, meant, detail }: NotificationEvent, lesson: ToldLesson | undefined): Promise<LessonPeople | null> {
    const { audience, clock } = this.#options;
    if (isOfServer(type)) return { staff: await audience.administrators(), students: [], ofAdded: [], ofRemoved: [] };
    if (lesson === undefined) return null;
    const people = await audience.people(lesson, meant);
    // N2: whoever could not open it is not told that it is there.
    const isHidden = detail.recordingId !== null && !(await audience.isShown(detail.recordingId, clock.now()));
    return isHidden ? { ...people, students: [] } : people;
  }

  async #forget(): Promise<void> {
    const { clock, events, log } = this.#options;
    await events.forgetBefore(clock.now() - KEEP_MS).catch((error: unknown) => log.warn({ error }, 'Old notifications were not removed'));
  }
}
