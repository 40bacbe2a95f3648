// Measures everybody's line by turns and says how good it is, without letting a large room cost more than a small one.
import type { ConnectionId, Instant, LessonId, ParticipantId } from '../contract/ids.ts';
import type { LineQuality } from '../contract/media.ts';
import type { Clock, Timer } from '../ports/clock.ts';
import type { TransportStats } from '../ports/media.ts';
import type { ConnectionMedia } from './connection-media.ts';
import type { LineReading } from './ladder.ts';
import { addUp, type Carrying, type Flow, type Flows, flowOf } from './line-flow.ts';
import { type LineMemory, type Measured, nothingHeard, recall, remember } from './line-memory.ts';
import { type Judgement, judge, type LineSample, sampleOf } from './quality.ts';

const tickMs = 500;
const roundMs = 2_500;
/** A line whose client reports loss is measured as soon as this. */
const strainedRoundMs = 1_000;
/** A good line over which nothing but sound is sent: when it grows worse its client says so, and in a large lecture most lines are of this kind. */
const calmRoundMs = 7_500;
const soundOnlyBps = 150_000;
/** Of good lines where a queue may grow before anything is lost; and of those whose tracks are watched (W51). */
const watchedRoundMs = 5_000;
/** For the whole server; each costs the worker two or three requests. */
const mostPerTick = 16;
/** Of these, for lines that are in trouble or were, and those whose tracks are watched: the others must not wait for ever. */
const mostUrgent = 12;

const counts = ['bytesIn', 'bytesOut', 'packetsIn', 'packetsLostIn'] as const;

export interface LineStats {
  readonly send: TransportStats | null;
  readonly receive: TransportStats | null;
}

export interface MeasuredLine {
  readonly connection: ConnectionMedia;
  readonly stats: LineStats;
  readonly line: Omit<LineQuality, 'step'>;
  /** Null while nothing comes from the device: then nothing is known of its line. */
  readonly readings: LineReadings | null;
  readonly changed: boolean;
}

/** Of the line towards the device, and from it. */
export interface LineReadings {
  readonly down: LineReading;
  readonly up: LineReading;
}

/** Over all rooms; the sums never fall. */
export interface Traffic extends Carrying {
  readonly bytesIn: number;
  readonly bytesOut: number;
  readonly packetsIn: number;
  readonly packetsLostIn: number;
}

interface Line {
  readonly lessonId: LessonId;
  readonly participantId: ParticipantId;
  judgement: Judgement;
  stats: LineStats;
  flows: readonly Flow[];
  memory: LineMemory;
  measuredAt: Instant;
}

export class LineWatch {
  readonly #clock: Clock;
  readonly #connections: () => Iterable<ConnectionMedia>;
  readonly #measured: (lines: readonly MeasuredLine[]) => void;
  readonly #isWatched: (connectionId: ConnectionId) => boolean;
  readonly #lines = new Map<ConnectionId, Line>();
  readonly #timer: Timer;
  /** Sums of lines that have ended: counters must not run backwards. */
  readonly #past = { bytesIn: 0, bytesOut: 0, packetsIn: 0, packetsLostIn: 0 };
  #running = false;

  constructor(options: {
    readonly clock: Clock;
    connections(): Iterable<ConnectionMedia>;
    measured(lines: readonly MeasuredLine[]): void;
    /** Whether it has to be told in time whether something comes. */
    isWatched?(connectionId: ConnectionId): boolean;
    failed(error: unknown): void;
  }) {
    this.#clock = options.clock;
    this.#connections = options.connections;
    this.#measured = options.measured;
    this.#isWatched = (connectionId) => options.isWatched?.(connectionId) ?? false;
    this.#timer = options.clock.every(tickMs, () => {
      this.#tick().catch(options.failed);
    });
  }

  /** Of a device's line, over the last measurements. */
  seenOf(connectionId: ConnectionId): Measured {
    return recall(this.#lines.get(connectionId)?.memory ?? nothingHeard, this.#clock.now());
  }

  traffic(): Traffic {
    const sum = { ...this.#past };
    for (const { stats } of this.#lines.values()) {
      for (const one of [stats.send, stats.receive]) for (const count of counts) sum[count] += one?.[count] ?? 0;
    }
    return { ...sum, ...this.flows().all };
  }

  /** What is carried now. */
  flows(): Flows {
    return addUp([...this.#lines.values()].map(({ lessonId, judgement, flows }) => ({ lessonId, quality: judgement.quality, flows })));
  }

  close(): void {
    this.#timer.cancel();
  }

  /** A new transport begins at nought, a closed track takes its packets along. */
  #keepWhatFell(before: LineStats, now: LineStats): void {
    for (const direction of ['send', 'receive'] as const) {
      for (const count of counts) this.#past[count] += Math.max(0, (before[direction]?.[count] ?? 0) - (now[direction]?.[count] ?? 0));
    }
  }

  /** Those who waited longest first; a tick that finds the last one still at work does nothing. */
  async #tick(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    try {
      const now = this.#clock.now();
      const connections = [...this.#connections()];
      this.#forgetAllBut(new Set(connections.map(({ ref }) => ref.connectionId)));
      const waiting = connections.filter((connection) => this.#at(connection) <= now - this.#roundOf(connection));
      const oldest = waiting.toSorted((a, b) => this.#at(a) - this.#at(b));
      const isFirst = (connection: ConnectionMedia): boolean => this.#isUrgent(connection) || this.#isWatched(connection.ref.connectionId);
      const urgent = oldest.filter(isFirst).slice(0, mostUrgent);
      const chosen = [...new Set([...urgent, ...oldest])].slice(0, mostPerTick);
      if (chosen.length === 0) return;
      const lines = await Promise.all(chosen.map((connection) => this.#measure(connection)));
      // Who left meanwhile is forgotten everywhere, and stays so.
      const here = new Set(this.#connections());
      this.#measured(lines.filter(({ connection }) => here.has(connection)));
    } finally {
      this.#running = false;
    }
  }

  #forgetAllBut(live: ReadonlySet<ConnectionId>): void {
    for (const [connectionId, { stats }] of this.#lines) {
      if (live.has(connectionId)) continue;
      this.#keepWhatFell(stats, { send: null, receive: null });
      this.#lines.delete(connectionId);
    }
  }

  /** L7: its next measurement may change what it is given. */
  #isUrgent({ ref, step, isStrained }: ConnectionMedia): boolean {
    const latest = this.#lines.get(ref.connectionId)?.judgement.latest;
    return isStrained || step !== 'all' || latest === 'fair' || latest === 'bad';
  }

  #roundOf(connection: ConnectionMedia): number {
    const line = this.#lines.get(connection.ref.connectionId);
    if (connection.isStrained) return strainedRoundMs;
    if (line?.judgement.quality !== 'good' || this.#isUrgent(connection)) return roundMs;
    const { send, receive } = line.stats;
    if ((send?.bpsIn ?? 0) > soundOnlyBps) return roundMs;
    return receive?.availableBps != null || this.#isWatched(connection.ref.connectionId) ? watchedRoundMs : calmRoundMs;
  }

  #at(connection: ConnectionMedia): Instant {
    return this.#lines.get(connection.ref.connectionId)?.measuredAt ?? 0;
  }

  async #measure(connection: ConnectionMedia): Promise<MeasuredLine> {
    const { connectionId, participantId, lessonId } = connection.ref;
    connection.isStrained = false;
    const stats = await connection.stats();
    const before = this.#lines.get(connectionId);
    if (before !== undefined) this.#keepWhatFell(before.stats, stats);
    const sample = sampleOf(stats.send, stats.receive);
    const judgement = judge(before?.judgement ?? null, sample);
    const now = this.#clock.now();
    const bytesIn = (stats.send?.bytesIn ?? 0) + (stats.receive?.bytesIn ?? 0);
    const memory = remember(before?.memory ?? nothingHeard, sample, bytesIn, now);
    const flows = (['send', 'receive'] as const).flatMap((direction) => {
      const one = stats[direction];
      return one === null ? [] : [flowOf(before?.stats[direction] ?? null, one, now - (before?.measuredAt ?? now))];
    });
    this.#lines.set(connectionId, { lessonId, participantId, judgement, stats, flows, memory, measuredAt: now });
    const changed = (before?.judgement.quality ?? 'unknown') !== judgement.quality;
    const isSilent = memory.heard === before?.memory.heard;
    const readings = isSilent ? null : readingsOf(sample, stats.receive?.availableBps ?? null, now);
    return { connection, stats, line: { participantId, quality: judgement.quality, ...sample }, readings, changed };
  }
}

function readingsOf({ lossUp, lossDown, roundTripMs, upBps, downBps }: LineSample, availableBps: number | null, at: Instant): LineReadings {
  return {
    down: { at, loss: lossDown, roundTripMs, availableBps, sentBps: downBps },
    // What arrives is what is left after the loss.
    up: { at, loss: lossUp, roundTripMs: null, availableBps: null, sentBps: upBps / Math.max(0.05, 1 - lossUp) },
  };
}
