// The days of a filter as instants, in the university's time zone.
import { addDays, instantAt } from '../../i18n/index.ts';

/** Undefined for an empty field. */
export function instantOf(day: string): number | undefined {
  return day === '' ? undefined : instantAt(day);
}

export function dayAfter(day: string): string {
  return day === '' ? '' : addDays(day, 1);
}
