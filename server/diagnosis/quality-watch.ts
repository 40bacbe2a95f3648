// Keeps the quality history of everybody in every class: hears what is measured, reported and what happens, and writes it down minute by minute.
import { setImmediate } from 'node:timers/promises';
import { stepMs } from '../contract/diagnosis.ts';
import type { ConnectionId, Instant, ParticipantId } from '../contract/ids.ts';
import { type QualityReport, soonestReportMs } from '../contract/quality-report.ts';
import type { LeaveReason, LossCause } from '../contract/reasons.ts';
import { Refused } from '../contract/reply.ts';
import type { RoomRole } from '../contract/room.ts';
import { inPieces } from '../database/pieces.ts';
import type { Fact, FactOf } from '../facts.ts';
import type { Standing } from '../media/media-reading.ts';
import type { Clock, Timer } from '../ports/clock.ts';
import type { TransportStats } from '../ports/media.ts';
import type { ConnectionRef } from '../room/connection-ref.ts';
import { networkOf } from '../room/network.ts';
import { type QualityBatch, type QualityMinute, rowsPerBatch } from './history.store.ts';
import { OpenLine, type Sample } from './open-line.ts';

export interface QualityWatchOptions {
  readonly clock: Clock;
  /** The first number that no line has yet. */
  readonly nextId: number;
  /** Null while the device has no media. */
  standing(ref: ConnectionRef): Standing | null;
  write(batch: QualityBatch): Promise<void>;
  /** What was to be written is lost. */
  failed(error: unknown): void;
}

interface Member {
  readonly name: string;
  readonly role: RoomRole;
}

/** Minutes that wait to be written; beyond that the oldest are dropped (Z3). */
const mostWaiting = 20_000;

/** How a device's going looks in its history; the others are no trouble of the line. */
const endedBy: { readonly [R in LeaveReason]?: LossCause } = { 'server-stopped': 'server-stopped', 'too-much': 'server-closed' };

export class QualityWatch {
  readonly #options: QualityWatchOptions;
  readonly #lines = new Map<ConnectionId, OpenLine>();
  readonly #members = new Map<ParticipantId, Member>();
  readonly #reportedAt = new Map<ConnectionId, Instant>();
  /** Lines whose rows are new or have changed, and minutes that are over. */
  readonly #changed = new Set<OpenLine>();
  #minutes: QualityMinute[] = [];
  #nextId: number;
  #lost = 0;
  #timer: Timer;
  #writing: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(options: QualityWatchOptions) {
    this.#options = options;
    this.#nextId = options.nextId;
    this.#timer = this.#ringAtStep();
  }

  /** Minutes that were not written, as the database was away. */
  get lost(): number {
    return this.#lost;
  }

  get lines(): number {
    return this.#lines.size;
  }

  measured({ connectionId }: ConnectionRef, send: TransportStats | null, receive: TransportStats | null): void {
    const line = this.#lines.get(connectionId);
    if (line !== undefined && (send !== null || receive !== null)) line.measured(sampleOf(send, receive));
  }

  /** Z4. Throws `Refused`. */
  reported({ connectionId }: ConnectionRef, report: QualityReport): void {
    const now = this.#options.clock.now();
    const soonest = (this.#reportedAt.get(connectionId) ?? 0) + soonestReportMs;
    if (now < soonest) throw new Refused('too-many-requests', 'Reports come every ten seconds', { retryAfterMs: soonest - now });
    const line = this.#lines.get(connectionId);
    if (line === undefined) return;
    this.#reportedAt.set(connectionId, now);
    line.reported(report);
  }

  onFact(fact: Fact): void {
    switch (fact.type) {
      case 'participant-joined':
        this.#members.set(fact.participantId, { name: fact.name, role: fact.role });
        return;
      case 'participant-left':
        this.#members.delete(fact.participantId);
        return;
      case 'role-changed':
        return this.#roleChanged(fact);
      case 'connection-opened':
        return this.#opened(fact);
      case 'connection-dropped':
        return this.#lines.get(fact.connectionId)?.dropped(fact.at, fact.line.cause);
      case 'connection-resumed':
        return this.#lines.get(fact.connectionId)?.resumed(fact.at);
      case 'page-hidden':
      case 'page-shown':
        return this.#lines.get(fact.connectionId)?.hidden(fact.type === 'page-hidden');
      case 'connection-closed':
        return this.#ended(fact);
      case 'media-failed':
        for (const line of this.#lines.values()) if (line.ref.lessonId === fact.lessonId) line.mediaFailed();
        return;
      default:
        return;
    }
  }

  /** Writes what there is, also of minutes that are not over: for who asks of just now. Resolves when it is in the database, or lost. */
  flush(): Promise<void> {
    for (const line of this.#lines.values()) this.#keep(line.minute());
    return this.#write();
  }

  /** The last steps are written. Safe twice. */
  async close(): Promise<void> {
    if (this.#closed) return this.#writing;
    this.#closed = true;
    this.#timer.cancel();
    for (const line of [...this.#lines.values()]) this.#end(line, this.#options.clock.now(), 'server-stopped');
    await this.#write();
  }

  #opened({ lessonId, personId, participantId, connectionId, device, address, at }: FactOf<'connection-opened'>): void {
    const member = this.#members.get(participantId);
    const guestName = personId.startsWith('guest-') ? (member?.name ?? '') : null;
    const ref = { lessonId, personId, participantId, connectionId };
    const made = {
      id: this.#nextId,
      lessonId,
      personId,
      connectionId,
      guestName,
      device,
      network: address === '' ? '' : networkOf(address),
      openedAt: at,
    };
    const line = new OpenLine({ ref, role: member?.role ?? 'guest', made });
    this.#nextId += 1;
    this.#lines.set(connectionId, line);
    this.#changed.add(line);
  }

  #roleChanged({ lessonId, participantId, role }: FactOf<'role-changed'>): void {
    const member = this.#members.get(participantId);
    if (member !== undefined) this.#members.set(participantId, { ...member, role });
    for (const line of this.#lines.values()) {
      if (line.ref.lessonId !== lessonId || line.ref.participantId !== participantId) continue;
      line.role = role;
      this.#changed.add(line);
    }
  }

  #ended({ connectionId, reason, at }: FactOf<'connection-closed'>): void {
    const line = this.#lines.get(connectionId);
    if (line !== undefined) this.#end(line, at, endedBy[reason] ?? null);
  }

  #end(line: OpenLine, at: Instant, cause: LossCause | null): void {
    const { connectionId } = line.ref;
    this.#keep(line.close(at, cause, this.#options.standing(line.ref)));
    this.#lines.delete(connectionId);
    this.#reportedAt.delete(connectionId);
    this.#changed.add(line);
  }

  #ringAtStep(): Timer {
    const { clock } = this.#options;
    return clock.after(stepMs - (clock.now() % stepMs), () => {
      if (this.#closed) return;
      this.#tick();
      this.#timer = this.#ringAtStep();
    });
  }

  #tick(): void {
    const { clock, standing } = this.#options;
    // Timers ring a little late, or early.
    const at = Math.round(clock.now() / stepMs) * stepMs;
    for (const line of this.#lines.values()) this.#keep(line.tick(at, standing(line.ref)));
    if (this.#minutes.length > 0) void this.#write();
  }

  #keep(minute: QualityMinute | null): void {
    if (minute === null) return;
    this.#minutes.push(minute);
    if (this.#minutes.length <= mostWaiting) return;
    this.#lost += this.#minutes.length - mostWaiting;
    this.#minutes = this.#minutes.slice(-mostWaiting);
  }

  /** One after the other, a little at a time: the classes never wait for it. */
  #write(): Promise<void> {
    this.#writing = this.#writing.then(async () => {
      const lines = [...this.#changed];
      const minutes = this.#minutes;
      this.#changed.clear();
      this.#minutes = [];
      try {
        const rows = lines.map((line) => line.row);
        for (const piece of inPieces(rows, rowsPerBatch)) await this.#options.write({ lines: piece, minutes: [] });
        for (const piece of inPieces(minutes, rowsPerBatch)) {
          await this.#options.write({ lines: [], minutes: piece });
          await setImmediate();
        }
      } catch (error) {
        // Z3. Without the row of its line no later minute could be written.
        this.#lost += minutes.length;
        for (const line of lines) if (!line.isClosed || this.#changed.size < mostWaiting) this.#changed.add(line);
        this.#options.failed(error);
      }
    });
    return this.#writing;
  }
}

/** As the mark of the line is judged; of what a device publishes the worst jitter. */
function sampleOf(send: TransportStats | null, receive: TransportStats | null): Sample {
  const jitters = (send?.tracks ?? []).flatMap(({ jitterMs }) => jitterMs ?? []);
  return {
    lossDown: receive?.lossOut ?? 0,
    lossUp: send?.lossIn ?? 0,
    roundTripMs: receive?.roundTripMs ?? send?.roundTripMs ?? null,
    jitterMs: jitters.length === 0 ? null : Math.max(...jitters),
    downBps: receive?.bpsOut ?? 0,
    upBps: send?.bpsIn ?? 0,
    protocol: (receive?.path ?? send?.path)?.protocol ?? null,
    worker: receive?.worker ?? send?.worker ?? null,
  };
}
