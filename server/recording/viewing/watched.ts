// Whether somebody can have watched what a player says, and what of it is kept. Rules G10 to G12.

import type { Instant } from '../../contract/ids.ts';
import { Refused } from '../../contract/reply.ts';
import type { Watched } from '../../contract/viewing.ts';
import { joined, type Span } from '../../contract/watching-time.ts';
import { joinMs } from './spans.ts';

/** For timers that are late and clocks that are not quite equal; given once, and earned back by time in which nothing was watched. */
export const slackMs = 20_000;
/** A player that runs at the end of a recording is a little ahead of what is known of it. */
const aheadMs = 5_000;
/** What a player could not tell while it had no line comes in several reports right after one another. */
const atOnceMs = 15_000;
const shortestMs = 1_000;
const mostStretches = 5;

/** What one person has still to spend on one recording: the time since `at`, and what was left then. */
export interface ToSpend {
  readonly at: Instant;
  /** Of it only the slack is left, when the next report does not come at once. */
  readonly leftMs: number;
}

export function watchingFrom(at: Instant): ToSpend {
  return { at, leftMs: slackMs };
}

/**
 * Takes the time that watching took from the time that has passed. What is kept is in order and without overlaps.
 * Throws `bad-request` with `details.why`: `backwards`, `outside` the recording, or `too-fast`.
 * @param lengthMs of the recording so far
 */
export function spend(
  before: ToSpend,
  { stretches }: Pick<Watched, 'stretches'>,
  lengthMs: number,
  now: Instant,
): { readonly left: ToSpend; readonly kept: Span[] } {
  for (const { fromMs, toMs } of stretches) {
    if (toMs <= fromMs) throw refused('backwards', 'a stretch ends before it begins');
    if (toMs > lengthMs + aheadMs) throw refused('outside', 'the recording is not that long');
  }
  const neededMs = stretches.reduce((sum, { fromMs, toMs, speed }) => sum + (toMs - fromMs) / speed, 0);
  const passedMs = Math.max(0, now - before.at);
  const spareMs = passedMs <= atOnceMs ? before.leftMs : Math.min(slackMs, before.leftMs);
  const leftMs = passedMs + spareMs - neededMs;
  if (leftMs < 0) throw refused('too-fast', 'that much cannot have been watched since the last time');
  return { left: { at: now, leftMs }, kept: keptOf(stretches, lengthMs) };
}

function keptOf(stretches: readonly Span[], lengthMs: number): Span[] {
  const within = stretches.map(({ fromMs, toMs }) => ({ fromMs, toMs: Math.min(toMs, lengthMs) }));
  const long = joined(within, joinMs).filter((stretch) => lasts(stretch) >= shortestMs);
  const longest = long.toSorted((one, other) => lasts(other) - lasts(one)).slice(0, mostStretches);
  return longest.toSorted((one, other) => one.fromMs - other.fromMs);
}

function lasts({ fromMs, toMs }: Span): number {
  return toMs - fromMs;
}

function refused(why: string, message: string): Refused {
  return new Refused('bad-request', message, { why });
}
