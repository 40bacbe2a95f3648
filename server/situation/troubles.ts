// Which troubles a lesson has at a moment: decided by what the bus told of it, the timetable and the university's thresholds. Rules W1 to W9.
import type { Instant } from '../contract/ids.ts';
import type { RecordingEndReason } from '../contract/reasons.ts';
import type { Trouble, TroubleKind } from '../contract/situation.ts';
import { endOf } from '../timetable/door.ts';
import { isEarly, type PlannedLesson, type Thresholds } from './lesson.ts';
import { isLed, type LiveLesson } from './live.ts';

/** That it goes on is all that is known of its end. */
export type Standing = Pick<Trouble, 'kind' | 'since' | 'source'>;

/** Workers are replaced, and recordings begun, within seconds: what lasts longer is trouble. */
const mediaDownMs = 10_000;
const recordingLateMs = 60_000;
const unwantedEnds: readonly RecordingEndReason[] = ['crash', 'storage-full', 'failed'];
/** There nobody need say a word. */
const silentKinds: readonly PlannedLesson['kind'][] = ['examination'];
/** There nobody need come. */
const openKinds: readonly PlannedLesson['kind'][] = ['consultation'];
const troubleOfSignal = { silent: 'no-sound', black: 'black', frozen: 'frozen' } as const;

export interface Seen {
  /** A teacher was there after the planned start. */
  readonly held: boolean;
  /** How many of those expected. */
  readonly came: number;
  /** What was found before. */
  readonly found: readonly Trouble[];
}

interface Looking {
  readonly live: LiveLesson;
  readonly lesson: PlannedLesson;
  readonly seen: Seen;
  readonly limits: Thresholds;
  /** Of what was before, nothing new is said. */
  readonly from: Instant;
  readonly now: Instant;
}

export function troublesNow(live: LiveLesson, lesson: PlannedLesson, seen: Seen, limits: Thresholds, now: Instant): Standing[] {
  if (lesson.cancelled || now < lesson.startsAt || now >= endOf(lesson) || endedAt(live, lesson) !== null) return [];
  // W8: this server says nothing new of the time in which it heard nothing.
  const from = Math.max(lesson.startsAt, live.heardSince);
  const looking = { live, lesson, seen, limits, from, now };
  const found = [...ofTeacher(looking), ...ofRecording(looking), ...ofMedia(looking)];
  if (!isLed(live, now)) return found;
  const silent = ofSignals(live, from);
  found.push(...silent);
  // Whose microphone carries nothing is not heard, and that is said already.
  if (!silent.some(({ kind }) => kind === 'no-sound')) found.push(...ofSilence(looking));
  return found;
}

/** W2, W3, W4. Who teaches in a place need not be in the room; after the planned end nobody need be. */
function ofTeacher(looking: Looking): Standing[] {
  const { live, lesson, seen, limits, from, now } = looking;
  const { mode, endsAt, kind } = lesson;
  if (mode === 'on-site' || now >= endsAt) return [];
  if (!isLed(live, now)) {
    if (!seen.held) return lasting(looking, 'teacher-absent', from, limits.absentMs);
    const since = Math.max(live.goneSince ?? from, from);
    // Shortly before the end people say goodbye.
    return isEarly(lesson, since, limits) ? lasting(looking, 'teacher-gone', since, limits.absentMs) : [];
  }
  const isWaited = mode === 'online' && !openKinds.includes(kind) && seen.came === 0 && live.waiting.size === 0;
  return isWaited ? lasting(looking, 'no-students', Math.max(live.teacherSince ?? from, from), limits.absentMs) : [];
}

function ofRecording(looking: Looking): Standing[] {
  const { live, lesson, seen, from, now } = looking;
  const { recording, recordingEnd, teacherSince } = live;
  if (recording !== 'none') return [];
  if (recordingEnd !== null && unwantedEnds.includes(recordingEnd.reason))
    return [{ kind: 'recording-stopped', since: Math.max(recordingEnd.at, from), source: null }];
  if (!lesson.recordingDue || !seen.held || teacherSince === null || !isLed(live, now)) return [];
  return lasting(looking, 'not-recorded', Math.max(from, teacherSince, recordingEnd?.at ?? from), recordingLateMs);
}

function ofMedia(looking: Looking): Standing[] {
  const { mediaDownSince } = looking.live;
  return mediaDownSince === null ? [] : lasting(looking, 'media-failed', mediaDownSince, mediaDownMs);
}

/** W5. A teacher with two microphones is heard by either. */
function ofSignals(live: LiveLesson, from: Instant): Standing[] {
  const found: Standing[] = [];
  const microphones = [];
  for (const { participantId, source, isLive, signal } of live.tracks.values()) {
    if (!isLive || live.people.get(participantId)?.role !== 'teacher') continue;
    if (source === 'microphone') microphones.push(signal);
    else if (signal !== null && signal.kind !== 'silent')
      add(found, { kind: troubleOfSignal[signal.kind], since: Math.max(signal.since, from), source });
  }
  const silences = microphones.flatMap((signal) => (signal?.kind === 'silent' ? [signal.since] : []));
  if (silences.length > 0 && silences.length === microphones.length)
    found.push({ kind: 'no-sound', since: Math.max(...silences, from), source: 'microphone' });
  return found;
}

/** W5. Where there is nobody to speak to, or a film is shown with its sound, nothing is amiss. */
function ofSilence(looking: Looking): Standing[] {
  const { live, lesson, limits, from } = looking;
  const { quietSince, teacherSince, audienceSince } = live;
  if (quietSince === null || teacherSince === null || audienceSince === null || silentKinds.includes(lesson.kind)) return [];
  for (const { source, isLive } of live.tracks.values()) if (source === 'screen-audio' && isLive) return [];
  return lasting(looking, 'nobody-heard', Math.max(quietSince, teacherSince, audienceSince, from), limits.quietMs);
}

/** When it was ended for all; null when it was not. Before the start only a lesson ends that is cancelled, and that can be taken back. */
export function endedAt({ endedAt: told }: LiveLesson, { endedAt: written, startsAt }: PlannedLesson): Instant | null {
  return told !== null && told >= startsAt ? told : written;
}

/** What was found goes on, also where a server that was started anew has not seen it for so long. */
function lasting({ seen, now }: Looking, kind: TroubleKind, since: Instant, forMs: number): Standing[] {
  const isFound = seen.found.some((trouble) => trouble.kind === kind && trouble.until === null);
  return isFound || now - since >= forMs ? [{ kind, since, source: null }] : [];
}

/** Of two devices with the same trouble the longer one counts. */
function add(found: Standing[], one: Standing): void {
  const same = found.findIndex(({ kind, source }) => kind === one.kind && source === one.source);
  const before = found[same];
  if (before === undefined) found.push(one);
  else if (one.since < before.since) found[same] = one;
}
