// What each step of the ladder lets through, and what it takes of a line.
import type { PersonId, TrackId } from '../contract/ids.ts';
import { LadderStep } from '../contract/ladder.ts';
import type { Detail, OfferedTrack, ShownTrack, Want } from './wanted.ts';

/** Beside the one who speaks and the teachers. */
const fewCameras = 3;

/** What flows at the least, in bits a second, all headers with it. */
const cameraBps = 130_000;
const screenBps = 350_000;
const screenLowBps = 130_000;
const voiceBps = 48_000;
const screenSoundBps = 120_000;
/** More seldom speak at once, and silence is not sent. */
const voicesAtOnce = 2;
/** Microphones are sent at this while somebody listens on the floor. */
export const floorSoundBps = 16_000;
const floorVoiceBps = 40_000;

/** Bits a second for still pictures, beside which a voice fits into the line. */
export const stillBpsOn = { stills: 64_000, floor: 14_000 } as const;
/** What a still picture may have, in bytes: on the floor it comes in a quarter of a minute. */
export const stillBytesOn = { stills: 60 * 1024, floor: 24 * 1024 } as const;

export const steps = LadderStep.options;

export function isStillStep(step: LadderStep): step is 'stills' | 'floor' {
  return step === 'stills' || step === 'floor';
}

/** Whether pictures move at all. */
export function movesOn(step: LadderStep): boolean {
  return !isStillStep(step);
}

export function lowerOf(one: LadderStep, other: LadderStep): LadderStep {
  return steps.indexOf(one) >= steps.indexOf(other) ? one : other;
}

/** L1: on the floor the teachers and who speaks, or spoke last; else everybody. */
export function isHeardOn(step: LadderStep, track: OfferedTrack, voice: PersonId | null): boolean {
  if (step !== 'floor') return true;
  return track.source === 'microphone' && (track.role === 'teacher' || track.personId === voice);
}

export function screenDetailOn(step: LadderStep): Detail {
  return step === 'screen-low' ? 'lowest' : 'highest';
}

export function camerasOn(step: LadderStep, shown: readonly ShownTrack[], voice: PersonId | null): ReadonlySet<TrackId> {
  const cameras = shown.map(({ track }) => track).filter(({ source }) => source === 'camera');
  const ids = (tracks: readonly OfferedTrack[]) => new Set(tracks.map(({ trackId }) => trackId));
  if (step === 'all') return ids(cameras);
  if (step !== 'fewer-cameras' && step !== 'speaker') return new Set();
  const live = cameras.filter((track) => track.live);
  const speaking = live.filter(({ personId }) => personId === voice);
  const teaching = live.filter((track) => track.role === 'teacher' && !speaking.includes(track));
  const others = live.filter((track) => !speaking.includes(track) && !teaching.includes(track));
  const ranked = [...speaking, ...teaching, ...others.slice(0, fewCameras)];
  return ids(step === 'speaker' ? ranked.slice(0, 1) : ranked.slice(0, fewCameras + 2));
}

/** The least that a step takes of the line, in bits a second. */
export function needOf(step: LadderStep, wanted: Iterable<Want>, stills: number): number {
  let voices = 0;
  let bps = isStillStep(step) && stills > 0 ? stillBpsOn[step] / 2 : 0;
  for (const { track, flows, tile } of wanted) {
    if (!flows || !track.live) continue;
    if (track.source === 'microphone') voices += 1;
    else if (track.source === 'screen-audio') bps += screenSoundBps;
    else if (track.source === 'camera') bps += cameraBps;
    else bps += tile?.detail === 'lowest' ? screenLowBps : screenBps;
  }
  return bps + Math.min(voices, voicesAtOnce) * (step === 'floor' ? floorVoiceBps : voiceBps);
}
