// The way in: checks the door and hands out tokens for the room, to people with an account and to guests with a link.

import { randomBytes } from 'node:crypto';
import type { z } from 'zod';
import type { Actor } from '../audit/actor.ts';
import type { Audit } from '../audit/audit.service.ts';
import type { GuestEntered, GuestInvitation, Person } from '../contract/identity.ts';
import { type Instant, LessonId, PersonId } from '../contract/ids.ts';
import type { RtpCapabilities } from '../contract/media.ts';
import { type RefusalCode, Refused } from '../contract/reply.ts';
import type { LessonEntered } from '../contract/timetable.ts';
import type { Claims } from '../edge/session.ts';
import { hashOfToken } from '../identity/token-hash.ts';
import type { Clock } from '../ports/clock.ts';
import { askDoor, type DoorRule, doorTimes, endOf, latestEnd } from './door.ts';
import type { LessonRecord } from './lesson.ts';
import { refuseUnlessOpen, type TimetableService } from './timetable.service.ts';
import type { TimetableStore } from './timetable.store.ts';

/** Who knocks: a person who is signed in, or a guest with a token from an earlier entry. */
export interface Knocking {
  readonly person: Person | null;
  readonly token: string | null;
  readonly address: string;
}

/** Told when somebody with an account is refused; for those who look into troubles. */
export type NotGiven = (refusal: {
  readonly lessonId: LessonId;
  readonly personId: PersonId;
  readonly address: string;
  readonly code: RefusalCode;
}) => void;

interface Tokens {
  roomToken(claims: Claims): string;
  guestToken(claims: Claims, expiresAt: Instant): string;
  /** Throws `Refused`. */
  verifyGuest(token: string): Claims;
}

export class EntranceService {
  readonly #timetable: TimetableService;
  readonly #store: TimetableStore;
  readonly #tokens: Tokens;
  readonly #capabilities: () => RtpCapabilities;
  readonly #clock: Clock;
  readonly #door: DoorRule;
  readonly #audit: Audit;
  readonly #refused: NotGiven;

  constructor(options: {
    readonly timetable: TimetableService;
    readonly store: TimetableStore;
    readonly tokens: Tokens;
    /** What every room offers. */
    readonly capabilities: () => RtpCapabilities;
    readonly clock: Clock;
    readonly door: DoorRule;
    readonly audit: Audit;
    readonly refused: NotGiven;
  }) {
    this.#timetable = options.timetable;
    this.#store = options.store;
    this.#tokens = options.tokens;
    this.#capabilities = options.capabilities;
    this.#clock = options.clock;
    this.#door = options.door;
    this.#audit = options.audit;
    this.#refused = options.refused;
  }

  /** People who are not expected get a token too: the room lets them wait in the lobby. */
  async enter(id: LessonId, { person, token, address }: Knocking): Promise<z.input<typeof LessonEntered>> {
    if (person === null) return this.#enterAgain(id, token);
    try {
      return await this.#enterWithAccount(id, person, token);
    } catch (error) {
      if (error instanceof Refused) this.#refused({ lessonId: id, personId: person.id, address, code: error.code });
      throw error;
    }
  }

  async #enterWithAccount(id: LessonId, person: Person, token: string | null): Promise<z.input<typeof LessonEntered>> {
    const lesson = await this.#timetable.record(id);
    const now = this.#clock.now();
    // A role is looked up only where it matters: it opens the door earlier to some, and never later.
    if (!askDoor(lesson, 'none', this.#door, now).open)
      refuseUnlessOpen(lesson, await this.#timetable.roleIn(lesson, person), this.#door, now);
    const session = token === null ? undefined : hashOfToken(token);
    const claims = { personId: person.id, lessonId: id, name: person.displayName, guest: false, session };
    return this.#entered(claims);
  }

  async #enterAgain(id: LessonId, token: string | null): Promise<z.input<typeof LessonEntered>> {
    // A stranger is told the same whether there is such a lesson or not.
    if (token === null) throw new Refused('not-signed-in', 'Sign in first');
    const claims = this.#tokens.verifyGuest(token);
    if (claims.lessonId !== id) throw new Refused('not-found', 'There is no such lesson');
    const lesson = await this.#timetable.record(id);
    this.#refuseGuests(lesson);
    return this.#entered(claims);
  }

  #entered(claims: Claims): z.input<typeof LessonEntered> {
    return { roomToken: this.#tokens.roomToken(claims), url: urlOf(claims.lessonId), rtpCapabilities: this.#capabilities() };
  }

  async invitation(link: string): Promise<z.input<typeof GuestInvitation>> {
    const lesson = await this.#invited(link);
    const { id, title, courseTitle, startsAt, rules } = lesson;
    return { lessonId: id, title, courseTitle, startsAt, endsAt: endOf(lesson), recording: rules.recording };
  }

  async enterAsGuest(link: string, name: string): Promise<z.input<typeof GuestEntered>> {
    const lesson = await this.#invited(link);
    this.#refuseGuests(lesson);
    const lessonId = LessonId.parse(lesson.id);
    const claims = { personId: PersonId.parse(`guest-${randomBytes(12).toString('base64url')}`), lessonId, name, guest: true };
    // Good for the longest extension; each entry asks the door again.
    const { closesAt } = doorTimes({ ...lesson, extendedTo: latestEnd(lesson) }, 'none', this.#door);
    return {
      roomToken: this.#tokens.roomToken(claims),
      guestToken: this.#tokens.guestToken(claims, closesAt),
      lessonId,
      url: urlOf(lessonId),
    };
  }

  /** Null when there is none. */
  async guestLink(person: Person, id: LessonId): Promise<string | null> {
    await this.#timetable.managed(person, id);
    return this.#store.guestLink(id);
  }

  async makeGuestLink(actor: Actor, id: LessonId): Promise<string> {
    const lesson = await this.#timetable.managed(actor, id);
    if (!lesson.rules.guests) throw new Refused('guests-not-allowed', 'This lesson is not open to guests');
    if (lesson.cancelled) throw new Refused('lesson-cancelled', 'The lesson was cancelled');
    if (this.#clock.now() >= doorTimes(lesson, 'none', this.#door).closesAt) throw new Refused('lesson-over', 'The lesson is over');
    const link = randomBytes(16).toString('base64url');
    await this.#store.setGuestLink(id, { link, hash: hashOfToken(link) });
    await this.#audit.record(actor, { act: 'lesson.guest-link-made', subject: subjectOf(lesson) });
    return link;
  }

  /** Guests who are inside stay. */
  async revokeGuestLink(actor: Actor, id: LessonId): Promise<void> {
    const lesson = await this.#timetable.managed(actor, id);
    await this.#store.setGuestLink(id, null);
    await this.#audit.record(actor, { act: 'lesson.guest-link-revoked', subject: subjectOf(lesson) });
  }

  async #invited(link: string): Promise<LessonRecord> {
    const lesson = await this.#store.findByGuestLink(hashOfToken(link));
    if (lesson === null) throw new Refused('link-invalid', 'This link does not work, or not any more');
    return lesson;
  }

  #refuseGuests(lesson: LessonRecord): void {
    if (!lesson.rules.guests) throw new Refused('guests-not-allowed', 'This lesson is not open to guests');
    refuseUnlessOpen(lesson, 'none', this.#door, this.#clock.now());
  }
}

function subjectOf({ id, title }: LessonRecord) {
  return { kind: 'lesson', id, name: title };
}

function urlOf(id: LessonId): string {
  return `/lessons/${id}`;
}
