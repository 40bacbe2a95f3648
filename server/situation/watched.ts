// One lesson while the server watches it: what it has come to, and what was found in it up to a moment. Rules W1 to W9.
import type { Instant } from '../contract/ids.ts';
import type { Trouble } from '../contract/situation.ts';
import type { Fact } from '../facts.ts';
import { endOf } from '../timetable/door.ts';
import { takenBack, updated } from './found.ts';
import type { Known } from './known.ts';
import { isEarly, type PlannedLesson, type Thresholds } from './lesson.ts';
import { follow, hereNow, type LiveLesson } from './live.ts';
import { endedAt, troublesNow } from './troubles.ts';

export interface Watched {
  readonly live: LiveLesson;
  /** Null until the timetable was read. */
  lesson: PlannedLesson | null;
  groups: readonly string[];
  /** Students by the roster. */
  expected: number;
  watchedSince: Instant;
  held: boolean;
  begunAt: Instant | null;
  /** When a lesson ended that nobody ended for all: its teacher went long before the end. */
  leftAt: Instant | null;
  found: readonly Trouble[];
  /** Came before the server was started anew. */
  cameBefore: number;
  /** Who led it before that, when it was somebody else. */
  ledBefore: { readonly id: string; readonly name: string } | null;
  /** Begun or ended since it was written last, each once. */
  readonly unwritten: Map<string, Trouble>;
  /** Something else is to be written. */
  isStale: boolean;
}

export function newWatched(live: LiveLesson): Watched {
  const nothing = { lesson: null, groups: [], expected: 0, held: false, begunAt: null, leftAt: null, found: [] };
  const before = { cameBefore: 0, ledBefore: null };
  return { live, ...nothing, ...before, watchedSince: live.heardSince, unwritten: new Map(), isStale: false };
}

/** True when the board may look different now. */
export function hear(watched: Watched, fact: Fact, limits: Thresholds): boolean {
  // Several a second, and of most the board knows nothing new.
  if (fact.type === 'speakers-changed') return follow(watched.live, fact) && lookAt(watched, limits, fact.at);
  // What held until now held without what is told here.
  const before = lookAt(watched, limits, fact.at);
  if (!follow(watched.live, fact)) return before;
  lookAt(watched, limits, fact.at);
  return true;
}

/** What has become of it by now. True when the board looks different. */
export function lookAt(watched: Watched, limits: Thresholds, now: Instant): boolean {
  const { lesson, live } = watched;
  if (lesson === null) return false;
  const begun = begin(watched, lesson, now);
  const seen = { held: watched.held, came: cameOf(watched), found: watched.found };
  const at = Math.min(now, endOf(lesson), endedAt(live, lesson) ?? now);
  const { found, changed } = updated(watched.found, troublesNow(live, lesson, seen, limits, now), at);
  watched.found = found;
  for (const trouble of changed) note(watched, trouble);
  const ended = end(watched, lesson, limits, now);
  return begun || changed.length > 0 || ended;
}

/** W1: it is held from when a teacher is there, though not before the planned start. */
function begin(watched: Watched, { startsAt, cancelled }: PlannedLesson, now: Instant): boolean {
  const { teacherSince, goneSince, heardSince } = watched.live;
  if (cancelled || watched.held || teacherSince === null || now < startsAt) return false;
  if (goneSince !== null && goneSince <= startsAt) return false;
  watched.held = true;
  // A server that was started in the middle does not know when it began.
  if (heardSince <= startsAt || watched.watchedSince <= startsAt) watched.begunAt = Math.max(teacherSince, startsAt);
  watched.isStale = true;
  return true;
}

/** W6: it ended early when it was ended for all, or when its teacher went, so long before the planned end. */
function end(watched: Watched, lesson: PlannedLesson, limits: Thresholds, now: Instant): boolean {
  const { live, held, found } = watched;
  if (!held || lesson.cancelled || lesson.mode === 'on-site' || found.some(({ kind }) => kind === 'ended-early')) return false;
  const ended = endedAt(live, lesson) ?? wentAt(live, lesson, now);
  if (ended === null || !isEarly(lesson, ended, limits)) return false;
  const early: Trouble = { kind: 'ended-early', since: ended, until: lesson.endsAt, source: null };
  // It was over then: nobody was missed any more.
  const since = found.filter(({ kind, since: from }) => kind === 'teacher-gone' && from >= ended);
  const others = found.filter((trouble) => !since.includes(trouble));
  for (const trouble of since) note(watched, takenBack(trouble));
  watched.leftAt = endedAt(live, lesson) === null ? ended : null;
  watched.found = [...others, early];
  note(watched, early);
  watched.isStale = true;
  return true;
}

function wentAt(live: LiveLesson, lesson: PlannedLesson, now: Instant): Instant | null {
  return now >= endOf(lesson) ? live.goneSince : null;
}

/** To be written; the latest word on a trouble holds. */
function note({ unwritten }: Watched, trouble: Trouble): void {
  unwritten.set(`${trouble.kind} ${trouble.source} ${trouble.since}`, trouble);
}

export function knownOf(watched: Watched, lesson: PlannedLesson): Known {
  const { live, held, begunAt, leftAt, found, expected, watchedSince } = watched;
  return {
    ...{ held, begunAt, expected, troubles: found },
    isSure: watchedSince <= lesson.startsAt,
    endedAt: endedAt(live, lesson) ?? leftAt,
    here: hereNow(live),
    came: cameOf(watched),
    ledBy: leaderOf(watched)?.name ?? null,
    recording: live.recording === 'none' && live.hasRecording ? 'recorded' : live.recording,
  };
}

/** At least: who came before a crash and not again is not counted twice, nor at all. */
export function cameOf({ live, cameBefore }: Watched): number {
  return Math.max(live.came.size, cameBefore);
}

/** Who led it, when the teacher of the plan was not there. */
export function leaderOf({ live, lesson, ledBefore }: Watched): { readonly id: string; readonly name: string } | null {
  if (lesson === null || [...live.leaders.keys()].some((id) => id === lesson.teacher.id)) return null;
  const [first] = live.leaders;
  return first === undefined ? ledBefore : { id: first[0], name: first[1] };
}
