// The next hours from the timetable: what each quarter of an hour will ask of this machine, and the peaks that administrators are told of. Rules B16 to B18.
import type { Instant } from '../contract/ids.ts';
import type { ExpectedLoad } from '../ports/media.ts';
import type { Expected } from './expected.ts';

export const quarterMs = 15 * 60_000;
export const horizonMs = 4 * 3_600_000;

export interface ForecastLesson {
  readonly id: string;
  readonly title: string;
  readonly courseTitle: string;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly expected: Expected;
  /** What it costs the workers. */
  readonly units: number;
}

/** What media cost, as the engine reckons when it places rooms. */
export interface Cost {
  /** Of one viewer. */
  viewerUnits(of: Pick<ExpectedLoad, 'pictures'>): number;
  /** What one worker is planned for. */
  readonly workerUnits: number;
}

export interface Quarter {
  readonly startsAt: Instant;
  readonly lessons: number;
  readonly people: number;
  readonly consumers: number;
  /** Of what the workers of this machine are planned to carry: 1 is all of it. */
  readonly share: number;
}

/** A stretch of quarters that is near the limit, or over it. */
export interface Peak {
  readonly level: 'near' | 'over';
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly people: number;
  readonly share: number;
}

/** From these shares on administrators are told. */
export const nearShare = 0.8;
export const overShare = 1;

/** Of the quarter that runs and those after it, up to the horizon. `budget` is what all workers are planned for, in units. */
export function quartersOf(lessons: readonly ForecastLesson[], now: Instant, budget: number): Quarter[] {
  const first = Math.floor(now / quarterMs) * quarterMs;
  return Array.from({ length: horizonMs / quarterMs }, (_, index) => {
    const startsAt = first + index * quarterMs;
    const here = lessons.filter((lesson) => lesson.startsAt < startsAt + quarterMs && lesson.endsAt > startsAt);
    const consumers = here.reduce((sum, { expected }) => sum + expected.consumers, 0);
    const units = here.reduce((sum, lesson) => sum + lesson.units, 0);
    const people = here.reduce((sum, { expected }) => sum + expected.viewers, 0);
    return { startsAt, lessons: here.length, people, consumers, share: units / budget };
  });
}

export function peaksOf(quarters: readonly Quarter[]): Peak[] {
  const peaks: Peak[] = [];
  let run: Quarter[] = [];
  const end = () => {
    const peak = peakOf(run);
    if (peak !== null) peaks.push(peak);
    run = [];
  };
  for (const quarter of quarters) {
    if (quarter.share >= nearShare) run.push(quarter);
    else end();
  }
  end();
  return peaks;
}

function peakOf(run: readonly Quarter[]): Peak | null {
  const [first] = run;
  const last = run.at(-1);
  if (first === undefined || last === undefined) return null;
  const worst = run.reduce((one, other) => (other.share > one.share ? other : one));
  return {
    level: worst.share >= overShare ? 'over' : 'near',
    ...{ startsAt: first.startsAt, endsAt: last.startsAt + quarterMs, people: worst.people, share: worst.share },
  };
}

/** B18: those that are still to come, and were not told at this level or a worse one. */
export function newsOf(peaks: readonly Peak[], told: readonly Peak[], now: Instant): Peak[] {
  return peaks.filter(
    (peak) =>
      peak.startsAt > now &&
      !told.some((one) => one.startsAt < peak.endsAt && one.endsAt > peak.startsAt && (one.level === 'over' || peak.level === 'near')),
  );
}

/** The lessons that ask for most in a quarter, the heaviest first. */
export function heaviestIn(lessons: readonly ForecastLesson[], startsAt: Instant, most: number): ForecastLesson[] {
  return lessons
    .filter((lesson) => lesson.startsAt < startsAt + quarterMs && lesson.endsAt > startsAt)
    .toSorted((a, b) => b.units - a.units || (a.id < b.id ? -1 : 1))
    .slice(0, most);
}
