// A faculty: its groups, courses and teachers.
import { useState } from 'react';
import type { FacultyReport } from '../../../server/contract/reports.ts';
import { useText } from '../../i18n/index.ts';
import { Link } from '../../ui/Link.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { NoLessons } from './NoLessons.tsx';
import { reportLink } from './reports-view.ts';
import { TallyTable } from './TallyTable.tsx';
import { Totals } from './Totals.tsx';

const views = ['groups', 'courses', 'teachers'] as const;

export function FacultyView({ report }: { readonly report: FacultyReport }) {
  const { t, number } = useText();
  const [view, setView] = useState<(typeof views)[number]>('groups');
  if (report.total.lessons === 0) return <NoLessons />;
  return (
    <>
      <h2 className="report-name">{report.faculty.name}</h2>
      <Totals
        total={report.total}
        trend={report.trend}
        more={[
          { label: t('reports.held'), value: number(report.heldLessons) },
          { label: t('reports.notHeld'), value: number(report.notHeldLessons) },
          { label: t('reports.unsignedCount'), value: number(report.unsignedLessons) },
          { label: t('reports.atRisk'), value: number(report.atRisk) },
        ]}
      />
      {report.atRisk > 0 ? (
        <p>
          <Link href={reportLink('at-risk', undefined, undefined)}>{t('reports.atRisk.open', { n: report.atRisk })}</Link>
        </p>
      ) : null}
      <Segmented
        label={t('reports.by')}
        value={view}
        onChange={setView}
        options={views.map((id) => ({ id, label: t(`reports.by.${id}`) }))}
        className="report-views"
      />
      {view === 'groups' ? (
        <TallyTable
          key="groups"
          label={t('reports.by.groups')}
          what={t('timetable.find.group')}
          rows={report.groups}
          linkOf={({ id }) => reportLink('group', id, report.period)}
        />
      ) : null}
      {view === 'courses' ? (
        <TallyTable
          key="courses"
          label={t('reports.by.courses')}
          what={t('timetable.find.course')}
          rows={report.courses}
          linkOf={({ id }) => reportLink('course', id, report.period)}
        />
      ) : null}
      {view === 'teachers' ? (
        <TallyTable
          key="teachers"
          label={t('reports.by.teachers')}
          what={t('timetable.find.teacher')}
          rows={report.teachers}
          linkOf={({ id }) => reportLink('teacher', id, report.period)}
          more={[
            { id: 'notHeld', title: t('reports.notHeld'), numeric: true, cell: ({ notHeld }) => number(notHeld) },
            {
              id: 'delay',
              title: t('reports.averageDelay'),
              numeric: true,
              cell: ({ averageDelayMinutes }) => t('attendance.minutes', { n: Math.round(averageDelayMinutes) }),
            },
          ]}
        />
      ) : null}
    </>
  );
}
