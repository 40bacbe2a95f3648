// From a picture's packets, and now and then the weight of its frames, to one word: shown, dark, or standing still. Nothing is decoded.
import type { Instant } from '../contract/ids.ts';
import type { LayerWeight, PictureWeight } from '../ports/media.ts';
import { afterCount, type Coming, type Count, isMissing } from './coming.ts';

/** A rate is taken over so much at the least: single seconds hold a key frame or none. */
const windowMs = 8_000;
/** Below this share of what it was when it was found fine, it may be fine no longer. */
const suspectShare = 0.6;
/** What is weighed again without need costs the worker requests, and the line a key frame. */
const pauseMs = { fine: 20_000, troubled: 8_000 } as const;
/** A troubled picture that grows by so much is weighed soon, any other of them now and then. */
const livelierTimes = 1.5;
const lookAgainMs = 30_000;

export interface Picture {
  readonly source: 'camera' | 'screen';
  readonly signal: 'fine' | 'black' | 'frozen';
  readonly since: Instant;
  readonly coming: Coming | null;
  /** Where the window over which its rate is taken begins. */
  readonly from: Count | null;
  /** Bytes a second when it was found as it is; where it was found fine, the most since then. Null before it was weighed. */
  readonly usual: number | null;
  readonly weighedAt: Instant | null;
  /** It was asked for a key frame then, and gave nothing at all. */
  readonly unansweredAt: Instant | null;
}

interface Look {
  readonly picture: Picture;
  /** Only its frames can say more: let it be weighed. */
  readonly isSuspect: boolean;
}

export function pictureFrom(source: 'camera' | 'screen', at: Instant): Picture {
  const unknown = { coming: null, from: null, usual: null, weighedAt: null, unansweredAt: null };
  return { source, signal: 'fine', since: at, ...unknown };
}

export function afterPictureCount(picture: Picture, count: Count): Look {
  const coming = afterCount(picture.coming, count);
  const next = { ...picture, coming };
  if (isMissing(coming)) return afterNothing(next, coming);
  const before = picture.coming?.latest ?? null;
  const hasGap = before === null || count.bytes < before.bytes || count.lineBytes <= before.lineBytes;
  // W46: what lies on both sides of a gap makes no rate.
  if (hasGap) return { picture: { ...next, from: count, unansweredAt: null }, isSuspect: false };
  const from = picture.from ?? before;
  const isWindow = count.at - from.at >= windowMs;
  const looked = { ...next, from: isWindow ? before : from, unansweredAt: null };
  if (picture.source === 'screen') return afterScreen(looked, rateOf(before, count), count.at);
  if (picture.signal !== 'fine') return afterTrouble(looked, before, count);
  return isWindow ? afterWindow(looked, rateOf(from, count), count.at) : { picture: looked, isSuspect: false };
}

/** `weight` is what came at `at`, of a picture that was suspected a few seconds before. */
export function afterWeight(picture: Picture, weight: PictureWeight, at: Instant): Picture {
  const weighed = { ...picture, weighedAt: at };
  if (weight.smallest === null && weight.largest === null) return { ...weighed, unansweredAt: picture.unansweredAt ?? at };
  const signal = picture.source === 'screen' ? 'fine' : signalOf(weight);
  const rate = picture.from && picture.coming ? rateOf(picture.from, picture.coming.latest) : null;
  if (signal === null) return { ...weighed, usual: rate };
  return { ...called(weighed, signal, signal === 'fine' ? at : (picture.from?.at ?? at)), usual: rate, unansweredAt: null };
}

/** W46 */
export function afterPictureGap(picture: Picture): Picture {
  return { ...picture, coming: null, from: null, unansweredAt: null };
}

/** W45: a key frame is asked for; what does not even give that is not there. */
function afterNothing(picture: Picture, { latest, nothingSince }: Coming): Look {
  const { unansweredAt, weighedAt, signal } = picture;
  if (unansweredAt !== null && signal !== 'frozen')
    return { picture: { ...called(picture, 'frozen', nothingSince), usual: 0 }, isSuspect: false };
  return { picture, isSuspect: isDue(weighedAt, latest.at, unansweredAt === null ? pauseMs.troubled : lookAgainMs) };
}

/** W49: what comes of a screen is enough. */
function afterScreen(picture: Picture, rate: number, at: Instant): Look {
  return { picture: rate > 0 ? called(picture, 'fine', at) : picture, isSuspect: false };
}

/** W44 */
function afterTrouble(picture: Picture, before: Count, count: Count): Look {
  const rate = rateOf(before, count);
  const { weighedAt, usual } = picture;
  // The key frame of the weighing itself is no sign of life.
  const isDisturbed = weighedAt !== null && weighedAt > before.at;
  const isLivelier = !isDisturbed && rate > (usual ?? 0) * livelierTimes;
  const next = isDisturbed ? picture : { ...picture, usual: Math.min(usual ?? rate, rate) };
  return { picture: next, isSuspect: isDue(weighedAt, count.at, isLivelier ? pauseMs.troubled : lookAgainMs) };
}

function afterWindow(picture: Picture, rate: number, at: Instant): Look {
  const { usual, weighedAt } = picture;
  // W50: each is weighed once, for a covered lens may give as many bytes as any other picture.
  if (usual === null || rate < usual * suspectShare) return { picture, isSuspect: isDue(weighedAt, at, pauseMs.fine) };
  return { picture: { ...picture, usual: Math.max(usual, rate) }, isSuspect: false };
}

function called(picture: Picture, signal: Picture['signal'], since: Instant): Picture {
  return signal === picture.signal ? picture : { ...picture, signal, since };
}

const isDue = (last: Instant | null, at: Instant, pause: number): boolean => last === null || at - last >= pause;

function rateOf(from: Count, to: Count): number {
  return ((to.bytes - from.bytes) / Math.max(1, to.at - from.at)) * 1000;
}

/**
 * Of a key frame of the smallest layer, by its blocks of 16×16: there the noise of a covered sensor is averaged away. Measured with Chromium's
 * H.264 at 240×135 (135 blocks): black 127 bytes, covered 128 and 154, one colour 162, a bare white wall 238, all else above 1,600.
 */
const darkBytes = { fixed: 80, perBlock: 0.8 } as const;
/**
 * Of a frame of the largest layer: smaller ones lose the noise of a sensor, and tell nothing. Measured at 960×540 (2,040 blocks): within 12
 * frames after a key frame a picture that stands is as sharp as it can be, and each frame is like the one before to the byte (15 to 112 of
 * them); the faintest noise makes them differ, and more of it takes 900 and more for seconds.
 */
const stillBytes = { fixed: 30, perBlock: 0.1 } as const;
const stillFromWidth = 640;
const settlesWithinFrames = 16;
const stillForFrames = 12;
/** Cameras in the dark, and on the thinnest lines, give more than this in the seconds of a sample. */
const fewestFrames = 3;

/** Null: cannot be told. */
function signalOf({ smallest, largest }: PictureWeight): Picture['signal'] | null {
  if (smallest !== null && smallest.keyFrame <= mostOf(darkBytes, smallest)) return 'black';
  if (largest === null || largest.width < stillFromWidth) return smallest === null ? null : 'fine';
  return largest.frames.length < fewestFrames || stands(largest) ? 'frozen' : 'fine';
}

function stands(layer: LayerWeight): boolean {
  const most = mostOf(stillBytes, layer);
  let sinceKey = 0;
  let alike = 0;
  for (const [index, bytes] of layer.frames.entries()) {
    // Others ask for key frames too.
    const isKey = bytes > layer.keyFrame / 2;
    sinceKey = isKey ? 0 : sinceKey + 1;
    alike = !isKey && bytes <= most && bytes === layer.frames[index - 1] ? alike + 1 : 0;
    if (alike >= stillForFrames && sinceKey - alike <= settlesWithinFrames) return true;
  }
  return false;
}

function mostOf({ fixed, perBlock }: typeof darkBytes | typeof stillBytes, { width, height }: LayerWeight): number {
  return fixed + perBlock * Math.ceil(width / 16) * Math.ceil(height / 16);
}
