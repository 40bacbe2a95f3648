// When a class ends: by a teacher, later than planned, or as the timetable was changed elsewhere. Rules M9 to M11.
import type { Instant, PersonId } from '../contract/ids.ts';
import { Refused } from '../contract/reply.ts';
import type { RoleInLesson } from '../contract/timetable.ts';
import type { Clock } from '../ports/clock.ts';
import type { ConnectionRef } from './connection-ref.ts';
import type { LiveRoom } from './live-room.ts';
import type { LiveRooms, Plans } from './live-rooms.ts';
import { followPlan, noLongerExpected } from './new-plan.ts';
import { actorOf, type Closing } from './room.ts';

const minuteMs = 60_000;

export class RoomTimes {
  readonly #plans: Plans;
  readonly #clock: Clock;
  readonly #rooms: LiveRooms;

  constructor({ plans, clock }: { readonly plans: Plans; readonly clock: Clock }, rooms: LiveRooms) {
    this.#plans = plans;
    this.#clock = clock;
    this.#rooms = rooms;
  }

  /** M11: from the end that holds now; answers when the door closes. */
  extend(live: LiveRoom, ref: ConnectionRef, minutes: number): Promise<Instant> {
    const by = actorOf(live.room, ref, 'extend').personId;
    return live.inTurn(async () => {
      await this.#plans.extend(ref.lessonId, live.room.plan.endsAt + minutes * minuteMs);
      await this.#takePlan(live, by);
      return live.room.plan.closesAt;
    });
  }

  /** M9: the timetable knows first, so that nobody comes in again by the door. */
  endClass(live: LiveRoom, ref: ConnectionRef): Promise<void> {
    return this.#end(live, { reason: 'ended-by-teacher', by: actorOf(live.room, ref, 'end-class').personId });
  }

  /** M16: by somebody who need not be in the room. Throws `Refused('not-found')` when it is not open any more. */
  async endFromOutside(live: LiveRoom, by: PersonId, note: string): Promise<void> {
    if (!live.room.isOpen) throw new Refused('not-found', 'the room is not open any more');
    await this.#end(live, { reason: 'ended-from-outside', by, note });
  }

  #end(live: LiveRoom, closing: Closing): Promise<void> {
    return live.inTurn(async () => {
      if (!live.room.isOpen) return;
      await this.#plans.end(live.room.lessonId, this.#clock.now());
      await this.#rooms.close(live, closing);
    });
  }

  async planChanged(live: LiveRoom, by: PersonId): Promise<void> {
    await live.inTurn(() => this.#takePlan(live, by));
    await this.#rooms.doorRings(live);
  }

  async #takePlan(live: LiveRoom, by: PersonId): Promise<void> {
    const { lessonId, plan: before } = live.room;
    const plan = await this.#plans.plan(lessonId);
    if (plan === null || !live.room.isOpen) return;
    const others = new Map<PersonId, RoleInLesson>();
    for (const personId of noLongerExpected(live.room, plan)) others.set(personId, await this.#plans.roleOf(lessonId, personId));
    if (!live.room.isOpen) return;
    const at = this.#clock.now();
    const facts = followPlan(live.room, plan, others, by, at);
    if (plan.closesAt !== before.closesAt) {
      live.armDoor();
      facts.push({ type: 'room-extended', lessonId, at, closesAt: plan.closesAt, by });
    }
    if (live.isOpened && facts.length > 0) await live.commit(facts);
  }
}
