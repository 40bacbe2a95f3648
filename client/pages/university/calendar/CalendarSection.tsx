// The academic calendar: years with their terms, days that are not as usual, and the bells.
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { AcademicYear, BellSchedule, CalendarDay, Term } from '../../../../server/contract/calendar.ts';
import { LoadFailure } from '../../../app/LoadFailure.tsx';
import { useSession } from '../../../app/session.tsx';
import { useText } from '../../../i18n/index.ts';
import { Skeleton } from '../../../ui/Skeleton.tsx';
import { calendarQuery } from '../../timetable/calendar.ts';
import { BellForm } from './BellForm.tsx';
import { Bells } from './Bells.tsx';
import { DayForm } from './DayForm.tsx';
import { Days } from './Days.tsx';
import { TermForm, YearForm } from './YearForm.tsx';
import { Years } from './Years.tsx';
import './CalendarSection.css';

type Open =
  | { readonly what: 'year'; readonly year: AcademicYear | null }
  | { readonly what: 'term'; readonly year: AcademicYear; readonly term: Term | null }
  | { readonly what: 'day'; readonly day: CalendarDay | null }
  | { readonly what: 'bells'; readonly schedule: BellSchedule | null };

export default function CalendarSection() {
  const { t } = useText();
  const { hasRole } = useSession();
  const { data: calendar, error, refetch } = useQuery(calendarQuery);
  const [open, setOpen] = useState<Open | null>(null);
  const close = () => setOpen(null);
  if (error) return <LoadFailure error={error} title={t('calendar.failed')} onRetry={() => void refetch()} />;
  if (calendar === undefined) return <Skeleton height="24rem" />;
  const mayAll = hasRole('administrator');
  return (
    <div className="calendar">
      <p className="university-note">{t('calendar.lead')}</p>
      <Years
        years={calendar.years}
        mayEdit={mayAll}
        onYear={(year) => setOpen({ what: 'year', year })}
        onTerm={(year, term) => setOpen({ what: 'term', year, term })}
      />
      <Days days={calendar.days} mayEditAll={mayAll} onDay={(day) => setOpen({ what: 'day', day })} />
      <Bells schedules={calendar.schedules} mayEdit={mayAll} onSchedule={(schedule) => setOpen({ what: 'bells', schedule })} />
      {open?.what === 'year' ? <YearForm year={open.year} onClose={close} /> : null}
      {open?.what === 'term' ? <TermForm year={open.year} term={open.term} onClose={close} /> : null}
      {open?.what === 'day' ? <DayForm day={open.day} onClose={close} /> : null}
      {open?.what === 'bells' ? <BellForm schedule={open.schedule} isFirst={calendar.schedules.length === 0} onClose={close} /> : null}
    </div>
  );
}
