// A week with more lessons than one can look over: a day at a time, each by the hour.
import type { CalendarDay } from '../../../server/contract/calendar.ts';
import type { LessonId } from '../../../server/contract/ids.ts';
import type { Lesson } from '../../../server/contract/timetable.ts';
import { LoadFailure } from '../../app/LoadFailure.tsx';
import { addDays, instantAt, useText, zonedTime } from '../../i18n/index.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { between } from '../timetable/place.ts';
import { SpecialDays } from '../timetable/SpecialDays.tsx';
import { TimetableSkeleton } from '../timetable/TimetableSkeleton.tsx';
import { type LessonsOf, useLessons } from '../timetable/useLessons.ts';
import type { Filter } from './filter.ts';
import { HoursView } from './HoursView.tsx';

type FullWeekProps = {
  readonly filter: Filter;
  readonly asked: LessonsOf;
  readonly week: { readonly lessons: readonly Lesson[]; readonly more: boolean };
  readonly today: string;
  readonly now: number;
  readonly specialOf: (day: string) => readonly CalendarDay[];
  readonly onDay: (day: string) => void;
  readonly onOpen: (id: LessonId) => void;
};

export function FullWeek({ filter, asked, week, today, now, specialOf, onDay, onOpen }: FullWeekProps) {
  const { t, weekday } = useText();
  const days = [0, 1, 2, 3, 4, 5, 6].map((index) => addDays(filter.week, index));
  const day = filter.day ?? days.find((one) => one === today) ?? filter.week;
  const span = between(day, addDays(day, 1));
  // What did not fit into the answer for the week is asked for by the day.
  const single = useLessons(span, week.more ? asked : undefined);
  const lessons = week.more ? single.data?.lessons : week.lessons.filter(({ startsAt }) => startsAt >= span.from && startsAt < span.to);
  return (
    <>
      <Segmented
        label={t('timetable.day')}
        className="full-week-days"
        value={day}
        onChange={onDay}
        options={days.map((id) => {
          const noon = instantAt(id, '12:00');
          return { id, label: `${weekday(noon, 'short')} ${zonedTime(noon).day}` };
        })}
      />
      <SpecialDays days={specialOf(day)} />
      {week.more && single.data?.more ? <Banner tone="warn">{t('timetable.whole.tooMany')}</Banner> : null}
      {single.error && !single.data ? (
        <LoadFailure error={single.error} title={t('timetable.failed')} onRetry={() => void single.refetch()} />
      ) : null}
      {lessons ? <HoursView lessons={lessons} now={now} onOpen={onOpen} /> : single.error ? null : <TimetableSkeleton />}
    </>
  );
}
