// The picture of a stay: a lane for each thing that was measured, bars along the time. Pure.
import { Severity, type Stay, type Step, stepMs, type TroubleKind } from '../../../server/contract/diagnosis.ts';
import { LadderStep } from '../../../server/contract/ladder.ts';
import { wayOf, ways } from './way.ts';

const laneIds = ['trouble', 'lossDown', 'lossUp', 'concealed', 'frozen', 'roundTrip', 'ladder', 'way'] as const;
export type LaneId = (typeof laneIds)[number];

export type Frame = { readonly from: number; readonly to: number };

/** `height` from 0 to 1. `level`: how bad what this lane shows was felt. */
export type Bar = Frame & { readonly height: number; readonly level: Severity | 'fine' };

export type Lane = {
  readonly id: LaneId;
  readonly bars: readonly Bar[];
  /** What the lane's full height means: a share, milliseconds, or nothing that has a number. */
  readonly top: number | null;
  /** Of what was measured; null: nothing was. */
  readonly least: number | null;
  readonly most: number | null;
};

/** A phone draws no more columns than these beside each other. */
const mostColumns = 240;
/** What was measured as nothing is still seen to have been measured. */
const floor = 0.03;

/** The time that the picture shows: all that is known, to the end of the last step. Null: nothing is known. */
export function frameOf({ steps, connections, events, now }: Pick<Stay, 'steps' | 'connections' | 'events' | 'now'>): Frame | null {
  const times = [
    ...steps.flatMap(({ at }) => [at, at + stepMs]),
    ...connections.flatMap(({ openedAt, closedAt }) => [openedAt, closedAt ?? now]),
    ...events.map(({ at }) => at),
  ];
  if (times.length === 0) return null;
  const from = Math.floor(Math.min(...times) / stepMs) * stepMs;
  return { from, to: Math.max(from + stepMs, Math.ceil(Math.max(...times) / stepMs) * stepMs) };
}

export function lanesOf(steps: readonly Step[], frame: Frame): readonly Lane[] {
  const columnMs = stepMs * Math.max(1, Math.ceil((frame.to - frame.from) / stepMs / mostColumns));
  const columns = Map.groupBy(steps, ({ at }) => frame.from + Math.floor((at - frame.from) / columnMs) * columnMs);
  return laneIds.map((id) => laneOf(id, columns, columnMs));
}

function laneOf(id: LaneId, columns: ReadonlyMap<number, readonly Step[]>, columnMs: number): Lane {
  const worst = [...columns].flatMap(([from, steps]) => {
    const values = steps.flatMap((step) => measureOf[id](step) ?? []);
    return values.length === 0 ? [] : [{ from, value: Math.max(...values), level: levelOf(id, steps) }];
  });
  const values = worst.map(({ value }) => value);
  const most = values.length > 0 ? Math.max(...values) : null;
  const top = topOf(id, most ?? 0);
  return {
    id,
    top: scales[id] ? top : null,
    least: values.length > 0 ? Math.min(...values) : null,
    most,
    bars: worst.map(({ from, value, level }) => ({
      ...{ from, to: from + columnMs, level },
      // More is worse everywhere but here, where less was sent.
      height: Math.max(floor, id === 'ladder' ? 1 - value / LadderStep.options.length : Math.min(1, value / top)),
    })),
  };
}

/** The higher, the worse. Null: not measured. */
const measureOf: Readonly<Record<LaneId, (step: Step) => number | null>> = {
  trouble: gradeOf,
  lossDown: ({ lossDown }) => lossDown,
  lossUp: ({ lossUp }) => lossUp,
  concealed: ({ device }) => device?.concealed ?? null,
  frozen: ({ device }) => (device === null || device.height === null ? null : device.frozenMs),
  roundTrip: ({ roundTripMs }) => roundTripMs,
  ladder: ({ ladder }) => LadderStep.options.indexOf(ladder),
  way: (step) => {
    const way = wayOf(step);
    return way === null ? null : ways.indexOf(way) + 1;
  },
};

function gradeOf({ severity }: Step): number {
  return severity === null ? 0 : Severity.options.indexOf(severity) + 1;
}

/** So that small troubles are seen and large ones fit: the first that is enough. */
const scales: Readonly<Partial<Record<LaneId, readonly number[]>>> = {
  lossDown: [0.05, 0.2, 1],
  lossUp: [0.05, 0.2, 1],
  concealed: [0.05, 0.2, 1],
  frozen: [stepMs],
  roundTrip: [200, 500, 2000, 10_000],
};

function topOf(id: LaneId, most: number): number {
  const scale = scales[id];
  if (scale) return scale.find((top) => top >= most) ?? most;
  return id === 'way' ? ways.length : Severity.options.length;
}

const kindOf: Readonly<Partial<Record<LaneId, TroubleKind>>> = {
  ...{ lossDown: 'loss', lossUp: 'loss', concealed: 'sound-gaps', frozen: 'frozen', roundTrip: 'delay', ladder: 'reduced' },
};

function levelOf(id: LaneId, steps: readonly Step[]): Bar['level'] {
  const kind = kindOf[id];
  if (id === 'way') return 'fine';
  const felt = steps.filter(({ kinds }) => kind === undefined || kinds.includes(kind)).map(({ severity }) => severity);
  return Severity.options.findLast((severity) => felt.includes(severity)) ?? 'fine';
}

/** Of several devices at the same moment, the one that had it worst. */
export function stepAt(steps: readonly Step[], at: number): Step | null {
  const there = steps.filter((step) => step.at <= at && at < step.at + stepMs);
  return there.toSorted((a, b) => gradeOf(b) - gradeOf(a))[0] ?? null;
}
