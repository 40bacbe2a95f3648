// What a class that was held leaves in its trace, made up for the demo university: the same class gives the same trace each time.
import { ConnectionId, type Instant, type LessonId, ParticipantId, type PersonId, TrackId } from '../contract/ids.ts';
import type { TracedFact } from '../facts.ts';

const minuteMs = 60_000;
const graceMs = minuteMs;

interface Someone {
  readonly personId: PersonId;
  readonly name: string;
}

export interface DemoClass {
  readonly lessonId: LessonId;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly teacher: Someone;
  readonly students: readonly Someone[];
  /** Of those who have given up the course; they stay away. */
  readonly gone: ReadonlySet<string>;
}

/** In the order of time; empty for the few classes that nobody held. */
export function factsOfClass(held: DemoClass): TracedFact[] {
  const { lessonId, startsAt, endsAt, teacher, students, gone } = held;
  const random = randomOf(lessonId);
  if (random() < 0.03) return [];
  const begun = startsAt - 8 * minuteMs;
  const delay = random() < 0.2 ? between(random, 1, 7) : -between(random, 1, 6);
  const facts: TracedFact[] = [{ type: 'room-opened', lessonId, at: begun }];
  facts.push(...visit(held, teacher, 'teacher', { from: startsAt + delay, to: endsAt + between(random, 0, 2) }, 'left', random));
  for (const student of students) {
    const one = randomOf(`${lessonId} ${student.personId}`);
    // How often someone comes at all is a matter of the person, not of the day.
    const diligence = 0.8 + randomOf(student.personId)() * 0.2;
    if (one() > diligence || gone.has(student.personId)) continue;
    facts.push(...attendance(held, student, one));
  }
  facts.push({ type: 'room-closed', lessonId, at: endsAt + 8 * minuteMs, reason: 'empty', by: null });
  return facts.toSorted((a, b) => a.at - b.at);
}

function attendance(held: DemoClass, student: Someone, random: Random): TracedFact[] {
  const { startsAt, endsAt } = held;
  const luck = random();
  const late = luck < 0.06 ? between(random, 10, 20) : luck < 0.2 ? between(random, 1, 8) : -between(random, 0, 6);
  const from = startsAt + late;
  const goesEarly = random() < 0.06;
  const to = goesEarly ? startsAt + (endsAt - startsAt) * (0.3 + random() * 0.3) : endsAt + between(random, 0, 3);
  const how = random() < 0.15 ? 'closed-page' : 'left';
  if (random() > 0.12) return visit(held, student, 'student', { from, to }, how, random);
  const lostAt = from + (to - from) * (0.3 + random() * 0.4);
  const backAt = Math.min(to - minuteMs, lostAt + between(random, 0.3, 6));
  return backAt - lostAt < graceMs
    ? visit(held, student, 'student', { from, to }, how, random, { from: lostAt, to: Math.max(backAt, lostAt + 1000) })
    : [
        ...visit(held, student, 'student', { from, to: lostAt }, 'connection-lost', random),
        ...visit(held, student, 'student', { from: backAt, to }, how, random),
      ];
}

interface Span {
  readonly from: Instant;
  readonly to: Instant;
}

function visit(
  { lessonId, teacher }: DemoClass,
  { personId, name }: Someone,
  role: 'teacher' | 'student',
  stay: Span,
  how: 'left' | 'closed-page' | 'connection-lost',
  random: Random,
  gap?: Span,
): TracedFact[] {
  const from = Math.round(stay.from);
  const to = Math.round(stay.to);
  const participantId = ParticipantId.parse(`demo-${personId}`);
  const connectionId = ConnectionId.parse(`demo-${from.toString(36)}-${personId}`.slice(0, 64));
  const person = { lessonId, personId, participantId };
  const device = { ...person, connectionId };
  const facts: TracedFact[] = [
    { type: 'participant-joined', ...person, at: from, name, role },
    { type: 'connection-opened', ...device, at: from, device: deviceOf(personId), address: '192.0.2.10' },
  ];
  const speaks = role === 'teacher' || random() < 0.25;
  if (speaks) {
    const track = {
      ...device,
      trackId: TrackId.parse(`demo-${from.toString(36)}-${personId}`.slice(0, 64)),
      source: 'microphone',
    } as const;
    const on = role === 'teacher' ? from + 1000 : Math.round(from + (to - from) * 0.4);
    const off = role === 'teacher' ? to : Math.min(to, on + 2 * minuteMs);
    if (role === 'student') {
      facts.push(
        { type: 'hand-raised', ...person, at: on - 20_000 },
        { type: 'floor-given', ...person, at: on - 1000, by: teacher.personId },
      );
    }
    facts.push(
      { type: 'track-published', ...track, at: on, pausedBy: [] },
      { type: 'track-closed', ...track, at: off, reason: 'unpublished' },
    );
  }
  if (role === 'student' && random() < 0.15) {
    const away = Math.round(from + (to - from) * 0.6);
    facts.push({ type: 'page-hidden', ...device, at: away }, { type: 'page-shown', ...device, at: Math.min(to, away + 4 * minuteMs) });
  }
  const line = () =>
    ({
      cause: 'line-silent',
      ice: 'disconnected',
      lossPercent: Math.round(within(random, 5, 30)),
      roundTripMs: Math.round(within(random, 150, 900)),
      hidden: false,
    }) as const;
  const beside = { sameNetwork: 0, onNetwork: 1, room: 0, everywhere: 0 };
  if (gap) {
    const at = Math.round(gap.from);
    facts.push(
      { type: 'connection-dropped', ...device, at, graceUntil: at + graceMs, line: line() },
      { type: 'connection-resumed', ...device, at: Math.round(gap.to), gapMs: Math.round(gap.to - gap.from), beside, word: null },
    );
  }
  if (how === 'connection-lost') {
    const over = to + graceMs;
    facts.push(
      { type: 'connection-dropped', ...device, at: to, graceUntil: over, line: line() },
      { type: 'connection-closed', ...device, at: over, reason: how, beside },
      { type: 'participant-left', ...person, at: over, reason: how, by: null },
    );
    return facts;
  }
  facts.push(
    { type: 'connection-closed', ...device, at: to, reason: how, beside: null },
    { type: 'participant-left', ...person, at: to, reason: how, by: null },
  );
  return facts;
}

const devices = ['Chrome, Windows', 'Chrome, Android', 'Safari, iOS', 'Firefox, Linux'] as const;

function deviceOf(personId: string): string {
  return devices[Math.floor(randomOf(`device ${personId}`)() * devices.length)] ?? devices[0];
}

type Random = () => number;

function within(random: Random, from: number, to: number): number {
  return from + random() * (to - from);
}

/** Milliseconds between so many minutes. */
function between(random: Random, from: number, to: number): number {
  return within(random, from, to) * minuteMs;
}

/** Evenly from 0 to 1, always the same for the same word (mulberry32 over FNV-1a). */
function randomOf(word: string): Random {
  let state = 0x811c9dc5;
  for (const sign of word) state = Math.imul(state ^ (sign.codePointAt(0) ?? 0), 0x01000193);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
