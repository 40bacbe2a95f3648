// The axis of time under the pictures of a lesson: where an instant lies, and which times are written out. Pure.
import { zonedTime } from '../../i18n/index.ts';

export type Axis = { readonly from: number; readonly to: number };

const minuteMs = 60_000;
/** Minutes between two written times. */
const steps = [1, 2, 5, 10, 15, 20, 30, 60, 120, 240] as const;

/** From 0 to 100; what lies outside is drawn at the edge. */
export function percentAt({ from, to }: Axis, at: number): number {
  return Math.min(Math.max(0, (at - from) / Math.max(1, to - from)), 1) * 100;
}

/** Round times of the university's clock, at most so many. */
export function ticksOf({ from, to }: Axis, most = 6): readonly number[] {
  const step = steps.find((minutes) => (to - from) / (minutes * minuteMs) < most) ?? 480;
  const { hour, minute, second } = zonedTime(from);
  const sinceMidnight = (hour * 60 + minute) * minuteMs + second * 1000;
  const stepMs = step * minuteMs;
  const first = Math.floor(from / 1000) * 1000 + Math.ceil(sinceMidnight / stepMs) * stepMs - sinceMidnight;
  const ticks: number[] = [];
  for (let at = first < from ? first + stepMs : first; at <= to; at += stepMs) ticks.push(at);
  return ticks;
}
