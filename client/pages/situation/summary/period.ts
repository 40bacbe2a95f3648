// The day or the week of a summary: kept in the address.
import { addDays, instantAt, mondayOf } from '../../../i18n/index.ts';

export const lengths = ['day', 'week'] as const;

export type Period = {
  readonly by: (typeof lengths)[number];
  /** Its first day, ISO: of a week the Monday. */
  readonly from: string;
};

export function readPeriod(params: URLSearchParams, today: string): Period {
  const by = lengths.find((one) => one === params.get('by')) ?? 'day';
  return periodOf(by, dayOf(params.get('day')) ?? today);
}

/** Today and this week are left out: such an address shows the current one whenever it is opened. */
export function writePeriod({ by, from }: Period, today: string): Record<string, string> {
  return { ...(by === 'week' && { by }), ...(from !== periodOf(by, today).from && { day: from }) };
}

export function periodOf(by: Period['by'], day: string): Period {
  return { by, from: by === 'week' ? mondayOf(instantAt(day)) : day };
}

/** Both days belong to it. */
export function spanOf({ by, from }: Period): { readonly from: string; readonly to: string } {
  return { from, to: by === 'week' ? addDays(from, 6) : from };
}

function dayOf(text: string | null): string | undefined {
  if (text === null || !/^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(Date.parse(text))) return undefined;
  // 2026-02-30 is read as the 2nd of March, and is no day.
  return addDays(text, 0) === text ? text : undefined;
}
