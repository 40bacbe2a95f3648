// The rooms in memory: loaded when the first person comes, closed by the door, a teacher, emptiness or the server's end.

import type { ChatStore } from '../chat/chat.store.ts';
import type { Instant, LessonId, PersonId } from '../contract/ids.ts';
import type { RoomCloseReason } from '../contract/reasons.ts';
import { Refused } from '../contract/reply.ts';
import type { ObserversTold } from '../contract/situation.ts';
import type { RoleInLesson } from '../contract/timetable.ts';
import type { Fact, FactBus } from '../facts.ts';
import type { Log } from '../log.ts';
import type { Clock } from '../ports/clock.ts';
import type { RoomPlan } from '../timetable/room-plan.ts';
import { type Check, foundCheck, ringCheck } from './checks.ts';
import { firstState, foundState } from './durable.ts';
import { type GivenUpOptions, GivenUpRooms } from './given-up.service.ts';
import { newCheckId } from './identifiers.ts';
import { close } from './leading.ts';
import { LiveRoom } from './live-room.ts';
import { Losses } from './lost-beside.ts';
import type { RoomStore } from './room.store.ts';
import { type Closing, emptyRoom, type Room } from './room.ts';

/** What rooms ask of the timetable. */
export interface Plans {
  plan(lessonId: LessonId): Promise<RoomPlan | null>;
  roleOf(lessonId: LessonId, personId: PersonId): Promise<RoleInLesson>;
  /** What has become of the account, and of the sign-in with this hash of its token, since the room token was made. */
  accessOf(personId: PersonId, session: string | undefined): Promise<'open' | 'disabled' | 'signed-out'>;
  end(lessonId: LessonId, at: Instant): Promise<void>;
  /** Returns when the door closes now. Throws `Refused` when the end is too late. */
  extend(lessonId: LessonId, endsAt: Instant): Promise<Instant>;
}

export interface LiveRoomsOptions {
  readonly plans: Plans;
  readonly trace: { append(facts: readonly Fact[]): Promise<void> } & GivenUpOptions['trace'];
  readonly rooms: RoomStore;
  readonly chats: ChatStore;
  readonly bus: FactBus;
  readonly clock: Clock;
  readonly log: Log;
  /** Nothing can be written down anywhere: what people ask for is refused, what happens to them waits (H22). */
  readonly isStuck?: () => boolean;
  /** After the last person went; default 5 minutes. */
  readonly emptyAfterMs?: number;
  /** Who in a class knows that somebody observes it; missing: everyone. */
  readonly observersTold?: ObserversTold;
  /** To be told to clients: it is durable, and no fact tells of all of it. */
  readonly checkChanged: (room: Room, before: Check | null) => void;
}

const chatShown = 200;
const doorAgainMs = 5000;
/** After these nobody finds the room again. */
const final: readonly RoomCloseReason[] = ['ended-by-teacher', 'ended-from-outside', 'door-closed'];

export class LiveRooms {
  readonly #options: LiveRoomsOptions;
  readonly #loading = new Map<LessonId, Promise<LiveRoom>>();
  readonly #live = new Map<LessonId, LiveRoom>();
  readonly #givenUp: GivenUpRooms;
  readonly #losses = new Losses();
  #isStopping = false;

  constructor(options: LiveRoomsOptions) {
    this.#options = options;
    this.#givenUp = new GivenUpRooms(options);
  }

  find(lessonId: LessonId): LiveRoom | undefined {
    return this.#live.get(lessonId);
  }

  all(): readonly LiveRoom[] {
    return [...this.#live.values()];
  }

  /** An open room. Throws `not-found` when there is no such lesson, `lesson-over` and `lesson-cancelled` when it has no room any more. */
  async enter(lessonId: LessonId): Promise<LiveRoom> {
    for (;;) {
      if (this.#isStopping) throw new Refused('server-stopping', 'the server is about to stop');
      const live = await this.#load(lessonId);
      if (live.room.isOpen) return live;
      await live.gone;
    }
  }

  /** R14, M9, M10: shows everyone out; the row stays open when the room may be found again. Safe twice. */
  async close(live: LiveRoom, closing: Closing): Promise<void> {
    const { clock, rooms, log } = this.#options;
    const { reason } = closing;
    const { lessonId } = live.room;
    if (!live.room.isOpen) return live.gone;
    const at = clock.now();
    const facts = close(live.room, closing, at);
    live.stopTimers();
    try {
      if (live.isOpened) await live.commit(facts);
      if (final.includes(reason)) await rooms.close(lessonId, at, reason);
      log.info({ lessonId, reason }, 'A room was closed');
    } finally {
      this.#forget(live);
    }
  }

  async closeAll(): Promise<void> {
    this.#isStopping = true;
    await Promise.allSettled(this.#loading.values());
    await Promise.allSettled(this.all().map((live) => this.close(live, { reason: 'server-stopped', by: null })));
    await this.#givenUp.close();
  }

  #load(lessonId: LessonId): Promise<LiveRoom> {
    const before = this.#loading.get(lessonId);
    if (before !== undefined) return before;
    const loading = this.#open(lessonId);
    this.#loading.set(lessonId, loading);
    loading.catch(() => this.#loading.delete(lessonId));
    return loading;
  }

  async #open(lessonId: LessonId): Promise<LiveRoom> {
    const { plans, rooms, chats, trace, bus, clock, log, checkChanged, emptyAfterMs = 300_000 } = this.#options;
    await this.#givenUp.settle(lessonId);
    const [plan, stored, chat] = await Promise.all([plans.plan(lessonId), rooms.load(lessonId), chats.latest(lessonId, chatShown)]);
    if (plan === null) throw new Refused('not-found', 'no such lesson');
    // J1, J2 before there is a room: one whose door has closed already would close at once, while who asked for it waits for the database.
    if (plan.cancelled) throw new Refused('lesson-cancelled', 'the lesson was cancelled');
    if (plan.endedAt !== null || plan.closesAt <= clock.now()) throw new Refused('lesson-over', 'the lesson is over');
    const now = clock.now();
    const state = stored === null ? firstState(plan, now) : foundCheck(foundState(plan, stored), now);
    const live = new LiveRoom({
      room: emptyRoom(plan, state, this.#losses, this.#options.observersTold),
      stored,
      chat,
      clock,
      emptyAfterMs,
      append: (facts) => trace.append(facts),
      save: (state) => rooms.save(lessonId, state),
      publish: (facts) => bus.publish(facts),
      checkRings: (room) =>
        this.#unattended(room, 'A presence check could not go on', room.commit(ringCheck(room.room, newCheckId, clock.now()))),
      checkChanged: (room, before) => checkChanged(room, before),
      doorCloses: (room) => this.#ring(room),
      staysEmpty: (room) => this.#unattended(room, 'An empty room could not be closed', this.close(room, { reason: 'empty', by: null })),
      failed: (room, error) => this.#abandon(room, error),
    });
    this.#live.set(lessonId, live);
    log.info({ lessonId, found: stored !== null }, 'A room was loaded');
    return live;
  }

  /** The timetable has the last word: the lesson may have been extended, cancelled or ended elsewhere. */
  doorRings(live: LiveRoom): Promise<void> {
    return live.inTurn(async () => {
      const plan = await this.#options.plans.plan(live.room.lessonId);
      if (plan !== null) live.room.plan = plan;
      const { cancelled, endedAt, opensAt = 0, closesAt } = live.room.plan;
      if (!live.room.isOpen) return;
      if (cancelled || endedAt !== null) return this.close(live, { reason: 'ended-by-teacher', by: null });
      const now = this.#options.clock.now();
      // C12: moved away from under those who were early; the room opens again with the door.
      if (closesAt <= now || opensAt > now) return this.close(live, { reason: 'door-closed', by: null });
      live.armDoor();
    });
  }

  /** The timetable cannot be asked while the database is away: the class stays as it is until then. */
  #ring(live: LiveRoom): void {
    this.doorRings(live).catch((error: unknown) => {
      this.#options.log.error({ error, lessonId: live.room.lessonId }, 'The door could not close a room, and tries again');
      if (live.room.isOpen) live.armDoor(doorAgainMs);
    });
  }

  /** Nobody waits for what a timer does: a failure is told here. */
  #unattended(live: LiveRoom, what: string, done: Promise<void>): void {
    done.catch((error: unknown) => this.#options.log.error({ error, lessonId: live.room.lessonId }, what));
  }

  /** Better a room that everyone enters anew than one that says what is not written: listeners and clients are told; the trace learns it when it can be written again. */
  #abandon(live: LiveRoom, error: unknown): void {
    const { bus, clock, log } = this.#options;
    log.error({ error, lessonId: live.room.lessonId }, 'A room could not be written and was given up; its people come in again');
    const { lessonId } = live.room;
    const at = clock.now();
    const facts = close(live.room, { reason: 'server-stopped', by: null }, at);
    this.#givenUp.add(lessonId, at);
    bus.publish(facts.length > 0 ? facts : [{ type: 'room-closed', lessonId, at, reason: 'server-stopped', by: null }]);
    this.#forget(live);
  }

  #forget(live: LiveRoom): void {
    if (this.#live.get(live.room.lessonId) === live) {
      this.#live.delete(live.room.lessonId);
      this.#loading.delete(live.room.lessonId);
    }
    live.setGone();
  }
}
