// Days that are not as usual: holidays, examinations, days that are taught as others.
import type { CalendarDay } from '../../../server/contract/calendar.ts';
import { type Texts, useText } from '../../i18n/index.ts';
import { HolidayIcon } from '../../ui/icons.ts';
import './SpecialDays.css';

export function SpecialDays({ days }: { readonly days: readonly CalendarDay[] }) {
  const texts = useText();
  if (days.length === 0) return null;
  return (
    <ul className="special-days">
      {days.map((day) => (
        <li key={day.id}>
          <HolidayIcon />
          <span>
            <strong>{day.name}.</strong> {specialWords(day, texts)}
          </span>
        </li>
      ))}
    </ul>
  );
}

export function specialWords({ kind, taughtAs }: Pick<CalendarDay, 'kind' | 'taughtAs'>, { t }: Pick<Texts, 't'>): string {
  if (kind !== 'moved' || !taughtAs) return t(kind === 'moved' ? 'timetable.special.other' : `timetable.special.${kind}`);
  return t('timetable.special.moved', { weekday: String(taughtAs.weekday), week: taughtAs.week });
}
