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

export function spanText(date: Texts['date'], first: string, last: string): string {
  return first === last ? dayText(date, first) : `${dayText(date, first)} – ${dayText(date, last)}`;
}
