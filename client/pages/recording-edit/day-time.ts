// A moment as the two fields of a form say it: a day and a time in the university's zone.
import { dayKey, instantAt, zonedTime } from '../../i18n/index.ts';

/** Both empty: no moment. */
export interface DayTime {
  readonly day: string;
  readonly time: string;
}

export const noMoment: DayTime = { day: '', time: '' };

export function dayTimeOf(instant: number | null): DayTime {
  if (instant === null) return noMoment;
  const { hour, minute } = zonedTime(instant);
  return { day: dayKey(instant), time: `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}` };
}

/** Null: no day. A day without a time begins at midnight. */
export function instantOf({ day, time }: DayTime): number | null {
  return day === '' ? null : instantAt(day, time === '' ? '00:00' : time);
}
