// How much a line is given: from what is measured of it to a rung of a ladder; down at once, up slowly and one rung at a time. Rules L1 to L6.
import type { Instant } from '../contract/ids.ts';

/** One measurement. Shares from 0 to 1, bits a second. */
export interface LineReading {
  readonly at: Instant;
  readonly loss: number;
  readonly roundTripMs: number | null;
  /** An estimate of what the line carries; null where there is none. */
  readonly availableBps: number | null;
  readonly sentBps: number;
}

/** `needOf`: what a rung takes at the least, in bits a second. Rung 0 is everything; a lower one never takes more than a higher one. */
export interface Rungs {
  readonly count: number;
  needOf(rung: number): number;
}

export interface Ladder {
  readonly rung: number;
  readonly beganAt: Instant;
  readonly movedAt: Instant;
  /** How long a line must be well before a step up is tried. */
  readonly probeMs: number;
  /** Null while the line is not well. */
  readonly wellSince: Instant | null;
  /** The last step up, until it has proved itself. */
  readonly climbedAt: Instant | null;
  /** What was lost before the last step down, until it is known whether that helped. */
  readonly lossBefore: number | null;
  readonly lossLast: number;
  /** Loss that sending less does not cure: it is the line's own. */
  readonly noise: number;
  readonly usualRoundTripMs: number | null;
  readonly wasCrowded: boolean;
  /** When loss or a queue was seen last. */
  readonly evidenceAt: Instant | null;
}

export const firstProbeMs = 10_000;
export const longestProbeMs = 160_000;
/** What was measured so soon after a step still tells of the time before it. */
export const settleMs = 3_500;
/** A step up that is taken back within this time has failed. */
const provenAfterMs = 30_000;
/** At first estimates are low and round trips long, whatever the line. */
const rampMs = 10_000;
/** An estimate follows what flows: alone it says nothing, only beside loss or a queue that were seen so lately. */
const evidenceMs = 12_000;
/** Where less flows, nothing is measured. */
const measurableBps = 24_000;

const heavyLoss = 0.1;
/** One measurement of so much is enough; of less, it takes two. */
const plainLoss = 0.2;
const lightLoss = 0.04;
/** So little of a line's own loss is none any more. */
const forgottenNoise = 0.01;
/** From so much own loss on pictures stand more than they move. */
const stillNoise = 0.3;
/** A step down that leaves so much of the loss has not helped. */
const uncured = 0.6;
/** Growth of the round trip that tells of a queue before the line. */
const crowdedMs = 600;
const crowdedAtFirstMs = 1_500;
/** A line is not filled to the brim. */
const useOfLine = 0.9;
const crowdedShare = 0.7;

export function ladderAt(at: Instant): Ladder {
  return {
    ...{ rung: 0, beganAt: at, movedAt: at, probeMs: firstProbeMs, wellSince: null, climbedAt: null },
    ...{ lossBefore: null, lossLast: 0, noise: 0, usualRoundTripMs: null, wasCrowded: false, evidenceAt: null },
  };
}

/** The device has another path, or a new transport: what was usual before says nothing of it, and its first measurements are of a beginning. */
export function onNewPath(ladder: Ladder, at: Instant): Ladder {
  const unknown = { usualRoundTripMs: null, wasCrowded: false, evidenceAt: null, lossBefore: null, lossLast: 0 };
  return { ...ladder, ...unknown, beganAt: at, wellSince: null };
}

export function afterReading(before: Ladder, reading: LineReading, rungs: Rungs): Ladder {
  const known = learn(before, reading);
  const crowded = isCrowded(known, reading);
  // Whatever the line, a beginning is rough: a key frame for each picture, and estimates that still climb.
  const isBeginning = reading.at - known.beganAt < rampMs;
  const evidenceAt = !isBeginning && (crowded || reading.loss >= lightLoss) ? reading.at : known.evidenceAt;
  const noticed = { ...known, lossLast: reading.loss, wasCrowded: crowded, evidenceAt };
  const carriedBps = carriedIfStrained(noticed, before, reading, rungs);
  if (carriedBps !== null) return down(noticed, reading, carriedBps, rungs);
  const highest = rungOfNoise(noticed.noise, rungs);
  if (noticed.rung < highest) return { ...noticed, rung: highest, movedAt: reading.at, wellSince: null, climbedAt: null };
  // L5: what was taken in vain is given back, once; not where pictures move no more anyway.
  const isUncured = known.noise > before.noise && known.noise < stillNoise && !crowded && before.probeMs === firstProbeMs;
  if (isUncured && noticed.rung > highest)
    return { ...noticed, rung: highest, movedAt: reading.at, wellSince: null, climbedAt: reading.at };
  const isWell = reading.loss <= Math.max(lightLoss, noticed.noise * 1.25 + 0.02) && !crowded;
  if (!isWell) return { ...noticed, wellSince: null };
  return up({ ...noticed, wellSince: noticed.wellSince ?? reading.at }, reading.at, highest, rungs);
}

/** L5: loss that stays although less is sent is not a matter of how much is sent. */
function learn(ladder: Ladder, { at, loss, roundTripMs }: LineReading): Ladder {
  const usual = ladder.usualRoundTripMs;
  const usualRoundTripMs = roundTripMs === null ? usual : usual === null ? roundTripMs : Math.min(roundTripMs, usual * 1.02);
  const proven = ladder.climbedAt !== null && at - ladder.climbedAt >= provenAfterMs;
  const rested = proven ? { climbedAt: null, probeMs: firstProbeMs } : {};
  const fading = Math.min(ladder.noise, (ladder.noise * 7 + loss) / 8);
  const noise = fading < forgottenNoise ? 0 : fading;
  if (ladder.lossBefore === null || at - ladder.movedAt < settleMs) return { ...ladder, ...rested, usualRoundTripMs, noise };
  const stays = loss >= lightLoss && loss >= ladder.lossBefore * uncured;
  return { ...ladder, ...rested, usualRoundTripMs, noise: stays ? Math.max(noise, loss) : noise, lossBefore: null };
}

/** What the line still carries, when it is asked too much; null when it is not. */
function carriedIfStrained(ladder: Ladder, before: Ladder, reading: LineReading, rungs: Rungs): number | null {
  const { at, loss, availableBps, sentBps } = reading;
  const age = at - ladder.movedAt;
  if (sentBps < measurableBps || (age < settleMs && ladder.rung > 0)) return null;
  const carried = Math.min(sentBps * (1 - loss), availableBps ?? Number.POSITIVE_INFINITY);
  const tolerated = ladder.noise > 0 ? ladder.noise * 1.5 + 0.05 : heavyLoss;
  const isPlain = loss >= plainLoss || (loss + before.lossLast) / 2 >= heavyLoss;
  if (loss >= tolerated && isPlain) return carried;
  if (at - ladder.beganAt < rampMs) return null;
  if (ladder.wasCrowded && before.wasCrowded) return carried * crowdedShare;
  const isSeen = ladder.evidenceAt !== null && at - ladder.evidenceAt <= evidenceMs && ladder.noise === 0;
  const isShort = availableBps !== null && availableBps < rungs.needOf(ladder.rung) * useOfLine;
  return isSeen && isShort ? availableBps : null;
}

function isCrowded({ usualRoundTripMs }: Ladder, { roundTripMs }: LineReading): boolean {
  if (roundTripMs === null) return false;
  return roundTripMs > Math.min(crowdedAtFirstMs, (usualRoundTripMs ?? crowdedAtFirstMs) + crowdedMs);
}

/** L5: the highest rung for a line that loses so much by itself; pictures that stand more than they move help nobody. */
function rungOfNoise(noise: number, { count }: Rungs): number {
  if (noise < heavyLoss) return 0;
  if (noise < 0.15) return Math.min(1, count - 1);
  return noise < stillNoise ? Math.min(2, count - 1) : count - 2;
}

/** L2: as many rungs at once as it takes. */
function down(ladder: Ladder, { at, loss }: LineReading, carriedBps: number, rungs: Rungs): Ladder {
  const nowBps = rungs.needOf(ladder.rung);
  let rung = ladder.rung;
  while (rung < rungs.count - 1) {
    rung += 1;
    const needBps = rungs.needOf(rung);
    if (needBps < nowBps && needBps <= carriedBps * useOfLine) break;
  }
  if (rung === ladder.rung) return { ...ladder, wellSince: null };
  const failed = ladder.climbedAt !== null;
  return {
    ...ladder,
    rung,
    movedAt: at,
    wellSince: null,
    climbedAt: null,
    probeMs: failed ? Math.min(ladder.probeMs * 2, longestProbeMs) : ladder.probeMs,
    lossBefore: loss > lightLoss ? loss : null,
  };
}

/** L3: one rung, or as many as bring nothing more than the next. */
function up(ladder: Ladder, at: Instant, highest: number, rungs: Rungs): Ladder {
  const rested = ladder.wellSince !== null && at - Math.max(ladder.wellSince, ladder.movedAt) >= ladder.probeMs;
  if (!rested || ladder.rung <= highest) return ladder;
  const nextBps = rungs.needOf(ladder.rung - 1);
  let rung = ladder.rung - 1;
  while (rung > highest && rungs.needOf(rung - 1) <= nextBps) rung -= 1;
  // What costs nothing proves nothing.
  const isProbe = nextBps > rungs.needOf(ladder.rung);
  return { ...ladder, rung, movedAt: at, wellSince: null, climbedAt: isProbe ? at : ladder.climbedAt };
}
