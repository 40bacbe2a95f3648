// The one gate of recordings: every request about one passes here, and is judged by the rights of this moment.
import type { Request } from 'express';
import { type Actor, actorOf } from '../../audit/actor.ts';
import type { Person } from '../../contract/identity.ts';
import { type LessonId, RecordingId } from '../../contract/ids.ts';
import type { RecordingPage } from '../../contract/recording-page.ts';
import { Refused } from '../../contract/reply.ts';
import type { RoleInLesson } from '../../contract/timetable.ts';
import { callerOf, requirePerson } from '../../edge/http-caller.ts';
import type { Clock } from '../../ports/clock.ts';
import type { StoredRecording } from '../recording.store.ts';
import type { AccessStore, Found } from './access.store.ts';
import {
  byLink,
  type Moment,
  type RecordedLesson,
  type Right,
  refusalOf,
  type Standing,
  standingOf,
  unknownRecording,
  whyNot,
} from './rights.ts';

export type { RecordedLesson, Right } from './rights.ts';

export type Viewer =
  | { readonly kind: 'person'; readonly person: Person; readonly actor: Actor }
  | { readonly kind: 'link'; readonly linkId: string };

export interface Allowed {
  readonly recording: StoredRecording;
  readonly lesson: RecordedLesson;
  readonly viewer: Viewer;
  /** In the lesson; `none` for who came by a link. */
  readonly role: RoleInLesson;
  readonly may: RecordingPage['may'];
}

/** Of somebody who is signed in, as most routes need it. */
export type AllowedPerson = Allowed & { readonly viewer: Extract<Viewer, { kind: 'person' }> };

export interface AccessOptions {
  readonly store: AccessStore;
  readonly clock: Pick<Clock, 'now'>;
  /** Of the room that is open now, whether its students may look back; null: no room is open. */
  readonly rewind: (lessonId: LessonId) => boolean | null;
  /** The link by which this request may see this recording; null: none that works now. */
  readonly linkOf: (request: Request, recordingId: RecordingId) => Promise<string | null>;
}

export class RecordingAccess {
  readonly #options: AccessOptions;

  constructor(options: AccessOptions) {
    this.#options = options;
  }

  /**
   * Throws `Refused`: `not-signed-in`, `second-factor-needed`; `not-found` for what must not be known to exist;
   * `not-allowed`, with `details.why` for those who could else (see `WhyNot`).
   */
  async allow(request: Request, recordingId: string, right: Right): Promise<Allowed> {
    const { person, peer } = callerOf(request);
    const id = RecordingId.safeParse(recordingId).data;
    const linkId = id === undefined ? null : await this.#options.linkOf(request, id);
    if (person === null && linkId === null) requirePerson(request);
    if (id === undefined) throw unknownRecording();
    if (person === null) return this.again({ kind: 'link', linkId: linkId ?? '' }, id, right);
    const viewer: Viewer = { kind: 'person', person, actor: actorOf(person, peer.address) };
    try {
      return await this.again(viewer, id, right);
    } catch (error) {
      // Who is signed in and was given a link besides may what the link allows.
      if (linkId === null || !(error instanceof Refused)) throw error;
      return this.again({ kind: 'link', linkId }, id, right);
    }
  }

  /** The same for somebody who is signed in: a link opens nothing here. */
  async allowPerson(request: Request, recordingId: string, right: Right): Promise<AllowedPerson> {
    const person = requirePerson(request);
    const id = RecordingId.safeParse(recordingId).data;
    if (id === undefined) throw unknownRecording();
    const viewer = { kind: 'person', person, actor: actorOf(person, callerOf(request).peer.address) } as const;
    return { ...(await this.again(viewer, id, right)), viewer };
  }

  /** For a viewer who is known already. Whether the link still works is the caller's question. */
  async again(viewer: Viewer, id: RecordingId, right: Right): Promise<Allowed> {
    const found = await this.#options.store.find(id, viewer.kind === 'person' ? viewer.person.id : null);
    if (found === undefined) throw unknownRecording();
    const who = viewer.kind === 'link' ? byLink : standingOf(found.lesson, viewer.person, found.ties);
    const moment = this.#moment(found);
    const no = whyNot(right, found.recording, found.lesson, who, moment);
    if (no !== null) throw refusalOf(no);
    const can = (wanted: Right) => whyNot(wanted, found.recording, found.lesson, who, moment) === null;
    return {
      recording: found.recording,
      lesson: found.lesson,
      viewer,
      role: who === byLink ? 'none' : who.role,
      may: { edit: can('edit'), caption: can('caption'), download: can('download'), seeViews: can('see-views'), note: can('note') },
    };
  }

  /** Those of the lessons that the person may watch now, newest first. */
  async watchable(person: Pick<Person, 'id' | 'roles' | 'roleFaculties'>, lessonIds: readonly string[]): Promise<StoredRecording[]> {
    const found = await this.#options.store.ofLessons(lessonIds, person.id);
    return found.filter((one) => this.#isListed(one, standingOf(one.lesson, person, one.ties))).map(({ recording }) => recording);
  }

  /** By lesson, how many of its recordings the person may watch now. */
  async counts(person: Pick<Person, 'id' | 'roles' | 'roleFaculties'>, lessonIds: readonly string[]): Promise<Map<string, number>> {
    const counts = new Map<string, number>();
    for (const { lessonId } of await this.watchable(person, lessonIds)) counts.set(lessonId, (counts.get(lessonId) ?? 0) + 1);
    return counts;
  }

  /** What is in the trash is on no list but that of the trash. */
  #isListed(found: Found, who: Standing): boolean {
    const { recording, lesson } = found;
    return recording.trashedAt === null && whyNot('watch', recording, lesson, who, this.#moment(found)) === null;
  }

  #moment({ lesson }: Found): Moment {
    const { clock, rewind } = this.#options;
    return { now: clock.now(), rewind: rewind(lesson.id) };
  }
}
