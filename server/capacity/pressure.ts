// From load to pressure: what rooms do without while something is near its limit. Up one step after another, down much later. Rules B10 to B13.
import { isAtLeast, Pressure } from '../contract/capacity.ts';
import type { Instant } from '../contract/ids.ts';

/** How near its limit something is: 1 is the limit, and it may be passed. `most` is the last step that would help it. */
export interface Strain {
  readonly share: number;
  readonly most: Pressure;
}

/** The shares at which each step is taken. */
export type Thresholds = Readonly<Record<Exclude<Pressure, 'none'>, number>>;

/** Between where the steps begin and the limit. */
export function thresholdsFrom(first: number): Thresholds {
  const rest = 1 - first;
  return { 'no-new-cameras': first, 'low-layers': first + rest * 0.5, 'no-student-cameras': first + rest * 0.85 };
}

/** A step must be called for so long before it is taken: a moment's peak harms nobody, and the step before needs time to help. */
export const stepUpMs = 4_000;
/** And it must be needless for so long before it is taken back. */
export const firstCalmMs = 30_000;
/** A step that is needed again so soon after it was taken back is kept for twice as long the next time… */
export const soonAgainMs = 300_000;
/** …up to this. */
export const longestCalmMs = 480_000;
/** A step is needless below this part of its threshold: what it saves must not bring it back at once. */
const calmBelow = 0.8;

/** What is remembered of one thing that can be strained. */
export interface PressureState {
  readonly level: Pressure;
  /** Since when the next step is called for, or this one is needless; null while neither. */
  readonly callingSince: Instant | null;
  readonly calmSince: Instant | null;
  /** How long it must be calm before a step is taken back. */
  readonly calmMs: number;
  readonly relaxedAt: Instant | null;
}

export const unpressed: PressureState = { level: 'none', callingSince: null, calmSince: null, calmMs: firstCalmMs, relaxedAt: null };

/** B10: at most one step at a time. A strain that is not known (null) changes nothing. */
export function pressedBy(state: PressureState, strain: Strain | null, thresholds: Thresholds, at: Instant): PressureState {
  if (strain === null) return { ...state, callingSince: null, calmSince: null };
  const called = levelAt(strain, thresholds, 1);
  if (called !== state.level && isAtLeast(called, state.level)) return rising(state, at);
  const held = levelAt(strain, thresholds, calmBelow);
  if (held !== state.level && isAtLeast(state.level, held)) return falling(state, at);
  return { ...state, callingSince: null, calmSince: null };
}

function rising(state: PressureState, at: Instant): PressureState {
  const callingSince = state.callingSince ?? at;
  if (at - callingSince < stepUpMs) return { ...state, callingSince, calmSince: null };
  const calmMs = calmOf(state, at);
  return { ...state, level: beside(state.level, 1), callingSince: null, calmSince: null, calmMs, relaxedAt: null };
}

function falling(state: PressureState, at: Instant): PressureState {
  const calmSince = state.calmSince ?? at;
  if (at - calmSince < state.calmMs) return { ...state, calmSince, callingSince: null };
  return { ...state, level: beside(state.level, -1), callingSince: null, calmSince: null, relaxedAt: at };
}

/** B11: what was taken back too early is kept for longer. */
function calmOf({ level, calmMs, relaxedAt }: PressureState, at: Instant): number {
  if (relaxedAt === null) return level === 'none' ? firstCalmMs : calmMs;
  return at - relaxedAt < soonAgainMs ? Math.min(calmMs * 2, longestCalmMs) : firstCalmMs;
}

/** The worst step whose threshold is reached. */
function levelAt({ share, most }: Strain, thresholds: Thresholds, part: number): Pressure {
  let level: Pressure = 'none';
  for (const step of Pressure.options) {
    if (step === 'none' || !isAtLeast(most, step) || share < thresholds[step] * part) continue;
    level = step;
  }
  return level;
}

function beside(level: Pressure, by: 1 | -1): Pressure {
  return Pressure.options[Pressure.options.indexOf(level) + by] ?? level;
}
