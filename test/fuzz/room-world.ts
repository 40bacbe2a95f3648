// A room's domain under random hands: each step is one thing that a client or a timer could cause, sensible or not.
import type { ConnectionId, TrackId } from '../../server/contract/ids.ts';
import { TrackId as TrackIdShape } from '../../server/contract/ids.ts';
import { TrackSource } from '../../server/contract/media.ts';
import { LossCause } from '../../server/contract/reasons.ts';
import { Refused } from '../../server/contract/reply.ts';
import type { Target } from '../../server/contract/room.ts';
import { Capability, type RoomRules } from '../../server/contract/timetable.ts';
import type { Fact } from '../../server/facts.ts';
import { answerCheck, followCheck, foundCheck, ringCheck, startCheck, withdrawCheck } from '../../server/room/checks.ts';
import type { ConnectionRef } from '../../server/room/connection-ref.ts';
import { DurableRoom, firstState } from '../../server/room/durable.ts';
import { comeIn } from '../../server/room/entrance.ts';
import { lowerHands, raiseHand } from '../../server/room/hands.ts';
import { participantIdOf } from '../../server/room/identifiers.ts';
import { close, handOverLead, lock, remove } from '../../server/room/leading.ts';
import { admit, giveUp, turnAway } from '../../server/room/lobby.ts';
import { mute, permit } from '../../server/room/permissions.ts';
import { emptyRoom, type Room } from '../../server/room/room.ts';
import { drop, expire, leave, pageSeen, type SeenOfLine } from '../../server/room/seats.ts';
import { closeAllTracks, closeOwn, publish, setPaused } from '../../server/room/tracks.ts';
import type { RoomPlan } from '../../server/timetable/room-plan.ts';
import {
  assistantId,
  doorClosesAt,
  endsAt,
  lessonId,
  observerId,
  openRules,
  startsAt,
  strangerId,
  studentId,
  teacherId,
} from '../support/campus.ts';
import { Witness } from '../support/witness.ts';
import { CheckWitness } from './check-witness.ts';
import type { Random } from './random.ts';

const door = { openBeforeMinutes: 10, teacherOpenBeforeMinutes: 30, closeAfterMinutes: 15 };
const people = [teacherId, assistantId, observerId, strangerId, ...[1, 2, 3, 4].map(studentId)];

/** A device as its user knows it. */
interface Device {
  readonly ref: ConnectionRef;
  line: string;
  readonly resumeKey: string;
  readonly guest: boolean;
}

export class RoomWorld {
  readonly #random: Random;
  readonly #plan: RoomPlan;
  /** All that ever came in, also long gone ones: their requests must be refused, not believed. */
  readonly #devices: Device[] = [];
  readonly #tracks: TrackId[] = [];
  readonly #waitingLines: { readonly participantId: ConnectionRef['participantId']; readonly line: string }[] = [];
  #count = 0;
  at = startsAt;
  room: Room;
  witness = new Witness();
  readonly checks = new CheckWitness();
  refusals = 0;

  constructor(random: Random) {
    this.#random = random;
    const flag = () => random.chance(0.7);
    const students = { microphone: flag(), camera: flag(), screen: flag(), chat: flag() };
    const rules: RoomRules = {
      ...openRules,
      students,
      lobby: random.chance(0.2) ? 'everyone' : 'outsiders',
      guests: flag(),
      capacity: 3 + random.below(6),
    };
    this.#plan = {
      ...{
        lessonId,
        title: 'T',
        courseTitle: 'C',
        kind: 'seminar',
        startsAt,
        endsAt,
        closesAt: doorClosesAt,
        teacherId,
        rules,
        cancelled: false,
        endedAt: null,
      },
      assistantIds: new Set([assistantId]),
      rosterIds: new Set([1, 2, 3, 4].map(studentId)),
    };
    this.room = emptyRoom(this.#plan, firstState(this.#plan, startsAt));
  }

  step(): string {
    this.at += this.#random.below(2000);
    const name = this.#random.one(Object.keys(this.#steps)) ?? 'join';
    try {
      this.#hear(ringCheck(this.room, () => this.#newCheck(), this.at));
      const facts = this.#steps[name]?.() ?? [];
      this.#hear([...facts, ...followCheck(this.room, facts, this.at)]);
      return name;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.refusals += 1;
      return `${name} (${error.code})`;
    }
  }

  #hear(facts: readonly Fact[]): void {
    for (const fact of facts) {
      this.witness.hear(fact);
      this.checks.hear(fact);
    }
  }

  readonly #steps: Readonly<Record<string, () => Fact[]>> = {
    join: () => this.#join(),
    joinAgain: () => this.#join(),
    resume: () => this.#resume(),
    drop: () => this.#with((device) => drop(this.room, device.ref, device.line, this.#seen(), this.at, 60_000)),
    hide: () => this.#with(({ ref }) => pageSeen(this.room, ref, this.#random.chance(0.5), this.at)),
    expire: () => this.#with(({ ref }) => expire(this.room, ref, this.at)),
    leave: () => this.#with(({ ref, line }) => leave(this.room, ref, 'left', line, this.at)),
    publish: () => this.#with(({ ref }) => publish(this.room, ref, this.#newTrack(), this.at)),
    publishMore: () => this.#with(({ ref }) => publish(this.room, ref, this.#newTrack(), this.at)),
    pause: () => this.#withTrack((ref, track) => setPaused(this.room, ref, track, true, this.at)),
    resumeTrack: () => this.#withTrack((ref, track) => setPaused(this.room, ref, track, false, this.at)),
    unpublish: () => this.#withTrack((ref, track) => closeOwn(this.room, ref, track, 'unpublished', this.at)),
    raise: () => this.#with(({ ref }) => raiseHand(this.room, ref, this.#random.chance(0.7), this.at)),
    lower: () => this.#with(({ ref }) => lowerHands(this.room, ref, this.#target(), this.at)),
    mute: () => this.#with(({ ref }) => mute(this.room, ref, this.#target(), this.at)),
    permit: () =>
      this.#with(({ ref }) =>
        permit(
          this.room,
          ref,
          this.#target(),
          this.#random.one(Capability.options) ?? 'chat',
          this.#random.one([true, false, null]) ?? null,
          this.at,
        ),
      ),
    admit: () =>
      this.#with(({ ref }) =>
        admit(this.room, ref, this.#random.chance(0.3) ? { all: true } : { participantId: this.#someWaiting() }, this.at),
      ),
    turnAway: () => (this.#random.chance(0.3) ? this.#with(({ ref }) => turnAway(this.room, ref, this.#someWaiting(), this.at)) : []),
    giveUp: () => {
      const waiting = this.#random.one(this.#waitingLines);
      return waiting === undefined ? [] : giveUp(this.room, waiting.participantId, waiting.line, this.at);
    },
    remove: () => (this.#random.chance(0.2) ? this.#with(({ ref }) => remove(this.room, ref, this.#someone(), this.at)) : []),
    lock: () => this.#with(({ ref }) => lock(this.room, ref, this.#random.chance(0.3), this.at)),
    handOver: () => (this.#random.chance(0.2) ? this.#with(({ ref }) => handOverLead(this.room, ref, this.#someone(), this.at)) : []),
    check: () =>
      this.#with(({ ref }) => {
        const withinMinutes = this.#random.one([0, 0, 5]) ?? 0;
        return startCheck(this.room, ref, { withinMinutes, random: () => this.#random.share(), newId: () => this.#newCheck() }, this.at);
      }),
    answer: () =>
      this.#random.chance(0.4) ? this.#with(({ ref }) => answerCheck(this.room, ref, this.room.check?.id ?? 'none', this.at)) : [],
    withdraw: () => (this.#random.chance(0.1) ? this.#with(({ ref }) => withdrawCheck(this.room, ref, this.at)) : []),
    mediaFails: () => (this.#random.chance(0.1) ? closeAllTracks(this.room, 'media-failed', this.at) : []),
    restart: () => (this.#random.chance(0.1) ? this.#restart() : []),
  };

  #join(): Fact[] {
    const guest = this.#random.chance(0.2);
    const personId = this.#random.one(people) ?? teacherId;
    return this.#comeIn(personId, guest && personId.startsWith('student'), undefined);
  }

  #resume(): Fact[] {
    const device = this.#random.one(this.#devices);
    if (device === undefined) return [];
    const facts = this.#comeIn(device.ref.personId, device.guest, device.resumeKey);
    return facts;
  }

  #comeIn(personId: ConnectionRef['personId'], guest: boolean, resumeKey: string | undefined): Fact[] {
    this.#count += 1;
    const line = `line${this.#count}`;
    const claims = { personId, lessonId, name: personId, guest };
    const word = { offline: this.#random.chance(0.5), hiddenMs: this.#random.below(1000), slept: false };
    const join = { protocol: 1, device: 'd', consent: true, ...(resumeKey !== undefined && { resumeKey, word }) };
    const role = personId === observerId ? 'observer' : 'none';
    const entered = comeIn(this.room, claims, join, role, { line, address: `10.0.${this.#random.below(3)}.1` }, door, this.at);
    const participantId = participantIdOf(lessonId, personId);
    if (entered.state === 'waiting') this.#waitingLines.push({ participantId, line });
    else this.#took({ lessonId, personId, participantId, connectionId: entered.connectionId }, line, entered.resumeKey, guest);
    return entered.facts;
  }

  #took(ref: ConnectionRef, line: string, resumeKey: string, guest: boolean): void {
    const known = this.#devices.find((device) => device.ref.connectionId === ref.connectionId);
    if (known === undefined) this.#devices.push({ ref, line, resumeKey, guest });
    else known.line = line;
  }

  /** Hands, locks and bans are read back from what was stored; all else is gone. */
  #restart(): Fact[] {
    const how = this.#random.chance(0.5) ? 'stop' : 'kill';
    const facts = how === 'stop' ? close(this.room, { reason: 'server-stopped', by: null }, this.at) : [];
    if (how === 'kill') {
      this.witness = new Witness();
      this.checks.cut();
    }
    const stored = DurableRoom.parse(JSON.parse(JSON.stringify(this.room.durable)));
    this.room = emptyRoom(this.#plan, foundCheck(stored, this.at));
    return facts;
  }

  #with(act: (device: Device) => Fact[]): Fact[] {
    const device = this.#random.chance(0.5) ? this.#devices.at(-1 - this.#random.below(4)) : this.#random.one(this.#devices);
    return device === undefined ? [] : act(device);
  }

  #withTrack(act: (ref: ConnectionRef, track: TrackId) => Fact[]): Fact[] {
    const owned = [...this.room.seats.values()].flatMap((seat) => [...seat.tracks.values()].map((track) => ({ seat, track })));
    const found = this.#random.chance(0.8) ? this.#random.one(owned) : undefined;
    if (found === undefined) return this.#with(({ ref }) => act(ref, this.#random.one(this.#tracks) ?? TrackIdShape.parse('none')));
    const { personId, participantId } = found.seat;
    return act({ lessonId, personId, participantId, connectionId: found.track.connectionId }, found.track.id);
  }

  #seen(): SeenOfLine {
    return { cause: this.#random.one(LossCause.options) ?? 'line-broken', ice: 'connected', lossPercent: null, roundTripMs: null };
  }

  #newTrack() {
    this.#count += 1;
    const trackId = TrackIdShape.parse(`track${this.#count}`);
    this.#tracks.push(trackId);
    return { trackId, source: this.#random.one(TrackSource.options) ?? ('microphone' as const), paused: this.#random.chance(0.3) };
  }

  #newCheck(): string {
    this.#count += 1;
    return `presence-${this.#count}`;
  }

  #someone() {
    return participantIdOf(lessonId, this.#random.one(people) ?? teacherId);
  }

  #someWaiting() {
    return this.#random.one([...this.room.waiting.keys()]) ?? this.#someone();
  }

  #target(): Target {
    return this.#random.chance(0.4) ? { all: true } : { participantId: this.#someone() };
  }

  get connectionIds(): ConnectionId[] {
    return [...this.room.seats.values()].flatMap((seat) => [...seat.connections.keys()]);
  }
}
