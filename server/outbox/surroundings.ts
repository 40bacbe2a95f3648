// Gathers what is needed to tell some events, with a few questions for all of them together.
import type { Instant } from '../contract/ids.ts';
import { verdictsToTell } from './judged.ts';
import type { OutboxStore } from './outbox.store.ts';
import type { OutboxEvent } from './outbox.ts';
import type { SurroundingsStore, ToldLesson, ToldVerdict } from './surroundings.store.ts';
import { changesOfTracks, isOfTrack } from './tracks.ts';

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
  /** Numbers of signatures and corrections whose register is being written still: they are told a little later. */
  readonly notYet: ReadonlySet<number>;
}

interface Sources {
  readonly store: OutboxStore;
  readonly surroundings: SurroundingsStore;
  readonly names: boolean;
  readonly now: Instant;
}

/** How long a register that should be written is waited for. */
const PATIENCE_MS = 15 * 60_000;
const OF_REGISTER = ['register-signed', 'register-reopened', 'register-corrected'] as const;
const OF_TRACK = ['track-published', 'track-paused', 'track-resumed', 'track-closed'] as const;

export async function surroundingsOf(events: readonly OutboxEvent[], { store, surroundings, names, now }: Sources): Promise<Surroundings> {
  const last = events.at(-1)?.seq ?? 0;
  const lessonIds = [...new Set(events.map((event) => event.lessonId))];
  const rooms = lessonIds.map((lessonId) => ({ lessonId, personId: null }));
  const openings = await store.before(rooms, ['room-opened'], last);
  const signings = events.some((event) => event.kind === 'register-corrected') ? await store.before(rooms, OF_REGISTER, last) : [];
  const ofTracks = events.filter(isOfTrack);
  const owners = new Map(ofTracks.map(({ lessonId, personId }) => [`${lessonId} ${personId}`, { lessonId, personId }]));
  const tracks = owners.size === 0 ? [] : await store.before([...owners.values()], OF_TRACK, last);
  const judged = events.filter((event) => verdictsToTell(event, signings));
  const registers = await surroundings.registers(judged.map((event) => event.lessonId));
  const told = new Map<number, readonly ToldVerdict[]>();
  const notYet = new Set<number>();
  for (const { seq, at, kind, lessonId, entrySeq, personId } of judged) {
    const register = registers.get(lessonId);
    if ((register?.judgedSeq ?? 0) < entrySeq && now - at < PATIENCE_MS) notYet.add(seq);
    const all = register?.verdicts ?? [];
    told.set(seq, kind === 'register-corrected' ? all.filter((one) => one.personId === personId) : all);
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
    notYet,
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
