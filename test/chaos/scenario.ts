// What a scenario of the chaos suite is, and what one round of it has shown.
import type { Class } from './support/class.ts';
import type { DatabaseKind, World, WorldOptions } from './support/world.ts';

export interface Scenario {
  readonly name: string;
  /** One sentence for whoever reads the table. */
  readonly says: string;
  readonly databases: readonly DatabaseKind[];
  readonly world?: Omit<WorldOptions, 'database' | 'seed'>;
  /** Why it cannot be had on this machine; null: it can. */
  skip?(): string | null;
  /** Whom it may touch: all notice that the server is gone, only what is struck itself, or nobody at all. */
  readonly touches: 'everybody' | 'the-struck' | 'nobody';
  /** The longest that people of the struck class may go without an answer or without sound meanwhile; null: as long as it takes. */
  readonly silenceMs: number | null;
  /** Breaks something and, where that does not end by itself, mends it. Resolves when it is over; `classes[0]` is struck. */
  strike(world: World, classes: readonly Class[]): Promise<Struck>;
}

export interface Struck {
  /** Of `performance.now()`; missing: when `strike` resolved. */
  readonly overAt?: number;
  /** Whom it hit, when chance decides; missing: the first. */
  readonly hit?: readonly Class[];
  /** What only this scenario can see to be wrong. */
  readonly faults?: readonly string[];
  /** What is worth a word in the table. */
  readonly note?: string;
}

export interface Round {
  /** From when it was over until everybody is answered and hears again. */
  readonly recoveredMs: number;
  /** In the struck class, while it lasted and afterwards. */
  readonly answerMs: number;
  readonly gapMs: number;
  /** In the other classes. */
  readonly othersAnswerMs: number;
  readonly othersGapMs: number;
  readonly othersCut: number;
  readonly lost: readonly string[];
  readonly heapBytes: readonly [before: number, after: number];
  readonly rssBytes: readonly [before: number, after: number];
  readonly handles: readonly [before: number, after: number];
  readonly note: string;
}

/** Rules H24 to H27, with what a busy machine needs. */
export const bounds = {
  recoveredMs: 5000,
  /** Others may wait as long as they did before anything was struck, and half a second at least. */
  othersMs: 1500,
  heapGrowthBytes: 12_000_000,
  rssGrowthBytes: 80_000_000,
  handlesGrowth: 6,
} as const;

/** Each a sentence about a rule that was broken. `calmMs`: the longest that anybody waited while nothing was struck. */
export function brokenBy({ touches, silenceMs }: Scenario, round: Round, calmMs: number): string[] {
  const broken: string[] = [];
  const ms = (value: number) => `${Math.round(value)} ms`;
  const calm = Math.max(bounds.othersMs, 3 * calmMs);
  if (round.recoveredMs > bounds.recoveredMs) broken.push(`back only after ${ms(round.recoveredMs)}`);
  if (silenceMs !== null && round.answerMs > silenceMs + calmMs) broken.push(`an answer took ${ms(round.answerMs)}`);
  if (silenceMs !== null && round.gapMs > silenceMs + calmMs) broken.push(`the sound was gone for ${ms(round.gapMs)}`);
  if (touches !== 'everybody') {
    if (round.othersAnswerMs > calm) broken.push(`others waited ${ms(round.othersAnswerMs)} for an answer`);
    if (round.othersGapMs > calm) broken.push(`others heard nothing for ${ms(round.othersGapMs)}`);
    if (round.othersCut > 0) broken.push(`others lost their line ${round.othersCut} times`);
  }
  broken.push(...round.lost);
  const grown = ([before, after]: readonly [number, number]) => after - before;
  if (grown(round.heapBytes) > bounds.heapGrowthBytes) broken.push(`the heap grew by ${Math.round(grown(round.heapBytes) / 1e6)} MB`);
  if (grown(round.rssBytes) > bounds.rssGrowthBytes) broken.push(`the memory grew by ${Math.round(grown(round.rssBytes) / 1e6)} MB`);
  if (grown(round.handles) > bounds.handlesGrowth) broken.push(`${grown(round.handles)} handles were left open`);
  return broken;
}
