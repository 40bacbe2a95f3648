// A student’s days: each course, and each lesson with its verdict.
import type { StudentReport } from '../../../server/contract/reports.ts';
import { useText } from '../../i18n/index.ts';
import { Chip } from '../../ui/Chip.tsx';
import { EditIcon, WarningIcon } from '../../ui/icons.ts';
import { Link } from '../../ui/Link.tsx';
import { type Column, Table } from '../../ui/Table.tsx';
import { useWide } from '../register/useWide.ts';
import { VerdictChip } from '../register/VerdictChip.tsx';
import { NoLessons } from './NoLessons.tsx';
import { ShareBar, Totals } from './Totals.tsx';

type OfCourse = StudentReport['courses'][number];
type OfLesson = StudentReport['lessons'][number];

export function StudentView({ report }: { readonly report: StudentReport }) {
  const { t, number, date, time } = useText();
  const wide = useWide();
  const courses: readonly Column<OfCourse>[] = [
    {
      id: 'course',
      title: t('reports.column.course'),
      isRowHeader: true,
      cell: ({ courseId, title, missedInRow }) => (
        <>
          <Link href={`/courses/${courseId}`}>{title}</Link>
          {missedInRow >= 2 ? (
            <Chip tone={missedInRow >= 3 ? 'danger' : 'warn'} icon={WarningIcon}>
              {t('reports.missedInRow', { n: missedInRow })}
            </Chip>
          ) : null}
        </>
      ),
    },
    { id: 'share', title: t('reports.column.share'), width: '10rem', cell: ({ tally }) => <ShareBar share={tally.share} /> },
    { id: 'lessons', title: t('reports.column.lessons'), numeric: true, cell: ({ tally }) => number(tally.lessons) },
    { id: 'absent', title: t('reports.part.absent'), numeric: true, cell: ({ tally }) => number(tally.absent) },
  ];
  const lessons: readonly Column<OfLesson>[] = [
    {
      id: 'lesson',
      title: t('reports.column.lesson'),
      isRowHeader: true,
      cell: (lesson) => (
        <>
          <Link href={`/lessons/${lesson.id}/register`}>{lesson.title}</Link>
          <span className="report-detail">
            {[
              lesson.courseTitle,
              t(`timetable.kind.${lesson.kind}`),
              wide ? '' : `${date(lesson.startsAt, 'short')}, ${time(lesson.startsAt)}`,
            ]
              .filter(Boolean)
              .join(' · ')}
          </span>
        </>
      ),
    },
    ...(wide
      ? [
          {
            id: 'at',
            title: t('reports.column.when'),
            cell: (lesson: OfLesson) => `${date(lesson.startsAt, 'short')}, ${time(lesson.startsAt)}`,
          },
        ]
      : []),
    {
      id: 'verdict',
      title: t('attendance.column.verdict'),
      cell: ({ verdict, corrected }) => (
        <span className="report-verdict">
          <VerdictChip verdict={verdict} />
          {corrected ? <Chip icon={EditIcon}>{t('reports.corrected')}</Chip> : null}
        </span>
      ),
    },
    ...(wide
      ? [
          {
            id: 'minutes',
            title: t('attendance.column.minutes'),
            numeric: true,
            cell: (lesson: OfLesson) => t('attendance.minutes', { n: Math.round(lesson.minutes) }),
          },
        ]
      : []),
  ];
  return (
    <>
      <h2 className="report-name">
        {report.person.name}
        {report.person.groups.length > 0 ? <span className="report-detail">{report.person.groups.join(', ')}</span> : null}
      </h2>
      <Totals total={report.total} trend={report.trend} />
      {report.lessons.length === 0 ? (
        <NoLessons />
      ) : (
        <>
          <h3 className="report-part">{t('reports.byCourse')}</h3>
          <Table
            label={t('reports.byCourse')}
            columns={courses}
            rows={report.courses}
            rowKey={({ courseId }) => courseId}
            className="report-table"
          />
          <h3 className="report-part">{t('reports.byLesson')}</h3>
          <Table label={t('reports.byLesson')} columns={lessons} rows={report.lessons} rowKey={({ id }) => id} className="report-table" />
        </>
      )}
    </>
  );
}
