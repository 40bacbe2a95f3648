// One live room with what its domain cannot have: timers, the latest chat, and the journal that makes its facts durable.
import type { ChatMessage } from '../contract/chat.ts';
import type { ConnectionId, Instant, ParticipantId } from '../contract/ids.ts';
import type { Fact } from '../facts.ts';
import type { Clock, Timer } from '../ports/clock.ts';
import { type Check, followCheck, nextCheckBell } from './checks.ts';
import type { DurableRoom } from './durable.ts';
import { Journal, type JournalOptions } from './journal.ts';
import type { Room } from './room.ts';

const chatKept = 200;

export interface LiveRoomOptions extends Omit<JournalOptions, 'failed'> {
  readonly room: Room;
  /** What the database holds; null for a room that never was. */
  readonly stored: DurableRoom | null;
  readonly chat: readonly ChatMessage[];
  readonly clock: Clock;
  readonly emptyAfterMs: number;
  /** The moment of a presence check has come. */
  checkRings(live: LiveRoom): void;
  /** A presence check has begun, gone on, ended, was planned or forgotten; it is durable. */
  checkChanged(room: Room, before: Check | null): void;
  doorCloses(live: LiveRoom): void;
  staysEmpty(live: LiveRoom): void;
  failed(live: LiveRoom, error: unknown): void;
}

export class LiveRoom {
  readonly room: Room;
  speakers: readonly ParticipantId[] = [];
  /** Resolves when the room is closed and nothing of it waits to be written. */
  readonly gone: Promise<void>;
  readonly #options: LiveRoomOptions;
  readonly #journal: Journal;
  readonly #graces = new Map<ConnectionId, Timer>();
  readonly #setGone: () => void;
  #chat: readonly ChatMessage[];
  #door: Timer | null = null;
  #empty: Timer | null = null;
  #bell: { readonly at: Instant; readonly timer: Timer } | null = null;
  #told: { readonly check: Check | null; readonly planned: DurableRoom['plannedCheck'] };
  #queue: Promise<unknown> = Promise.resolve();
  #isOpened = false;

  constructor(options: LiveRoomOptions) {
    this.#options = options;
    this.room = options.room;
    this.#chat = options.chat;
    this.#told = { check: null, planned: options.room.durable.plannedCheck };
    const { promise, resolve } = Promise.withResolvers<void>();
    this.gone = promise;
    this.#setGone = resolve;
    const publish = (facts: readonly Fact[]) => this.#publish(facts);
    this.#journal = new Journal(
      { append: options.append, save: options.save, publish, failed: (error) => options.failed(this, error) },
      options.stored,
    );
    this.armDoor();
    this.#armBell();
    this.#watchEmptiness();
  }

  get chat(): readonly ChatMessage[] {
    return this.#chat;
  }

  /** Someone was here since the room was loaded. */
  get isOpened(): boolean {
    return this.#isOpened;
  }

  /** Resolves when the facts are durable and published; an empty list waits for what came before. */
  commit(happened: readonly Fact[]): Promise<void> {
    const { clock } = this.#options;
    const facts = [...happened, ...followCheck(this.room, happened, clock.now())];
    this.#watchEmptiness();
    this.#armBell();
    if (this.#isOpened || facts.length === 0) return this.#journal.commit(facts, this.room.durable);
    this.#isOpened = true;
    const opened: Fact = { type: 'room-opened', lessonId: this.room.lessonId, at: clock.now() };
    return this.#journal.commit([opened, ...facts], this.room.durable);
  }

  /** For the few operations that wait in the middle: one after the other. */
  inTurn<T>(operation: () => Promise<T>): Promise<T> {
    const turn = this.#queue.then(operation);
    this.#queue = turn.catch(() => undefined);
    return turn;
  }

  armDoor(soonestMs = 0): void {
    this.#door?.cancel();
    const { clock, doorCloses } = this.#options;
    this.#door = clock.after(Math.max(soonestMs, this.room.plan.closesAt - clock.now()), () => doorCloses(this));
  }

  startGrace(connectionId: ConnectionId, graceMs: number, over: () => void): void {
    this.endGrace(connectionId);
    this.#graces.set(
      connectionId,
      this.#options.clock.after(graceMs, () => {
        this.#graces.delete(connectionId);
        over();
      }),
    );
  }

  endGrace(connectionId: ConnectionId): void {
    this.#graces.get(connectionId)?.cancel();
    this.#graces.delete(connectionId);
  }

  /** Safe twice. */
  stopTimers(): void {
    this.#door?.cancel();
    this.#empty?.cancel();
    this.#bell?.timer.cancel();
    for (const timer of this.#graces.values()) timer.cancel();
    this.#graces.clear();
  }

  setGone(): void {
    this.stopTimers();
    this.#setGone();
  }

  #publish(facts: readonly Fact[]): void {
    const posted = facts.filter((fact) => fact.type === 'message-posted').map((fact) => fact.message);
    // One that an earlier server kept and did not tell is among those that were found.
    const isNew = ({ id }: ChatMessage) => this.#chat.every((one) => one.id !== id);
    if (posted.length > 0) this.#chat = [...this.#chat, ...posted.filter(isNew)].slice(-chatKept);
    this.#options.publish(facts);
    this.#tellCheck();
  }

  #tellCheck(): void {
    const { check } = this.room;
    const planned = this.room.durable.plannedCheck;
    const before = this.#told;
    if (check === before.check && planned === before.planned) return;
    this.#told = { check, planned };
    this.#options.checkChanged(this.room, before.check);
  }

  #armBell(): void {
    const at = this.room.isOpen ? nextCheckBell(this.room) : null;
    if (at === (this.#bell?.at ?? null)) return;
    this.#bell?.timer.cancel();
    const { clock, checkRings } = this.#options;
    const ring = () => {
      this.#bell = null;
      checkRings(this);
    };
    this.#bell = at === null ? null : { at, timer: clock.after(Math.max(0, at - clock.now()), ring) };
  }

  #watchEmptiness(): void {
    const isEmpty = this.room.seats.size === 0 && this.room.waiting.size === 0;
    if (isEmpty === (this.#empty !== null)) return;
    this.#empty?.cancel();
    const { clock, emptyAfterMs, staysEmpty } = this.#options;
    this.#empty = isEmpty && this.room.isOpen ? clock.after(emptyAfterMs, () => staysEmpty(this)) : null;
  }
}
