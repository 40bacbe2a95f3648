// What the bus tells of one lesson: who is there, what is heard and seen of the teacher, whether it is recorded. Changed in one turn by each fact.
import type { ConnectionId, Instant, LessonId, ParticipantId, PersonId, TrackId } from '../contract/ids.ts';
import type { TrackSource } from '../contract/media.ts';
import type { RecordingEndReason } from '../contract/reasons.ts';
import type { RoomRole } from '../contract/room.ts';
import type { Fact, FactOf, Signal } from '../facts.ts';

interface Present {
  readonly personId: PersonId;
  readonly name: string;
  role: RoomRole;
  /** Devices with a live line. */
  readonly lines: Set<ConnectionId>;
}

interface LiveTrack {
  readonly participantId: ParticipantId;
  readonly source: TrackSource;
  isLive: boolean;
  signal: { readonly kind: Exclude<Signal, 'fine'>; readonly since: Instant } | null;
}

export interface LiveLesson {
  readonly lessonId: LessonId;
  /** From when on this server has heard everything: nothing new is said of the time before. */
  heardSince: Instant;
  readonly people: Map<ParticipantId, Present>;
  readonly tracks: Map<TrackId, LiveTrack>;
  /** Since when a teacher was there last, over short gaps of the line; null before the first. */
  teacherSince: Instant | null;
  /** Since when none has a live line any more; null while one has, and before the first. */
  goneSince: Instant | null;
  /** Since when nobody speaks, and no film sounds; null while somebody does. */
  quietSince: Instant | null;
  /** Since when somebody is there beside those who lead or watch; null while nobody is. */
  audienceSince: Instant | null;
  mediaDownSince: Instant | null;
  recording: 'none' | 'recording' | 'paused';
  /** How and when the last recording ended. */
  recordingEnd: { readonly at: Instant; readonly reason: RecordingEndReason } | null;
  hasRecording: boolean;
  /** Ended for all in the room. */
  endedAt: Instant | null;
  /** Expected, and waiting to be let in. */
  readonly waiting: Set<ParticipantId>;
  /** Everybody expected who was there at any time. */
  readonly came: Set<PersonId>;
  /** Everybody who was there as a teacher, in the order of coming. */
  readonly leaders: Map<PersonId, string>;
  isOpen: boolean;
}

export function newLive(lessonId: LessonId, heardSince: Instant): LiveLesson {
  const nobody = {
    teacherSince: null,
    goneSince: null,
    quietSince: null,
    audienceSince: null,
    mediaDownSince: null,
    recordingEnd: null,
    endedAt: null,
  };
  const empty = { people: new Map(), tracks: new Map(), waiting: new Set<ParticipantId>(), came: new Set<PersonId>(), leaders: new Map() };
  return { lessonId, heardSince, ...nobody, ...empty, recording: 'none', hasRecording: false, isOpen: false };
}

/** As long as a seat is kept (R3): who is back by then was not away. */
const shortGapMs = 60_000;

/** A teacher is there, or has lost the line just now. */
export function isLed({ teacherSince, goneSince }: LiveLesson, now: Instant): boolean {
  return teacherSince !== null && (goneSince === null || now - goneSince < shortGapMs);
}

/** Of those expected: there now. */
export function hereNow({ people }: LiveLesson): number {
  let count = 0;
  for (const { role, lines } of people.values()) if (role === 'student' && lines.size > 0) count += 1;
  return count;
}

/** True when the board may look different now. */
export function follow(live: LiveLesson, fact: Fact): boolean {
  switch (fact.type) {
    case 'room-opened':
      live.isOpen = true;
      live.quietSince ??= fact.at;
      return true;
    case 'room-closed':
      return closed(live, fact);
    case 'waiting-started':
      if (fact.why === 'everyone-waits') live.waiting.add(fact.participantId);
      return true;
    case 'waiting-ended':
      return live.waiting.delete(fact.participantId);
    case 'participant-joined':
      live.people.set(fact.participantId, { personId: fact.personId, name: fact.name, role: fact.role, lines: new Set() });
      return false;
    case 'role-changed':
      return changed(live, fact, (one) => {
        one.role = fact.role;
      });
    case 'connection-opened':
    case 'connection-resumed':
      return changed(live, fact, ({ lines }) => lines.add(fact.connectionId));
    case 'connection-dropped':
    case 'connection-closed':
      return changed(live, fact, ({ lines }) => lines.delete(fact.connectionId));
    case 'participant-left':
      live.people.delete(fact.participantId);
      teachersChanged(live, fact.at);
      audienceChanged(live, fact.at);
      return true;
    case 'track-published':
    case 'track-paused':
    case 'track-resumed':
    case 'track-closed':
      return trackChanged(live, fact);
    case 'signal-changed':
      return signalChanged(live, fact);
    case 'speakers-changed':
      return heard(live, fact);
    case 'media-failed':
      live.mediaDownSince ??= fact.at;
      return true;
    case 'media-restored':
      live.mediaDownSince = null;
      return true;
    case 'recording-started':
    case 'recording-resumed':
    case 'recording-paused':
    case 'recording-stopped':
      recordingChanged(live, fact);
      return true;
    default:
      return false;
  }
}

function changed(
  live: LiveLesson,
  fact: FactOf<'role-changed' | 'connection-opened' | 'connection-resumed' | 'connection-dropped' | 'connection-closed'>,
  how: (one: Present) => void,
): boolean {
  const one = live.people.get(fact.participantId);
  if (one === undefined) return false;
  how(one);
  if (one.role === 'student' && one.lines.size > 0) live.came.add(one.personId);
  if (one.role === 'teacher' && one.lines.size > 0 && !live.leaders.has(one.personId)) live.leaders.set(one.personId, one.name);
  // Of a thousand students' lines nobody need count the teachers anew.
  if (one.role === 'teacher' || fact.type === 'role-changed') teachersChanged(live, fact.at);
  audienceChanged(live, fact.at);
  return one.role !== 'observer';
}

function teachersChanged(live: LiveLesson, at: Instant): void {
  let isThere = false;
  for (const { role, lines } of live.people.values()) if (role === 'teacher' && lines.size > 0) isThere = true;
  const wasThere = live.teacherSince !== null && live.goneSince === null;
  if (isThere === wasThere) return;
  if (isThere && !isLed(live, at)) live.teacherSince = at;
  live.goneSince = isThere ? null : at;
}

function audienceChanged(live: LiveLesson, at: Instant): void {
  let isThere = false;
  for (const { role, lines } of live.people.values()) {
    isThere = (role === 'student' || role === 'guest') && lines.size > 0;
    if (isThere) break;
  }
  live.audienceSince = isThere ? (live.audienceSince ?? at) : null;
}

function closed(live: LiveLesson, { reason, at }: FactOf<'room-closed'>): boolean {
  live.isOpen = false;
  live.people.clear();
  live.tracks.clear();
  live.waiting.clear();
  live.mediaDownSince = null;
  live.quietSince = null;
  live.audienceSince = null;
  teachersChanged(live, at);
  if (reason === 'ended-by-teacher' || reason === 'ended-from-outside') live.endedAt = at;
  // Its people come in anew, as after a restart of the server (W8).
  if (reason === 'server-stopped') live.heardSince = at;
  return true;
}

function trackChanged(live: LiveLesson, fact: FactOf<'track-published' | 'track-paused' | 'track-resumed' | 'track-closed'>): boolean {
  const { trackId, participantId, source, at } = fact;
  // From the end of a film on, and not since before it.
  if (source === 'screen-audio' && live.quietSince !== null) live.quietSince = at;
  if (fact.type === 'track-closed') return live.tracks.delete(trackId);
  const isLive = fact.type === 'track-paused' ? false : fact.pausedBy.length === 0;
  const track = live.tracks.get(trackId);
  if (track === undefined) live.tracks.set(trackId, { participantId, source, isLive, signal: null });
  else Object.assign(track, { isLive, signal: null });
  return live.people.get(participantId)?.role === 'teacher';
}

function signalChanged(live: LiveLesson, { trackId, signal, since }: FactOf<'signal-changed'>): boolean {
  const track = live.tracks.get(trackId);
  if (track === undefined) return false;
  track.signal = signal === 'fine' ? null : { kind: signal, since };
  return true;
}

function heard(live: LiveLesson, { speakers, at }: FactOf<'speakers-changed'>): boolean {
  const wasQuiet = live.quietSince !== null;
  live.quietSince = speakers.length > 0 ? null : (live.quietSince ?? at);
  return wasQuiet !== (live.quietSince !== null);
}

function recordingChanged(
  live: LiveLesson,
  fact: FactOf<'recording-started' | 'recording-resumed' | 'recording-paused' | 'recording-stopped'>,
): void {
  if (fact.type === 'recording-stopped') {
    live.recording = 'none';
    live.recordingEnd = { at: fact.at, reason: fact.reason };
    return;
  }
  live.hasRecording = true;
  live.recording = fact.type === 'recording-paused' ? 'paused' : 'recording';
}
