// Takes what players say was watched, keeps what can be true of it, and has the lesson's trace tell it. Rules G10 to G12 and V70 to V79.

import { OneByOne } from '../../attendance/one-by-one.ts';
import type { Instant, LessonId, PersonId, RecordingId } from '../../contract/ids.ts';
import type { OwnViewing, Viewing, Watched } from '../../contract/viewing.ts';
import { type Span, without } from '../../contract/watching-time.ts';
import type { RegisterFact } from '../../facts.ts';
import type { Log } from '../../log.ts';
import type { Clock, Timer } from '../../ports/clock.ts';
import type { StoredEntry } from '../../trace/trace.ts';
import type { StoredRecording } from '../recording.store.ts';
import { heatOf, playedOf } from './heat.ts';
import { common, lengthOf, pairsOf, union } from './spans.ts';
import { entriesOf, factsOf, isRipe, notIn, quietMs, type Whose, withReport } from './untold.ts';
import type { StoredViewing, ViewingStore } from './viewing.store.ts';
import type { Watchable } from './watchable.ts';
import { spend, type ToSpend, watchingFrom } from './watched.ts';

/** One watches for hours, and pauses over lunch. */
const rememberedMs = 12 * 3_600_000;
const mostRemembered = 50_000;
/** A player that was opened before the server began has told of itself within this time. */
const reportEveryMs = 60_000;
const afterStartMs = 600_000;
const sweepEveryMs = 60_000;
const forgetEveryMs = 3_600_000;
const reportsKeptMs = 30 * 86_400_000;

export interface ViewingServiceOptions {
  readonly store: ViewingStore;
  readonly watchable: Watchable;
  readonly trace: {
    append(facts: readonly RegisterFact[]): Promise<void>;
    read(lessonId: LessonId): Promise<readonly StoredEntry[]>;
  };
  /** Its students as they are now. */
  readonly expected: (lessonId: LessonId) => Promise<readonly { readonly personId: PersonId; readonly name: string }[]>;
  /** The class runs just now. */
  readonly isLive: (lessonId: LessonId) => boolean;
  /** Something was written: the register may judge otherwise. */
  readonly written: (lessonId: LessonId) => Promise<void>;
  readonly clock: Clock;
  readonly log: Log;
}

export class ViewingService {
  readonly #options: ViewingServiceOptions;
  readonly #beganAt: Instant;
  /** By person and recording, the one that was used last at the end. */
  readonly #times = new Map<string, ToSpend>();
  readonly #turns = new OneByOne();
  /** What could not be written, and may be in the trace for all that. */
  readonly #unsure = new Set<string>();
  #timer: Timer | null = null;
  #sweeping: Promise<void> = Promise.resolve();
  #forgotAt = 0;

  constructor(options: ViewingServiceOptions) {
    this.#options = options;
    this.#beganAt = options.clock.now();
  }

  /** Tells now what a server before this one left untold, and from then on what has gone quiet. What cannot be told is tried again. */
  async start(): Promise<void> {
    this.#timer ??= this.#options.clock.every(sweepEveryMs, () => this.#sweepNext());
    this.#sweepNext();
    await this.#sweeping;
  }

  /** Safe twice. What is untold lies in the database, and is told by the next server. */
  async close(): Promise<void> {
    this.#timer?.cancel();
    this.#timer = null;
    await this.#sweeping;
  }

  /** The person has opened the recording: the time in which it can be watched begins, unless it has begun already. */
  opened(personId: PersonId, recordingId: RecordingId): void {
    const key = keyOf({ personId, recordingId });
    if (!this.#times.has(key)) this.#remember(key, watchingFrom(this.#options.clock.now()));
  }

  /** Resolves when it is in the database. Throws `Refused`, and then keeps nothing of the report. Taken once, however often it is sent. */
  report(personId: PersonId, recording: StoredRecording, { reportId, stretches }: Watched): Promise<OwnViewing> {
    const whose = { lessonId: recording.lessonId, personId, recordingId: recording.id };
    const key = keyOf(whose);
    return this.#turns.run(key, async () => {
      const { store, watchable, isLive, clock, log } = this.#options;
      const open = await watchable.spans(recording);
      const before = await store.find(recording.id, personId);
      if (await store.isTaken(recording.id, personId, reportId)) return seenOf(before?.parts ?? [], open);
      const at = clock.now();
      const lengthMs = (recording.endedAt ?? at) - recording.startedAt;
      const { left, kept } = spend(this.#toSpend(key, before, at), { stretches }, lengthMs, at);
      const spans = common(kept, open);
      const live = isLive(recording.lessonId);
      const of = await watchable.ofLesson(recording.lessonId);
      const untold = withReport(before?.untold ?? [], { spans, at, live, overAt: of.overAt, watchableMs: live ? null : of.watchableMs });
      const after = { ...afterReport(before, spans, { ...whose, at, live }), untold };
      await store.take(reportId, after, playedOf(stretches.flatMap((stretch) => common([stretch], open))));
      this.#remember(key, left);
      // It is safe already: what the trace cannot take now, it takes with the next sweep.
      if (isRipe(untold))
        await this.#write(whose, after).catch((error: unknown) =>
          log.warn({ error }, 'What people watched of recordings waits for the trace'),
        );
      return seenOf(after.parts, open);
    });
  }

  async own(personId: PersonId, recording: StoredRecording): Promise<OwnViewing> {
    const { store, watchable } = this.#options;
    const [viewing, open] = await Promise.all([store.find(recording.id, personId), watchable.spans(recording)]);
    return seenOf(viewing?.parts ?? [], open);
  }

  /** Those who are expected first, by name; then others who watched. */
  async all(recording: StoredRecording): Promise<Viewing> {
    const { store, watchable, expected } = this.#options;
    const [stored, played, roster, open] = await Promise.all([
      store.ofRecording(recording.id),
      store.played(recording.id),
      expected(recording.lessonId),
      watchable.spans(recording),
    ]);
    const byPerson = new Map(stored.map((viewing) => [viewing.personId, viewing]));
    const isExpected = new Set(roster.map(({ personId }) => personId));
    const others = stored.filter(({ personId, parts }) => !isExpected.has(personId) && parts.length > 0);
    const people = [...roster.map((one) => ({ ...one, expected: true })), ...others.map((one) => ({ ...one, expected: false }))];
    return {
      viewers: people.map(({ personId, name, expected: isOne }) => {
        const viewing = byPerson.get(personId);
        const seen = seenOf(viewing?.parts ?? [], open);
        return {
          ...{ personId, name, expected: isOne, firstAt: viewing?.firstAt ?? null, lastAt: viewing?.lastAt ?? null },
          ...{ ...seen, liveMs: Math.min(viewing?.liveMs ?? 0, seen.seenMs) },
        };
      }),
      heat: heatOf(
        played,
        stored.map(({ parts }) => parts),
        open,
      ),
      watchableMs: Math.round(lengthOf(open)),
    };
  }

  /** What the trace of the lesson does not tell yet, as the entries that it will be. */
  async untold(lessonId: LessonId): Promise<StoredEntry[]> {
    return (await this.#options.store.untold({ lessonId })).flatMap((viewing) => entriesOf(viewing, viewing.untold));
  }

  /** Resolves when the trace tells all that was watched of the lesson until now. */
  async settle(lessonId: LessonId): Promise<void> {
    for (const viewing of await this.#options.store.untold({ lessonId })) await this.#tell(viewing);
  }

  #sweepNext(): void {
    this.#sweeping = this.#sweeping
      .then(() => this.#sweep())
      .catch((error: unknown) =>
        this.#options.log.error({ error }, 'What people watched of recordings could not be written into the trace'),
      );
  }

  async #sweep(): Promise<void> {
    const { store, clock } = this.#options;
    const now = clock.now();
    if (now - this.#forgotAt >= forgetEveryMs) {
      await store.forgetReports(now - reportsKeptMs);
      this.#forgotAt = now;
    }
    for (const viewing of await store.untold({ quietSince: now - quietMs })) await this.#tell(viewing);
  }

  #tell(whose: Whose): Promise<void> {
    return this.#turns.run(keyOf(whose), async () => {
      const viewing = await this.#options.store.find(whose.recordingId, whose.personId);
      if (viewing !== undefined) await this.#write(whose, viewing);
    });
  }

  /** Only in the viewing's turn. */
  async #write(whose: Whose, { untold, lastAt }: Pick<StoredViewing, 'untold' | 'lastAt'>): Promise<void> {
    if (untold.length === 0) return;
    const { store, trace, written, clock } = this.#options;
    const key = keyOf(whose);
    const facts = factsOf(whose, untold, clock.now());
    const isUnsure = lastAt < this.#beganAt || this.#unsure.has(key);
    this.#unsure.add(key);
    await trace.append(isUnsure ? notIn(await trace.read(whose.lessonId), facts) : facts);
    await store.setTold(whose.recordingId, whose.personId);
    this.#unsure.delete(key);
    await written(whose.lessonId);
  }

  #toSpend(key: string, stored: StoredViewing | undefined, now: Instant): ToSpend {
    const known = this.#times.get(key);
    if (stored === undefined) return known ?? this.#unknown(now);
    // What was remembered since is only that it was opened.
    return known !== undefined && known.at <= stored.lastAt ? known : watchingFrom(stored.lastAt);
  }

  #unknown(now: Instant): ToSpend {
    return watchingFrom((now - this.#beganAt < afterStartMs ? this.#beganAt : now) - reportEveryMs);
  }

  #remember(key: string, time: ToSpend): void {
    this.#times.delete(key);
    this.#times.set(key, time);
    const now = this.#options.clock.now();
    for (const [oldest, { at }] of this.#times) {
      if (now - at <= rememberedMs && this.#times.size <= mostRemembered) return;
      this.#times.delete(oldest);
    }
  }
}

function keyOf({ personId, recordingId }: Pick<Whose, 'personId' | 'recordingId'>): string {
  return `${personId} ${recordingId}`;
}

function afterReport(
  before: StoredViewing | undefined,
  spans: readonly Span[],
  { at, live, personId, recordingId }: Whose & { readonly at: Instant; readonly live: boolean },
): Omit<StoredViewing, 'untold'> {
  const seen = before?.parts ?? [];
  const newMs = lengthOf(spans.flatMap((span) => without(span, seen)));
  return {
    ...{ recordingId, personId, parts: union(seen, spans) },
    ...{ liveMs: (before?.liveMs ?? 0) + (live ? newMs : 0), firstAt: before?.firstAt ?? at, lastAt: at },
  };
}

/** Of what may be watched now: what was seen and cut out since does not count. */
function seenOf(parts: readonly Span[], open: readonly Span[]): OwnViewing {
  const seen = common(parts, open);
  const [seenMs, openMs] = [lengthOf(seen), lengthOf(open)];
  return { parts: pairsOf(seen), seenMs: Math.round(seenMs), share: openMs <= 0 ? 0 : Math.min(1, seenMs / openMs) };
}
