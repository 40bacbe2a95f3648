// From a microphone's levels and packets to one word: whether any sound comes from it.
import type { Instant } from '../contract/ids.ts';
import { afterCount, type Coming, type Count, isMissing } from './coming.ts';

/**
 * A microphone in a quiet room still gives some noise, however little of it noise suppression leaves; only what is muted, unplugged or
 * broken gives nothing but noughts, which RFC 6464 tells as −127. One louder packet in a hundred is let pass.
 */
const noughtDecibels = -126;
/** Levels are told each five seconds; the third of them counts. */
const silentAfterMs = 14_000;
/** W43: for devices that give noughts between words. */
const silentAfterForGatesMs = 180_000;
/** A silence that ends by itself within so long was a pause. */
const longestPauseMs = 60_000;

export interface Sound {
  readonly signal: 'fine' | 'silent';
  readonly since: Instant;
  /** Since when there has been nothing but noughts. */
  readonly noughtsSince: Instant | null;
  /** Noughts were seen to be no more than a pause. */
  readonly isGated: boolean;
  readonly coming: Coming | null;
}

export function soundFrom(at: Instant): Sound {
  return { signal: 'fine', since: at, noughtsSince: null, isGated: false, coming: null };
}

/** `decibels` is the mean of the time before `at`, `overMs` long. */
export function afterLevel(sound: Sound, decibels: number, overMs: number, at: Instant): Sound {
  if (decibels > noughtDecibels) return afterVoice(sound, at);
  const noughtsSince = sound.noughtsSince ?? Math.max(at - overMs, sound.since);
  const patienceMs = sound.isGated ? silentAfterForGatesMs : silentAfterMs;
  if (sound.signal === 'silent' || at - noughtsSince < patienceMs) return { ...sound, noughtsSince };
  return { ...sound, noughtsSince, signal: 'silent', since: noughtsSince };
}

/** W44 */
export function afterVoice(sound: Sound, at: Instant): Sound {
  if (sound.signal === 'fine' && sound.noughtsSince === null) return sound;
  const wasPause = sound.noughtsSince !== null && at - sound.noughtsSince < longestPauseMs;
  const since = sound.signal === 'fine' ? sound.since : at;
  return { ...sound, signal: 'fine', since, noughtsSince: null, isGated: sound.isGated || wasPause };
}

/** W45: even silence is a few packets a second. */
export function afterSoundCount(sound: Sound, count: Count): Sound {
  const before = sound.coming;
  const coming = afterCount(before, count);
  const next = { ...sound, coming };
  // Where levels are told, something comes.
  if (sound.noughtsSince !== null) return next;
  if (sound.signal === 'fine') return isMissing(coming) ? { ...next, signal: 'silent', since: coming.nothingSince } : next;
  const comesAgain = before !== null && count.packets > before.latest.packets;
  return comesAgain ? { ...next, signal: 'fine', since: count.at } : next;
}

/** W46: what was counted and heard before a line was lost is no beginning of what comes after it. */
export function afterSoundGap(sound: Sound): Sound {
  return { ...sound, noughtsSince: sound.signal === 'fine' ? null : sound.noughtsSince, coming: null };
}
