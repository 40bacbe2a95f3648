// A stay told in order: what happened, and the stretches between in which all stayed alike. Pure.
import type { Severity, Stay, StayEvent, Step, TroubleKind, WorstFigures } from '../../../server/contract/diagnosis.ts';
import { Severity as Severities, stepMs, TroubleKind as TroubleKinds } from '../../../server/contract/diagnosis.ts';
import { LadderStep } from '../../../server/contract/ladder.ts';
import { type WayId, wayOf } from './way.ts';

export type Stretch = {
  readonly kind: 'stretch';
  readonly at: number;
  readonly to: number;
  readonly connection: number;
  /** None: all was well. */
  readonly kinds: readonly TroubleKind[];
  readonly severity: Severity | null;
  readonly worst: WorstFigures;
  readonly isChosen: boolean;
  readonly way: WayId | null;
};
export type Row = Stretch | { readonly kind: 'event'; readonly at: number; readonly event: StayEvent };

/** A pause so short is part of the stretch around it, as the server sees trouble too. */
const pauseMs = 3 * stepMs;

export function storyOf({ steps, events }: Pick<Stay, 'steps' | 'events'>): readonly Row[] {
  const stretches = [...Map.groupBy(steps, ({ connection }) => connection).values()].flatMap(stretchesOf);
  const happened = events.map((event): Row => ({ kind: 'event', at: event.at, event }));
  // Of two at one moment, what happened comes before what it led to.
  return [...happened, ...stretches].toSorted((a, b) => a.at - b.at);
}

function stretchesOf(steps: readonly Step[]): readonly Stretch[] {
  const runs: Step[][] = [];
  for (const step of steps.toSorted((a, b) => a.at - b.at)) {
    const run = runs.at(-1);
    const before = run?.at(-1);
    if (run && before && step.at - before.at <= pauseMs && keyOf(step) === keyOf(before)) run.push(step);
    else runs.push([step]);
  }
  return runs.flatMap(stretchOf);
}

/** What makes another stretch: trouble or none, what was sent and why, and the way. Which trouble it was may change from step to step. */
function keyOf(step: Step): string {
  const { severity, ladder, ladderWhy } = step;
  return `${severity !== null} ${ladder} ${ladder === 'all' ? '' : ladderWhy} ${wayOf(step)}`;
}

function stretchOf(run: readonly Step[]): readonly Stretch[] {
  const [first, last] = [run[0], run.at(-1)];
  if (!first || !last) return [];
  const severities = run.map(({ severity }) => severity);
  return [
    {
      ...{ kind: 'stretch', at: first.at, to: last.at + stepMs, connection: first.connection },
      kinds: TroubleKinds.options.filter((kind) => run.some(({ kinds }) => kinds.includes(kind))),
      severity: Severities.options.findLast((severity) => severities.includes(severity)) ?? null,
      worst: worstOfSteps(run),
      isChosen: first.ladder !== 'all' && first.ladderWhy === 'chosen',
      way: wayOf(first),
    },
  ];
}

function worstOfSteps(run: readonly Step[]): WorstFigures {
  const most = (pick: (step: Step) => number | null | undefined): number | null => {
    const values = run.flatMap((step) => pick(step) ?? []);
    return values.length === 0 ? null : Math.max(...values);
  };
  const sum = (pick: (step: Step) => number | undefined): number => run.reduce((total, step) => total + (pick(step) ?? 0), 0);
  return {
    lossDown: most(({ lossDown }) => lossDown),
    lossUp: most(({ lossUp }) => lossUp),
    roundTripMs: most(({ roundTripMs }) => roundTripMs),
    jitterMs: most(({ jitterMs, device }) => Math.max(jitterMs ?? 0, device?.jitterMs ?? 0)),
    concealed: most(({ device }) => device?.concealed),
    freezes: sum(({ device }) => device?.freezes),
    frozenMs: sum(({ device }) => device?.frozenMs),
    // Losses of the line are told as what happened.
    drops: 0,
    ladder: LadderStep.options.findLast((ladder) => run.some((step) => step.ladder === ladder)) ?? 'all',
  };
}
