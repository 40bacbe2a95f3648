// What the board says of a lesson as facts come in and the clock runs: W1 to W9.
import { beforeEach, describe, expect, it } from 'vitest';
import {
  ConnectionId,
  CourseId,
  FacultyId,
  type Instant,
  LessonId,
  ParticipantId,
  PersonId,
  RecordingId,
  TrackId,
} from '../contract/ids.ts';
import type { TrackSource } from '../contract/media.ts';
import type { RoomRole } from '../contract/room.ts';
import type { Fact, Signal } from '../facts.ts';
import { stateOf } from './known.ts';
import { minuteMs, type PlannedLesson } from './lesson.ts';
import { newLive } from './live.ts';
import { hear, knownOf, lookAt, newWatched, type Watched } from './watched.ts';

const startsAt = 1_790_000_000_000;
const endsAt = startsAt + 50 * minuteMs;
const limits = { absentMs: 5 * minuteMs, quietMs: 5 * minuteMs, earlyMs: 10 * minuteMs };
const lessonId = LessonId.parse('lesson');
const planned: PlannedLesson = {
  ...{ lessonId, title: 'Waves', kind: 'lecture', mode: 'online', startsAt, endsAt, extendedTo: null, endedAt: null, cancelled: false },
  course: { id: CourseId.parse('course'), code: 'PHY1', title: 'Optics' },
  teacher: { id: PersonId.parse('teacher'), displayName: 'Teacher' },
  ...{ facultyId: FacultyId.parse('faculty'), place: null, marks: [], recordingDue: false },
};

let watched: Watched;
let now: Instant;

/** Minutes from the planned start. */
const minute = (count: number): Instant => startsAt + count * minuteMs;
const open = (lesson: Partial<PlannedLesson> = {}, since = minute(-60)) => {
  now = since;
  watched = newWatched(newLive(lessonId, since));
  watched.lesson = { ...planned, ...lesson };
};
beforeEach(() => open());

/** As the service does: a look every five seconds. */
function until(at: Instant): void {
  for (now += 5000; now < at; now += 5000) lookAt(watched, limits, now);
  now = at;
  lookAt(watched, limits, now);
}
function tell(fact: Fact): void {
  until(fact.at);
  hear(watched, fact, limits);
}
const of = (who: string, at: Instant) => ({
  ...{ lessonId, at, personId: PersonId.parse(who), participantId: ParticipantId.parse(`p-${who}`) },
  connectionId: ConnectionId.parse(`c-${who}`),
});
function comes(who: string, role: RoomRole, at: Instant): void {
  tell({ type: 'participant-joined', ...of(who, at), name: `Name of ${who}`, role });
  tell({ type: 'connection-opened', ...of(who, at), device: '', address: '' });
}
function leaves(who: string, at: Instant): void {
  tell({ type: 'connection-closed', ...of(who, at), reason: 'left', beside: null });
  tell({ type: 'participant-left', ...of(who, at), reason: 'left', by: null });
}
const line = { cause: 'line-broken', hidden: false, ice: 'none', lossPercent: null, roundTripMs: null } as const;
const drops = (who: string, at: Instant) =>
  tell({ type: 'connection-dropped', ...of(who, at), graceUntil: at + minuteMs, line: { ...line } });
const returns = (who: string, at: Instant) =>
  tell({
    type: 'connection-resumed',
    ...of(who, at),
    gapMs: 1,
    beside: { sameNetwork: 0, onNetwork: 0, room: 0, everywhere: 0 },
    word: null,
  });
const track = (who: string, source: TrackSource, at: Instant) => ({ ...of(who, at), trackId: TrackId.parse(`${who}-${source}`), source });
const publishes = (who: string, source: TrackSource, at: Instant) =>
  tell({ type: 'track-published', ...track(who, source, at), pausedBy: [] });
const signals = (who: string, source: TrackSource, signal: Signal, at: Instant) =>
  tell({ type: 'signal-changed', ...track(who, source, at), signal, since: at - 20_000 });
const speaks = (who: string | null, at: Instant) =>
  tell({ type: 'speakers-changed', lessonId, at, speakers: who === null ? [] : [ParticipantId.parse(`p-${who}`)] });
const recordingId = RecordingId.parse('recording');

const state = () => (watched.lesson ? stateOf(watched.lesson, knownOf(watched, watched.lesson), now) : null);
const minutesOf = (at: Instant | null) => at && (at - startsAt) / minuteMs;
/** Kind, since and until in minutes from the start. */
const troubles = () => watched.found.map(({ kind, since, until: end }) => [kind, minutesOf(since), minutesOf(end)]);

/** A class that goes well: both there before the start, and somebody speaks. */
function goesWell(at = minute(-2)): void {
  tell({ type: 'room-opened', lessonId, at });
  comes('teacher', 'teacher', at);
  comes('student', 'student', at);
  publishes('teacher', 'microphone', at);
  speaks('teacher', at);
}

describe('the course of a lesson', () => {
  it('W1 is planned, runs from the start when its teacher is there, and is over at its end', () => {
    goesWell();
    expect(state()).toBe('planned');
    until(minute(1));
    expect([state(), minutesOf(watched.begunAt)]).toEqual(['running', 0]);
    until(minute(50));
    expect([state(), troubles()]).toEqual(['over', []]);
  });

  it('W1 begins when its teacher comes, and is not held when none comes', () => {
    until(minute(3));
    expect(state()).toBe('not-begun');
    comes('teacher', 'teacher', minute(4));
    expect([state(), minutesOf(watched.begunAt), troubles()]).toEqual(['running', 4, []]);
    open();
    until(minute(51));
    expect([state(), troubles()]).toEqual(['not-held', [['teacher-absent', 0, 50]]]);
  });

  it('W1 a teacher who was there before the start only has not held it', () => {
    comes('teacher', 'teacher', minute(-10));
    leaves('teacher', minute(-5));
    until(minute(1));
    expect(state()).toBe('not-begun');
  });

  it('W1 a cancelled lesson has no trouble, whoever is missing', () => {
    open({ cancelled: true });
    until(minute(51));
    expect([state(), troubles()]).toEqual(['cancelled', []]);
  });

  it('W1 one that is held in a place misses nobody; once its room is led, it runs', () => {
    open({ mode: 'on-site' });
    until(minute(20));
    expect([state(), troubles()]).toEqual(['on-site', []]);
    comes('teacher', 'teacher', minute(21));
    leaves('teacher', minute(30));
    expect(state()).toBe('running');
    until(minute(50));
    expect([state(), troubles()]).toEqual(['over', []]);
  });

  it('W1 whoever was given the lead counts as its teacher, and is named', () => {
    comes('helper', 'assistant', minute(-1));
    until(minute(2));
    expect(state()).toBe('not-begun');
    tell({ type: 'role-changed', ...of('helper', minute(3)), role: 'teacher', by: PersonId.parse('teacher') });
    expect(state()).toBe('running');
    expect(watched.lesson && knownOf(watched, watched.lesson).ledBy).toBe('Name of helper');
  });
});

describe('the teacher', () => {
  it('W2 is absent after five minutes, since the start, until they come', () => {
    until(minute(4.9));
    expect(troubles()).toEqual([]);
    until(minute(5));
    expect(troubles()).toEqual([['teacher-absent', 0, null]]);
    comes('teacher', 'teacher', minute(12));
    expect([state(), troubles()]).toEqual(['running', [['teacher-absent', 0, 12]]]);
  });

  it('W3 is gone after five minutes without a line, since it was lost; a short gap is none', () => {
    goesWell();
    drops('teacher', minute(10));
    returns('teacher', minute(10.5));
    until(minute(20));
    drops('teacher', minute(20));
    until(minute(24.9));
    expect(troubles()).toEqual([]);
    until(minute(25.1));
    expect(troubles()).toEqual([['teacher-gone', 20, null]]);
    returns('teacher', minute(27));
    expect(troubles()).toEqual([['teacher-gone', 20, 27]]);
  });

  it('W3 a short gap ends no trouble, and begins none anew', () => {
    goesWell();
    speaks(null, minute(1));
    until(minute(7));
    drops('teacher', minute(8));
    returns('teacher', minute(8.5));
    until(minute(12));
    expect(troubles()).toEqual([['nobody-heard', 1, null]]);
  });

  it('W3 may leave in the last minutes', () => {
    goesWell();
    leaves('teacher', minute(42));
    until(minute(50));
    expect([state(), troubles()]).toEqual(['over', []]);
  });

  it('W4 who waits for students for five minutes is in trouble, until the first comes', () => {
    comes('teacher', 'teacher', minute(2));
    until(minute(7));
    expect(troubles()).toEqual([['no-students', 2, null]]);
    comes('student', 'student', minute(9));
    expect(troubles()).toEqual([['no-students', 2, 9]]);
    leaves('student', minute(10));
    until(minute(20));
    expect(troubles()).toHaveLength(1);
  });

  it('W4 nor does anybody wait for students who wait to be let in', () => {
    comes('teacher', 'teacher', minute(-1));
    tell({ type: 'waiting-started', ...of('student', minute(1)), name: 'Student', why: 'everyone-waits' });
    until(minute(20));
    expect(troubles()).toEqual([]);
    tell({ type: 'waiting-ended', ...of('student', minute(21)), how: 'gave-up', by: null });
    until(minute(22));
    expect(troubles()).toEqual([['no-students', 0, null]]);
  });

  it.each([{ mode: 'hybrid' }, { mode: 'on-site' }, { kind: 'consultation' }] as const)(
    'W4 waits for nobody in a lesson like %o',
    (lesson) => {
      open(lesson);
      comes('teacher', 'teacher', minute(0));
      until(minute(30));
      expect(troubles()).toEqual([]);
    },
  );
});

describe('sound and picture', () => {
  it('W5 that nobody is heard for five minutes is trouble while a teacher and somebody else are there', () => {
    goesWell();
    speaks(null, minute(10));
    until(minute(15));
    expect(troubles()).toEqual([['nobody-heard', 10, null]]);
    speaks('student', minute(16));
    expect(troubles()).toEqual([['nobody-heard', 10, 16]]);
    leaves('student', minute(17));
    speaks(null, minute(17));
    until(minute(30));
    expect(troubles()).toHaveLength(1);
  });

  it('W5 an examination may be silent, and so may a film that has its own sound', () => {
    open({ kind: 'examination' });
    goesWell();
    speaks(null, minute(0));
    until(minute(40));
    expect(troubles()).toEqual([]);
    open();
    goesWell();
    publishes('teacher', 'screen-audio', minute(1));
    speaks(null, minute(1));
    until(minute(30));
    expect(troubles()).toEqual([]);
    tell({ type: 'track-closed', ...track('teacher', 'screen-audio', minute(30)), reason: 'unpublished' });
    until(minute(34.9));
    expect(troubles()).toEqual([]);
    until(minute(35.1));
    expect(troubles()).toEqual([['nobody-heard', 30, null]]);
  });

  it('W5 silence before the first student came is none', () => {
    comes('teacher', 'teacher', minute(0));
    tell({ type: 'room-opened', lessonId, at: minute(0) });
    comes('student', 'student', minute(4));
    until(minute(8.9));
    expect(troubles()).toEqual([]);
    until(minute(9.1));
    expect(troubles()).toEqual([['nobody-heard', 4, null]]);
  });

  it('W5 a microphone that carries nothing is trouble at once, and is not said twice', () => {
    goesWell();
    speaks(null, minute(9));
    signals('teacher', 'microphone', 'silent', minute(10));
    until(minute(20));
    expect(troubles()).toEqual([['no-sound', 10 - 1 / 3, null]]);
    signals('teacher', 'microphone', 'fine', minute(21));
    speaks('teacher', minute(21));
    expect(troubles()[0]).toEqual(['no-sound', 10 - 1 / 3, 21]);
  });

  it('W5 a black or frozen picture is trouble until it is fine, paused or closed; that of a student is none', () => {
    goesWell();
    publishes('teacher', 'camera', minute(1));
    publishes('teacher', 'screen', minute(1));
    publishes('student', 'camera', minute(1));
    signals('teacher', 'camera', 'black', minute(10));
    signals('teacher', 'screen', 'frozen', minute(10));
    signals('student', 'camera', 'black', minute(10));
    expect(watched.found).toMatchObject([
      { kind: 'black', source: 'camera', until: null },
      { kind: 'frozen', source: 'screen', until: null },
    ]);
    tell({ type: 'track-paused', ...track('teacher', 'camera', minute(12)), by: 'self', byPerson: null });
    tell({ type: 'track-closed', ...track('teacher', 'screen', minute(13)), reason: 'unpublished' });
    expect(troubles().map(([, , end]) => end)).toEqual([12, 13]);
    tell({ type: 'track-resumed', ...track('teacher', 'camera', minute(14)), pausedBy: [] });
    until(minute(20));
    expect(troubles()).toHaveLength(2);
  });

  it('W5 what was black before the start counts from the start', () => {
    goesWell();
    publishes('teacher', 'camera', minute(-2));
    signals('teacher', 'camera', 'black', minute(-1));
    expect(troubles()).toEqual([]);
    until(minute(1));
    expect(troubles()).toEqual([['black', 0, null]]);
  });

  it('W5 media that are down for ten seconds are trouble until they are restored', () => {
    goesWell();
    tell({ type: 'media-failed', lessonId, at: minute(10) });
    until(minute(10) + 9000);
    expect(troubles()).toEqual([]);
    until(minute(11));
    tell({ type: 'media-restored', lessonId, at: minute(12) });
    expect(troubles()).toEqual([['media-failed', 10, 12]]);
  });
});

describe('the end', () => {
  it('W6 ten minutes before the planned one, for all, is early', () => {
    goesWell();
    tell({ type: 'room-closed', lessonId, at: minute(40), reason: 'ended-by-teacher', by: null });
    expect([state(), troubles()]).toEqual(['ended-early', [['ended-early', 40, 50]]]);
    until(minute(55));
    expect(state()).toBe('ended-early');
  });

  it('W6 a few minutes before is not, nor in a lesson that was extended beyond its plan', () => {
    goesWell();
    tell({ type: 'room-closed', lessonId, at: minute(41), reason: 'ended-by-teacher', by: null });
    expect([state(), troubles()]).toEqual(['over', []]);
    open({ extendedTo: minute(80) });
    goesWell();
    tell({ type: 'room-closed', lessonId, at: minute(55), reason: 'ended-by-teacher', by: null });
    expect([state(), troubles()]).toEqual(['over', []]);
  });

  it('W6 when its teacher went for good, it ended then, and nobody was missed after', () => {
    goesWell();
    leaves('teacher', minute(30));
    until(minute(40));
    expect([state(), troubles()]).toEqual(['running', [['teacher-gone', 30, null]]]);
    until(minute(50));
    expect([state(), troubles(), minutesOf(watched.leftAt)]).toEqual(['ended-early', [['ended-early', 30, 50]], 30]);
  });

  it('W7 all troubles end with the lesson', () => {
    goesWell();
    publishes('teacher', 'camera', minute(1));
    signals('teacher', 'camera', 'black', minute(10));
    until(minute(60));
    expect(troubles()).toEqual([['black', 10 - 1 / 3, 50]]);
  });
});

describe('the recording', () => {
  it('W7 that is due and does not run a minute after the beginning is trouble until it runs', () => {
    open({ recordingDue: true });
    goesWell();
    until(minute(1));
    expect(troubles()).toEqual([['not-recorded', 0, null]]);
    tell({ type: 'recording-started', lessonId, at: minute(6), recordingId, by: null });
    expect(troubles()).toEqual([['not-recorded', 0, 6]]);
    tell({ type: 'recording-stopped', lessonId, at: minute(20), recordingId, by: PersonId.parse('teacher'), reason: 'stopped' });
    until(minute(22));
    expect(troubles()[1]).toEqual(['not-recorded', 20, null]);
  });

  it('W7 that stops by itself is trouble, due or not; one that a teacher stops is none', () => {
    goesWell();
    tell({ type: 'recording-started', lessonId, at: minute(1), recordingId, by: null });
    tell({ type: 'recording-stopped', lessonId, at: minute(10), recordingId, by: null, reason: 'storage-full' });
    expect(troubles()).toEqual([['recording-stopped', 10, null]]);
    tell({ type: 'recording-started', lessonId, at: minute(12), recordingId, by: null });
    tell({ type: 'recording-stopped', lessonId, at: minute(20), recordingId, by: PersonId.parse('teacher'), reason: 'stopped' });
    until(minute(40));
    expect(troubles()).toEqual([['recording-stopped', 10, 12]]);
  });
});

describe('a server that is started in the middle', () => {
  it('W8 raises nothing for what it did not see, and waits for everybody to come back', () => {
    open({ recordingDue: true }, minute(20));
    Object.assign(watched, { held: true, watchedSince: minute(-30), begunAt: minute(0), cameBefore: 12 });
    until(minute(24.9));
    expect([state(), troubles()]).toEqual(['running', []]);
    goesWell(minute(24.9));
    tell({ type: 'recording-started', lessonId, at: minute(25), recordingId, by: null });
    until(minute(50));
    expect([state(), troubles(), minutesOf(watched.begunAt)]).toEqual(['over', [], 0]);
  });

  it('W8 goes on with an absence that was found before', () => {
    open({}, minute(20));
    Object.assign(watched, { watchedSince: minute(-30), found: [{ kind: 'teacher-absent', since: startsAt, until: null, source: null }] });
    until(minute(21));
    comes('teacher', 'teacher', minute(22));
    expect(troubles()).toEqual([['teacher-absent', 0, 22]]);
  });

  it('W8 does not know whether a lesson was held of which it saw only the end, nor when one began', () => {
    open({}, minute(20));
    until(minute(55));
    expect(state()).toBe('unknown');
    open({}, minute(20));
    goesWell(minute(21));
    expect([state(), watched.begunAt]).toEqual(['running', null]);
  });
});
