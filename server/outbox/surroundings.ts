// Gathers what is needed to tell some events, with a few questions for all of them together.
import { LessonId } from '../contract/ids.ts';
import { verdictsToTell } from './judged.ts';
import type { OutboxStore } from './outbox.store.ts';
import type { OutboxEvent } from './outbox.ts';
import type { SurroundingsStore, ToldLesson } from './surroundings.store.ts';
import { changesOfTracks, isOfTrack } from './tracks.ts';

/** What a register says of a student. */
export interface ToldVerdict {
  readonly personId: string;
  readonly verdict: string;
  readonly minutes: number;
  readonly share: number;
}

export interface Session {
  /** Of the opening, in the trace. */
  readonly entrySeq: number;
  readonly openedAt: number;
}

export interface Surroundings {
  readonly lessons: ReadonlyMap<string, ToldLesson>;
  /** Empty unless names are told. */
  readonly names: ReadonlyMap<string, string>;
  /** By number: what the room was opened by, when the event happened in it. */
  readonly sessions: ReadonlyMap<number, Session>;
  /** By number: whether a device began or ceased to send; missing where nothing changed. */
  readonly tracks: ReadonlyMap<number, 'started' | 'stopped'>;
  /** By number: what a register says, where it is to be told. */
  readonly verdicts: ReadonlyMap<number, readonly ToldVerdict[]>;
}

interface Sources {
  readonly store: OutboxStore;
  readonly surroundings: SurroundingsStore;
  readonly names: boolean;
  readonly verdicts: VerdictsOf;
}

/** As the register of a lesson says now, its corrections included. */
export type VerdictsOf = (lessonId: LessonId) => Promise<readonly ToldVerdict[]>;

const OF_REGISTER = ['register-signed', 'register-reopened', 'register-corrected'] as const;
const OF_TRACK = ['track-published', 'track-paused', 'track-resumed', 'track-closed'] as const;

export async function surroundingsOf(
  events: readonly OutboxEvent[],
  { store, surroundings, names, verdicts }: Sources,
): Promise<Surroundings> {
  const last = events.at(-1)?.seq ?? 0;
  const lessonIds = [...new Set(events.map((event) => event.lessonId))];
  const rooms = lessonIds.map((lessonId) => ({ lessonId, personId: null }));
  const openings = await store.before(rooms, ['room-opened'], last);
  const signings = events.some((event) => event.kind === 'register-corrected') ? await store.before(rooms, OF_REGISTER, last) : [];
  const ofTracks = events.filter(isOfTrack);
  const owners = new Map(ofTracks.map(({ lessonId, personId }) => [`${lessonId} ${personId}`, { lessonId, personId }]));
  const tracks = owners.size === 0 ? [] : await store.before([...owners.values()], OF_TRACK, last);
  const told = new Map<number, readonly ToldVerdict[]>();
  for (const event of events)
    if (verdictsToTell(event, signings)) {
      const all = await verdicts(LessonId.parse(event.lessonId));
      told.set(event.seq, event.kind === 'register-corrected' ? all.filter((one) => one.personId === event.personId) : all);
    }
  const lessons = await surroundings.lessons(lessonIds);
  const people = [
    ...events.flatMap((event) => [event.personId, typeof event.detail.by === 'string' ? event.detail.by : null]),
    ...[...lessons.values()].map((lesson) => lesson.teacherId),
    ...[...told.values()].flat().map((one) => one.personId),
  ].filter((id) => id !== null);
  return {
    lessons,
    names: names ? await surroundings.names(people) : new Map(),
    sessions: sessionsOf(events, openings),
    tracks: changesOfTracks(tracks),
    verdicts: told,
  };
}

function sessionsOf(events: readonly OutboxEvent[], openings: readonly OutboxEvent[]): ReadonlyMap<number, Session> {
  const byLesson = Map.groupBy(openings, (opening) => opening.lessonId);
  const found = new Map<number, Session>();
  for (const { seq, lessonId } of events) {
    const opening = byLesson.get(lessonId)?.findLast((one) => one.seq <= seq);
    if (opening) found.set(seq, { entrySeq: opening.entrySeq, openedAt: opening.at });
  }
  return found;
}
