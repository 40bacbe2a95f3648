// All faculties that one sees, over a term.
import type { TermReport } from '../../../server/contract/reports.ts';
import { useText } from '../../i18n/index.ts';
import { NoLessons } from './NoLessons.tsx';
import { reportLink } from './reports-view.ts';
import { TallyTable } from './TallyTable.tsx';
import { Totals } from './Totals.tsx';

export function TermView({ report }: { readonly report: TermReport }) {
  const { t, number } = useText();
  const sum = (pick: (faculty: TermReport['faculties'][number]) => number) =>
    number(report.faculties.reduce((total, faculty) => total + pick(faculty), 0));
  if (report.total.lessons === 0) return <NoLessons />;
  return (
    <>
      <Totals
        total={report.total}
        trend={report.trend}
        more={[
          { label: t('reports.held'), value: sum(({ heldLessons }) => heldLessons) },
          { label: t('reports.notHeld'), value: sum(({ notHeldLessons }) => notHeldLessons) },
          { label: t('reports.unsignedCount'), value: sum(({ unsignedLessons }) => unsignedLessons) },
          { label: t('reports.atRisk'), value: sum(({ atRisk }) => atRisk) },
        ]}
      />
      <TallyTable
        label={t('reports.faculties')}
        what={t('timetable.find.faculty')}
        rows={report.faculties}
        linkOf={({ id }) => reportLink('faculty', id, report.period)}
        more={[
          { id: 'notHeld', title: t('reports.notHeld'), numeric: true, cell: ({ notHeldLessons }) => number(notHeldLessons) },
          { id: 'unsigned', title: t('reports.unsignedCount'), numeric: true, cell: ({ unsignedLessons }) => number(unsignedLessons) },
          { id: 'risk', title: t('reports.atRisk'), numeric: true, cell: ({ atRisk }) => number(atRisk) },
        ]}
      />
    </>
  );
}
