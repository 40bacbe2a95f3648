// Attendance by lesson: a student's own verdicts, or the totals with the way to the register for those who lead.
import { useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import { Verdict } from '../../../server/contract/attendance.ts';
import type { CourseId } from '../../../server/contract/ids.ts';
import type { CourseAttendance as Contract } from '../../../server/contract/timetable.ts';
import { LoadFailure } from '../../app/LoadFailure.tsx';
import { type Texts, useText } from '../../i18n/index.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { RegisterIcon } from '../../ui/icons.ts';
import { Link } from '../../ui/Link.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { VerdictChip } from '../register/VerdictChip.tsx';
import { attendanceQuery } from './course.ts';

type Row = z.output<typeof Contract>['lessons'][number];

export function CourseAttendance({ courseId }: { readonly courseId: CourseId }) {
  const texts = useText();
  const { t, dateTime, number } = texts;
  const { data, error, refetch } = useQuery(attendanceQuery(courseId));
  if (error && !data) return <LoadFailure error={error} title={t('attendance.failed')} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton height="9rem" />;
  if (data.length === 0) {
    return (
      <EmptyState icon={RegisterIcon} level={3} title={t('course.attendance.empty')}>
        {t('course.attendance.emptyText')}
      </EmptyState>
    );
  }
  const own = data.filter((row) => row.own !== null);
  const there = own.filter((row) => row.own?.verdict === 'present' || row.own?.verdict === 'late').length;
  return (
    <>
      {own.length > 0 ? <p>{t('course.attendance.own', { n: number(there), all: number(own.length) })}</p> : null}
      <ul className="course-lessons">
        {data.map((row) => (
          <li key={row.lessonId} className="course-lesson">
            <p className="course-lesson-when tabular">{dateTime(row.startsAt)}</p>
            <div className="course-lesson-text">
              <Link href={`/lessons/${row.lessonId}/register`}>{row.title}</Link>
              {row.totals ? <p className="drawer-note">{totalsWords(row.totals, texts)}</p> : null}
            </div>
            {row.own ? (
              <div className="course-lesson-end">
                <OwnVerdict own={row.own} />
              </div>
            ) : null}
          </li>
        ))}
      </ul>
    </>
  );
}

function OwnVerdict({ own }: { readonly own: NonNullable<Row['own']> }) {
  const { t } = useText();
  const verdict = Verdict.safeParse(own.verdict);
  return (
    <>
      <span className="drawer-note tabular">{t('attendance.minutes', { n: Math.round(own.minutes) })}</span>
      {verdict.success ? <VerdictChip verdict={verdict.data} /> : null}
    </>
  );
}

/** Only what there was is told; that somebody was present always. */
function totalsWords({ roster, present, late, leftEarly, absent }: NonNullable<Row['totals']>, { t }: Pick<Texts, 't'>): string {
  return [
    t('attendance.totals.wasPresent', { n: present, all: roster }),
    late > 0 && t('attendance.totals.late', { n: late }),
    leftEarly > 0 && t('attendance.totals.leftEarly', { n: leftEarly }),
    absent > 0 && t('attendance.totals.absent', { n: absent }),
  ]
    .filter(Boolean)
    .join(', ');
}
