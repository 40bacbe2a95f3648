// Whether somebody can have watched what a player says, and what of it is kept. Rules G10 to G12.

import type { Instant } from '../../contract/ids.ts';
import { Refused } from '../../contract/reply.ts';
import type { Watched } from '../../contract/viewing.ts';

/** For timers that are late and clocks that are not quite equal; given once, and earned back by time in which nothing was watched. */
export const slackMs = 20_000;
/** A player that runs at the end of a recording is a little ahead of what is known of it. */
const aheadMs = 5_000;
/** Nearer ones are one stretch: a player skips a hole, or hiccups. */
const joinMs = 1_000;
const shortestMs = 1_000;
const mostStretches = 5;

/** What one person has still to spend on one recording: the time since `at`, and what is spare. */
export interface WatchingTime {
  readonly at: Instant;
  readonly spareMs: number;
}

export interface KeptStretch {
  readonly fromMs: number;
  readonly toMs: number;
}

export function watchingFrom(at: Instant): WatchingTime {
  return { at, spareMs: slackMs };
}

/**
 * Takes the time that watching took from the time that has passed. What is kept is in order and without overlaps.
 * Throws `bad-request` with `details.why`: `backwards`, `outside` the recording, or `too-fast`.
 * @param lengthMs of the recording so far
 */
export function spend(
  time: WatchingTime,
  { stretches }: Watched,
  lengthMs: number,
  now: Instant,
): { readonly time: WatchingTime; readonly kept: KeptStretch[] } {
  for (const { fromMs, toMs } of stretches) {
    if (toMs <= fromMs) throw refused('backwards', 'a stretch ends before it begins');
    if (toMs > lengthMs + aheadMs) throw refused('outside', 'the recording is not that long');
  }
  const neededMs = stretches.reduce((sum, { fromMs, toMs, speed }) => sum + (toMs - fromMs) / speed, 0);
  const leftMs = Math.max(0, now - time.at) + time.spareMs - neededMs;
  if (leftMs < 0) throw refused('too-fast', 'that much cannot have been watched since the last time');
  return { time: { at: now, spareMs: Math.min(slackMs, leftMs) }, kept: keptOf(stretches, lengthMs) };
}

function keptOf(stretches: readonly KeptStretch[], lengthMs: number): KeptStretch[] {
  const joined: KeptStretch[] = [];
  for (const { fromMs, toMs } of stretches.toSorted((one, other) => one.fromMs - other.fromMs)) {
    const last = joined.at(-1);
    const end = Math.min(toMs, lengthMs);
    if (last === undefined || fromMs > last.toMs + joinMs) joined.push({ fromMs, toMs: end });
    else joined[joined.length - 1] = { fromMs: last.fromMs, toMs: Math.max(last.toMs, end) };
  }
  const long = joined.filter((stretch) => lasts(stretch) >= shortestMs);
  const longest = long.toSorted((one, other) => lasts(other) - lasts(one)).slice(0, mostStretches);
  return longest.toSorted((one, other) => one.fromMs - other.fromMs);
}

function lasts({ fromMs, toMs }: KeptStretch): number {
  return toMs - fromMs;
}

function refused(why: string, message: string): Refused {
  return new Refused('bad-request', message, { why });
}
