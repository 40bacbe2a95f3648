// Where the bars of the forecast stand and which need someone. Pure; lengths are parts of 1.
import type { CapacityView } from '../../../../server/contract/capacity.ts';

export type Quarter = CapacityView['quarters'][number];
export type QuarterState = 'fine' | 'near' | 'over';

/** As the server tells administrators of them. */
const nearShare = 0.8;
const overShare = 1;
/** The line of what is planned for always lies within the picture. */
const leastTop = 1.2;

export function stateOf({ share }: Pick<Quarter, 'share'>): QuarterState {
  if (share >= overShare) return 'over';
  return share >= nearShare ? 'near' : 'fine';
}

/** From below: how high each bar is, and the line of what is planned for. */
export function barsOf(quarters: readonly Quarter[]) {
  const top = Math.max(leastTop, ...quarters.map(({ share }) => share * 1.05));
  return {
    bars: quarters.map((quarter) => ({ quarter, state: stateOf(quarter), height: quarter.share / top })),
    lineAt: overShare / top,
  };
}

/** Null when nothing is expected. */
export function fullestOf(quarters: readonly Quarter[]): Quarter | null {
  const [fullest] = quarters.toSorted((a, b) => b.share - a.share || a.startsAt - b.startsAt);
  return fullest === undefined || fullest.lessons === 0 ? null : fullest;
}
