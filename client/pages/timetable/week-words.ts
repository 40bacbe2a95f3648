// A week in words: from when to when, and which of the term.
import { addDays, instantAt, type Texts } from '../../i18n/index.ts';
import type { TermWeek } from './calendar.ts';

/** The years are said only where they are not this one. */
export function weekWords(monday: string, today: string, termWeek: TermWeek | undefined, { t, date }: Pick<Texts, 't' | 'date'>): string {
  const sunday = addDays(monday, 6);
  const year = today.slice(0, 4);
  const style = monday.startsWith(year) && sunday.startsWith(year) ? 'dayMonth' : 'long';
  const days = `${date(instantAt(monday), style)} – ${date(instantAt(sunday), style)}`;
  return termWeek ? `${days} · ${termWeekWords(termWeek, { t })}` : days;
}

export function termWeekWords({ number, parity }: TermWeek, { t }: Pick<Texts, 't'>): string {
  return t('timetable.termWeek', { n: number, parity });
}
