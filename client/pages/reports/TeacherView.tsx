// A teacher’s lessons: held or not, begun on time or late, signed or still open.
import type { TeacherReport } from '../../../server/contract/reports.ts';
import { useText } from '../../i18n/index.ts';
import { StatusChip } from '../../ui/Chip.tsx';
import { Link } from '../../ui/Link.tsx';
import { type Column, Table } from '../../ui/Table.tsx';
import { useWide } from '../register/useWide.ts';
import { NoLessons } from './NoLessons.tsx';
import { ShareBar, Totals } from './Totals.tsx';

type OfLesson = TeacherReport['lessons'][number];

export function TeacherView({ report }: { readonly report: TeacherReport }) {
  const { t, number, date, time } = useText();
  const wide = useWide();
  const minutes = (value: number) => t('attendance.minutes', { n: Math.round(value) });
  const when = ({ startsAt }: OfLesson) => `${date(startsAt, 'short')}, ${time(startsAt)}`;
  const state = ({ held, signed }: OfLesson) => (
    <StatusChip tone={!held ? 'danger' : signed ? 'good' : 'info'}>
      {t(!held ? 'attendance.verdict.not-held' : signed ? 'reports.signed' : 'reports.unsigned')}
    </StatusChip>
  );
  const begun = ({ held, delayMinutes }: OfLesson) =>
    !held ? '–' : delayMinutes < 1 ? t('reports.onTime') : t('reports.delay', { n: Math.round(delayMinutes) });
  const columns: readonly Column<OfLesson>[] = [
    {
      id: 'lesson',
      title: t('reports.column.lesson'),
      isRowHeader: true,
      cell: (lesson) => (
        <>
          <Link href={`/lessons/${lesson.id}/register`}>{lesson.title}</Link>
          <span className="report-detail">
            {[lesson.courseTitle, t(`timetable.kind.${lesson.kind}`), wide ? '' : when(lesson)].filter(Boolean).join(' · ')}
          </span>
          {wide ? null : (
            <span className="report-verdict">
              {state(lesson)} <span className="report-detail">{begun(lesson)}</span>
            </span>
          )}
        </>
      ),
    },
    ...(wide
      ? [
          { id: 'at', title: t('reports.column.when'), cell: (lesson: OfLesson) => <span className="report-whole">{when(lesson)}</span> },
          { id: 'begun', title: t('reports.column.begun'), cell: begun },
          {
            id: 'taught',
            title: t('reports.column.taught'),
            numeric: true,
            cell: (lesson: OfLesson) => (
              <span className="report-whole">
                {t('shares.ofHours', { here: number(Math.round(lesson.taughtMinutes)), all: minutes(lesson.plannedMinutes) })}
              </span>
            ),
          },
        ]
      : []),
    { id: 'share', title: t('reports.column.share'), width: '9rem', cell: ({ tally }) => <ShareBar share={tally.share} /> },
    ...(wide ? [{ id: 'state', title: t('reports.column.register'), cell: state }] : []),
  ];
  return (
    <>
      <h2 className="report-name">{report.person.name}</h2>
      <Totals
        total={report.total}
        trend={report.trend}
        more={[
          { label: t('reports.held'), value: number(report.held) },
          { label: t('reports.notHeld'), value: number(report.notHeld) },
          { label: t('reports.begunLate'), value: number(report.late) },
          { label: t('reports.averageDelay'), value: minutes(report.averageDelayMinutes) },
          { label: t('reports.unsignedCount'), value: number(report.unsigned) },
        ]}
      />
      <Table
        label={t('reports.byLesson')}
        columns={columns}
        rows={report.lessons}
        rowKey={({ id }) => id}
        className="report-table"
        empty={<NoLessons />}
      />
    </>
  );
}
