// From single steps to the stretches in which a person had trouble. Rule Z7; pure.
import { type Severity, stepMs, TroubleKind, type WorstFigures } from '../contract/diagnosis.ts';
import type { Instant } from '../contract/ids.ts';
import { LadderStep } from '../contract/ladder.ts';
import { judgeStep, severityNumber, worstOf } from './judge.ts';
import { type MinuteOfSteps, type StepFigures, stepAt } from './steps.ts';

/** One device’s minute. */
export interface StepsOfMinute {
  /** The device in this class. */
  readonly line: number;
  readonly minute: number;
  readonly worker: number | null;
  readonly steps: MinuteOfSteps;
}

export interface TroubledStep {
  readonly at: Instant;
  readonly line: number;
  readonly worker: number | null;
  readonly kinds: readonly TroubleKind[];
  readonly severity: Severity;
  readonly figures: StepFigures;
}

export interface Stretch {
  readonly from: Instant;
  readonly to: Instant;
  readonly kinds: readonly TroubleKind[];
  readonly severity: Severity;
  readonly worst: WorstFigures;
  /** The first of the worst. */
  readonly worstStep: TroubledStep;
  /** At least one. */
  readonly steps: readonly TroubledStep[];
}

/** Z7 */
const longestPauseMs = 3 * stepMs;

export function troubledSteps({ line, minute, worker, steps }: StepsOfMinute): TroubledStep[] {
  return steps.flatMap((figures, slot) => {
    const { kinds, severity } = judgeStep(figures);
    return figures === null || severity === null ? [] : [{ at: stepAt(minute, slot), line, worker, kinds, severity, figures }];
  });
}

/** Of one person in one lesson, whatever the devices; in the order of time. */
export function stretchesOf(steps: readonly TroubledStep[]): Stretch[] {
  const stretches: [TroubledStep, ...TroubledStep[]][] = [];
  for (const step of steps.toSorted((a, b) => a.at - b.at)) {
    const open = stretches.at(-1);
    const last = open?.at(-1);
    if (open !== undefined && last !== undefined && step.at - (last.at + stepMs) <= longestPauseMs) open.push(step);
    else stretches.push([step]);
  }
  return stretches.map(stretchOf);
}

function stretchOf(steps: readonly [TroubledStep, ...TroubledStep[]]): Stretch {
  const [first] = steps;
  const kinds = new Set(steps.flatMap((step) => step.kinds));
  const worstStep = steps.reduce((worst, step) => (severityNumber(step.severity) > severityNumber(worst.severity) ? step : worst), first);
  return {
    from: first.at,
    to: Math.max(...steps.map(({ at }) => at)) + stepMs,
    kinds: TroubleKind.options.filter((kind) => kinds.has(kind)),
    severity: worstOf(steps.map(({ severity }) => severity)) ?? first.severity,
    worst: worstFigures(steps),
    ...{ worstStep, steps },
  };
}

function worstFigures(steps: readonly TroubledStep[]): WorstFigures {
  const most = (of: (figures: StepFigures) => number | null | undefined): number | null => {
    const known = steps.flatMap(({ figures }) => of(figures) ?? []);
    return known.length === 0 ? null : Math.max(...known);
  };
  const sum = (of: (figures: StepFigures) => number | undefined): number =>
    steps.reduce((total, { figures }) => total + (of(figures) ?? 0), 0);
  const lowest = Math.max(...steps.map(({ figures }) => LadderStep.options.indexOf(figures.ladder)));
  return {
    lossDown: most(({ server }) => server?.lossDown),
    lossUp: most(({ server }) => server?.lossUp),
    roundTripMs: most(({ server }) => server?.roundTripMs),
    jitterMs: most(({ server, device }) => worse(server?.jitterMs, device?.heard?.jitterMs)),
    concealed: most(({ device }) => device?.heard?.concealed),
    freezes: sum(({ device }) => device?.seen?.freezes),
    frozenMs: sum(({ device }) => device?.seen?.frozenMs),
    drops: dropsOf(steps),
    ladder: LadderStep.options[lowest] ?? 'all',
  };
}

function worse(one: number | null | undefined, other: number | null | undefined): number | null {
  return one == null ? (other ?? null) : Math.max(one, other ?? 0);
}

/** A loss that spans several steps is one. */
function dropsOf(steps: readonly TroubledStep[]): number {
  const lost = new Set(steps.filter(({ figures }) => figures.lost !== null).map(({ line, at }) => `${line} ${at}`));
  return steps.filter(({ figures, line, at }) => figures.lost !== null && !lost.has(`${line} ${at - stepMs}`)).length;
}
