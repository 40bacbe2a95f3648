// The seven days of a week by name.
import { instantAt, type Texts } from '../../../i18n/index.ts';

/** 1 is Monday. */
export const weekdays = [1, 2, 3, 4, 5, 6, 7] as const;

/** Any week will do: 5 January 2026 is a Monday. */
export function weekdayName(weekday: Texts['weekday'], number: number, style?: 'long' | 'short'): string {
  const name = weekday(instantAt(`2026-01-${String(4 + number).padStart(2, '0')}`, '12:00'), style);
  return name.charAt(0).toLocaleUpperCase() + name.slice(1);
}
