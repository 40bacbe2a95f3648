// What the picture of one person's lesson shows, lane by lane: presence and what broke it, and what was counted apart. Pure.
import type { CheckOutcome, Gap, RegisterRow } from '../../../server/contract/attendance.ts';

export type LaneId = 'presence' | 'checks' | 'hand' | 'microphone' | 'camera' | 'hidden' | 'lobby';

export type Mark = {
  readonly from: number;
  readonly to: number;
} & (
  | { readonly kind: 'present'; readonly lasts: boolean }
  | { readonly kind: 'gap'; readonly of: Gap['kind']; readonly forgiven: boolean; readonly back: boolean }
  /** A loss of the line that was over so soon that presence went on. */
  | { readonly kind: 'lapse' }
  | { readonly kind: 'check'; readonly outcome: CheckOutcome; readonly afterMs: number | null }
  | { readonly kind: 'span'; readonly lane: SpanLane }
);
export type Lane = { readonly id: LaneId; readonly marks: readonly Mark[] };

const spanLanes = ['hand', 'microphone', 'camera', 'hidden', 'lobby'] as const;
export type SpanLane = (typeof spanLanes)[number];

type Row = Pick<RegisterRow, 'intervals' | 'gaps' | 'lapses' | 'checks' | 'hidden' | 'lobby' | 'microphone' | 'camera' | 'hands'>;

/** Lanes with nothing in them are left out, but for presence. `until` ends the gap of who did not come back. */
export function lanesOf(row: Row, until: number): readonly Lane[] {
  const apart: Readonly<Record<SpanLane, RegisterRow['hands']>> = {
    hand: row.hands,
    microphone: row.microphone,
    camera: row.camera,
    hidden: row.hidden,
    lobby: row.lobby,
  };
  const lanes: Lane[] = [
    { id: 'presence', marks: [...presenceOf(row, until), ...lapsesOf(row)] },
    {
      id: 'checks',
      marks: row.checks.map(({ at, outcome, afterMs }) => ({ kind: 'check', from: at, to: at, outcome, afterMs })),
    },
    ...spanLanes.map((lane) => ({ id: lane, marks: apart[lane].map(({ from, to }): Mark => ({ kind: 'span', lane, from, to })) })),
  ];
  return lanes.filter(({ id, marks }) => id === 'presence' || marks.length > 0);
}

/** Stays and gaps in the order of time; a gap that begins after all is over is none that one could see. */
export function presenceOf({ intervals, gaps }: Pick<RegisterRow, 'intervals' | 'gaps'>, until: number): readonly Mark[] {
  const stays = intervals.map(({ from, to, endedBy }): Mark => ({ kind: 'present', from, to, lasts: endedBy === null }));
  const away = gaps
    .filter(({ from, to }) => to !== null || from < until)
    .map(
      ({ from, to, kind, forgiven }): Mark => ({
        kind: 'gap',
        of: kind,
        from,
        to: to ?? Math.max(from, until),
        forgiven,
        back: to !== null,
      }),
    );
  return [...stays, ...away].toSorted((a, b) => a.from - b.from || a.to - b.to);
}

function lapsesOf({ lapses }: Pick<RegisterRow, 'lapses'>): readonly Mark[] {
  return lapses.flatMap(({ from, to }): Mark[] => (to === null ? [] : [{ kind: 'lapse', from, to }]));
}

export type GapSum = { readonly kind: Gap['kind']; readonly count: number; readonly ms: number };

const gapKinds: readonly Gap['kind'][] = ['network', 'server', 'own', 'shown-out'];

/** How often and how long somebody was away, by kind. */
export function gapSums(gaps: readonly Gap[], until: number): readonly GapSum[] {
  const seen = gaps.filter(({ from, to }) => to !== null || from < until);
  return gapKinds
    .map((kind) => {
      const of = seen.filter((gap) => gap.kind === kind);
      return { kind, count: of.length, ms: of.reduce((sum, { from, to }) => sum + Math.max(0, (to ?? until) - from), 0) };
    })
    .filter(({ count }) => count > 0);
}
