// Loudness as EBU R 128 measures it: what ffmpeg's meter says, how loud a voice is as a whole, and when it speaks. Pure.
import { joined, type Span } from '../../contract/watching-time.ts';

/** The loudness of the 400 ms that end at `atMs`; one every 100 ms. LUFS. */
export interface Momentary {
  readonly atMs: number;
  readonly lufs: number;
}

const momentary = /\bt:\s*(-?[\d.]+)\s+TARGET.*?\bM:\s*(-?[\d.]+|-?inf|nan)/;
const integrated = /^\s+I:\s+(-?[\d.]+) LUFS/;
/** What the meter says of silence. */
const silent = -70;

export function readMomentary(line: string): Momentary | null {
  const found = momentary.exec(line);
  if (!found) return null;
  const lufs = Number(found[2]);
  return { atMs: Number(found[1]) * 1000, lufs: Number.isFinite(lufs) ? lufs : -120 };
}

/** Of the summary at the end; null: silent throughout. */
export function readIntegrated(lines: readonly string[]): number | null {
  const value = lines.map((line) => integrated.exec(line)?.[1]).findLast((text) => text !== undefined);
  return value === undefined || Number(value) <= silent ? null : Number(value);
}

const offset = -0.691;
const energyOf = (lufs: number): number => 10 ** ((lufs - offset) / 10);
const lufsOf = (energy: number): number => offset + 10 * Math.log10(energy);
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Gated twice (ITU-R BS.1770, annex 1): silence does not count, nor what is ten units below the rest. Null: silent throughout. */
export function integratedOf(blocks: readonly Momentary[]): number | null {
  const heard = blocks.filter(({ lufs }) => lufs > silent).map(({ lufs }) => energyOf(lufs));
  if (heard.length === 0) return null;
  const gate = mean(heard) / 10;
  return lufsOf(mean(heard.filter((energy) => energy >= gate)));
}

/** Of pieces that follow each other; those that are silent throughout do not count. */
export function loudnessOfPieces(pieces: readonly { readonly samples: number; readonly lufs: number | null }[]): number | null {
  let energy = 0;
  let samples = 0;
  for (const piece of pieces) {
    if (piece.lufs === null) continue;
    energy += energyOf(piece.lufs) * piece.samples;
    samples += piece.samples;
  }
  return samples === 0 ? null : lufsOf(energy / samples);
}

const blockMs = 400;
/** Quieter than this is breath and fans, whoever speaks. */
const leastLufs = -50;
/** Below a voice's own loudness: the ends of words. */
const belowOwn = 14;
/** A click or a cough fills one or two blocks and no more. */
const leastSpeechMs = 700;
const breathMs = 600;

/** Class time, in order; what is around a word is within it, so that none is cut short where silence is skipped. */
export function speechOf(blocks: readonly Momentary[]): Span[] {
  const own = integratedOf(blocks);
  if (own === null) return [];
  const threshold = Math.max(leastLufs, own - belowOwn);
  const loud = blocks
    .filter(({ lufs }) => lufs >= threshold)
    .map(({ atMs }) => ({ fromMs: Math.max(0, Math.round(atMs - blockMs)), toMs: Math.round(atMs) }));
  return joined(
    joined(loud, 0).filter(({ fromMs, toMs }) => toMs - fromMs >= leastSpeechMs),
    breathMs,
  );
}

const targetLufs = -20;
const mostDb = 20;

/** What brings a voice to the loudness of all; a whisper is not made a shout of noise. */
export const gainOf = (lufs: number): number => Math.round(Math.max(-mostDb, Math.min(mostDb, targetLufs - lufs)) * 10) / 10;
