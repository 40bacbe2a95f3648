// How many people are sent how much, as those who may see the lines know it.
import { LadderStep } from '../../../../server/contract/ladder.ts';
import type { LineQuality } from '../../../../server/contract/media.ts';

export interface StepCount {
  readonly step: LadderStep;
  readonly people: number;
}

/** Most first; steps on which nobody is are left out. */
export function stepCounts(lines: Iterable<Pick<LineQuality, 'step'>>): readonly StepCount[] {
  const all = [...lines];
  return LadderStep.options
    .map((step) => ({ step, people: all.filter((line) => line.step === step).length }))
    .filter(({ people }) => people > 0);
}

/** Those who are sent less than everything. */
export function weakCount(lines: Iterable<Pick<LineQuality, 'step'>>): number {
  let count = 0;
  for (const { step } of lines) if (step !== 'all') count += 1;
  return count;
}
