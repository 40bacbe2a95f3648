// Which part of the timetable is shown, kept in the address so that going back and sharing work.
import { useSearchParams } from 'react-router';
import { addDays, dayKey, instantAt, mondayOf } from '../../i18n/index.ts';
import type { Scope, Span } from './useLessons.ts';

export type View = 'day' | 'week';

export type Place = {
  readonly view: View;
  /** YYYY-MM-DD. */
  readonly day: string;
  readonly scope: Scope;
};

/** The place, and how to go to another; what is left out stays. */
export function usePlace(today: string, usual: Scope, mayAll: boolean): readonly [Place, (change: Partial<Place>) => void] {
  const [search, setSearch] = useSearchParams();
  const asked = search.get('day') ?? '';
  const place: Place = {
    view: search.get('view') === 'week' ? 'week' : 'day',
    day: isDay(asked) ? asked : today,
    scope: !mayAll ? 'mine' : search.get('scope') === 'all' ? 'all' : search.get('scope') === 'mine' ? 'mine' : usual,
  };
  const go = (change: Partial<Place>) => {
    const next = { ...place, ...change };
    const params = new URLSearchParams();
    if (next.view !== 'day') params.set('view', next.view);
    if (next.day !== today) params.set('day', next.day);
    if (next.scope !== usual) params.set('scope', next.scope);
    setSearch(params);
  };
  return [place, go];
}

/** What to ask the server for. One's own today also looks back for recordings and ahead for what comes next. */
export function spanOf({ view, day, scope }: Place, today: string): Span {
  if (view === 'week') {
    const monday = mondayOf(instantAt(day, '12:00'));
    return between(monday, addDays(monday, 7));
  }
  if (day === today && scope === 'mine') return between(addDays(day, -7), addDays(day, 15));
  return between(day, addDays(day, 1));
}

export function between(from: string, to: string): Span {
  return { from: instantAt(from), to: instantAt(to) };
}

function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) && dayKey(instantAt(text, '12:00')) === text;
}
