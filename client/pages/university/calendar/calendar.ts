// Saves parts of the academic calendar, and writes its days out.
import { type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query';
import { instantAt, type Texts } from '../../../i18n/index.ts';
import { announce } from '../../../ui/live.ts';
import { calendarKey } from '../../timetable/calendar.ts';
import { lessonsKey } from '../../timetable/useLessons.ts';

async function calendarChanged(client: QueryClient): Promise<void> {
  await Promise.all([[calendarKey], [lessonsKey]].map((queryKey) => client.invalidateQueries({ queryKey })));
}

/** Saves something of the calendar; `said` is announced when it is done. */
export function useCalendarSave<Draft>(send: (draft: Draft) => Promise<unknown>, said: string, onDone: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: send,
    onSuccess: async () => {
      announce(said);
      await calendarChanged(client);
      onDone();
    },
  });
}

/** A day without a time: noon is the same day in every zone nearby. */
export function dayText(date: Texts['date'], day: string): string {
  return date(instantAt(day, '12:00'));
}

/** The year is said once, where the language has it: before the day in Kazakh, after it elsewhere. */
export function spanText({ date, language }: Pick<Texts, 'date' | 'language'>, first: string, last: string): string {
  if (first === last) return dayText(date, first);
  const oneYear = first.slice(0, 4) === last.slice(0, 4);
  const short = (day: string) => date(instantAt(day, '12:00'), 'dayMonth');
  const begin = oneYear && language !== 'kk' ? short(first) : dayText(date, first);
  const end = oneYear && language === 'kk' ? short(last) : dayText(date, last);
  return `${begin} – ${end}`;
}
