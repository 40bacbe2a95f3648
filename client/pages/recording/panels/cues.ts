// What an editor does to cues: pure steps from one list to the next. All times are of class time.
import type { Cue } from '../../../../server/contract/recording-page.ts';

/** Has an id of the editor's, so that a cue stays the same while it moves. */
export type DraftCue = Cue & { readonly id: number };

export type CueFault = 'no-text' | 'too-long' | 'ends-before-it-begins';

const newCueMs = 3000;
const shortestMs = 300;
const longestText = 1000;

export const sorted = (cues: readonly DraftCue[]): readonly DraftCue[] => cues.toSorted((a, b) => a.fromMs - b.fromMs || a.id - b.id);

export function drafted(cues: readonly Cue[]): readonly DraftCue[] {
  return cues.map((cue, index) => ({ ...cue, id: index + 1 }));
}

export function faultOf({ fromMs, toMs, text }: Cue): CueFault | null {
  if (text.trim() === '') return 'no-text';
  if (text.trim().length > longestText) return 'too-long';
  return toMs <= fromMs ? 'ends-before-it-begins' : null;
}

export function nextId(cues: readonly DraftCue[]): number {
  return Math.max(0, ...cues.map(({ id }) => id)) + 1;
}

export function changed(cues: readonly DraftCue[], id: number, change: Partial<Cue>): readonly DraftCue[] {
  return sorted(cues.map((cue) => (cue.id === id ? { ...cue, ...change } : cue)));
}

/** An empty one at the moment, up to the next. */
export function added(cues: readonly DraftCue[], atMs: number): { readonly cues: readonly DraftCue[]; readonly id: number } {
  const id = nextId(cues);
  const next = cues.find(({ fromMs }) => fromMs > atMs)?.fromMs ?? Infinity;
  const toMs = Math.max(atMs + shortestMs, Math.min(atMs + newCueMs, next));
  return { cues: sorted([...cues, { id, fromMs: atMs, toMs, text: '' }]), id };
}

export function removed(cues: readonly DraftCue[], id: number): readonly DraftCue[] {
  return cues.filter((cue) => cue.id !== id);
}

/**
 * In two: the text before and after `at`, or at the blank nearest to the middle; the time at the moment where that lies inside, else
 * as the lengths of the texts say. Null when there are no two words.
 */
export function split(cues: readonly DraftCue[], id: number, at: number | null, momentMs: number): readonly DraftCue[] | null {
  const cue = cues.find((one) => one.id === id);
  if (!cue) return null;
  const place = at !== null && at > 0 && at < cue.text.length ? at : middleOf(cue.text);
  if (place === null) return null;
  const [first, second] = [cue.text.slice(0, place).trim(), cue.text.slice(place).trim()];
  if (first === '' || second === '') return null;
  const share = Math.round(cue.fromMs + ((cue.toMs - cue.fromMs) * first.length) / (first.length + second.length));
  const isInside = momentMs > cue.fromMs + shortestMs && momentMs < cue.toMs - shortestMs;
  const joinMs = isInside ? momentMs : share;
  const parts = [
    { ...cue, toMs: joinMs, text: first },
    { id: nextId(cues), fromMs: joinMs, toMs: cue.toMs, text: second },
  ];
  return sorted([...removed(cues, id), ...parts]);
}

function middleOf(text: string): number | null {
  const blanks = [...text.matchAll(/\s+/g)].map(({ index }) => index);
  const middle = text.length / 2;
  return blanks.toSorted((a, b) => Math.abs(a - middle) - Math.abs(b - middle))[0] ?? null;
}

/** The latest that has begun and not ended. */
export function cueAt<T extends Cue>(cues: readonly T[], atMs: number): T | undefined {
  return cues.findLast(({ fromMs, toMs }) => fromMs <= atMs && atMs < toMs);
}

/** All that are to be read at the moment, the earlier one above. */
export function cuesAt(cues: readonly Cue[], atMs: number): readonly Cue[] {
  return cues.filter(({ fromMs, toMs }) => fromMs <= atMs && atMs < toMs);
}

/** 12:40.5 or 1:02:03.25, as a person writes it; undefined when it is no time. */
export function readTime(text: string): number | undefined {
  const match = /^\s*(?:(\d{1,3}):)?(\d{1,3}):([0-5]?\d)(?:[.,](\d{1,3}))?\s*$/.exec(text);
  if (!match) return undefined;
  const [, hours = '0', minutes = '0', seconds = '0', part = ''] = match;
  if (match[1] !== undefined && Number(minutes) > 59) return undefined;
  return ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000 + Number(part.padEnd(3, '0'));
}

/** As `readTime` reads it: to the tenth of a second, or as exact as it is. */
export function writeTime(ms: number): string {
  const whole = Math.floor(ms / 1000);
  const two = (value: number) => String(value).padStart(2, '0');
  const [hours, minutes, seconds] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const part = String(Math.round(ms) % 1000)
    .padStart(3, '0')
    .replace(/0{1,2}$/, '');
  return `${hours > 0 ? `${hours}:` : ''}${two(minutes)}:${two(seconds)}.${part}`;
}
