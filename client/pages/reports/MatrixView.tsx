// Lessons by students: a sign for each, and what it comes to.
import { useState } from 'react';
import type { Matrix, Risk } from '../../../server/contract/reports.ts';
import { useText } from '../../i18n/index.ts';
import { Chip } from '../../ui/Chip.tsx';
import { EditIcon, WarningIcon } from '../../ui/icons.ts';
import { Link } from '../../ui/Link.tsx';
import { SearchField } from '../../ui/SearchField.tsx';
import { verdictLooks } from '../register/VerdictChip.tsx';
import { NoLessons } from './NoLessons.tsx';
import { reportLink } from './reports-view.ts';
import { ShareBar, Totals, useShare } from './Totals.tsx';

export function MatrixView({ report, showCourse }: { readonly report: Matrix; readonly showCourse: boolean }) {
  const { t } = useText();
  const [typed, setTyped] = useState('');
  const wanted = typed.trim().toLocaleLowerCase();
  const students = report.students.filter(({ name }) => name.toLocaleLowerCase().includes(wanted));
  if (report.lessons.length === 0) return <NoLessons />;
  return (
    <>
      <h2 className="report-name">{report.title}</h2>
      <Totals total={report.total} trend={report.trend} />
      <div className="report-matrix-bar">
        <SearchField label={t('reports.searchStudent')} value={typed} onChange={setTyped} className="report-matrix-search" />
        <Legend />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls needs a tab stop */}
      <section className="report-matrix" aria-label={t('reports.matrix', { name: report.title })} tabIndex={0}>
        <table>
          <caption className="visually-hidden">{t('reports.matrix', { name: report.title })}</caption>
          <thead>
            <tr>
              <th scope="col" className="report-matrix-name">
                {t('reports.column.student')}
              </th>
              <th scope="col" className="report-matrix-share">
                {t('reports.column.share')}
              </th>
              {report.lessons.map((lesson) => (
                <LessonHead key={lesson.id} lesson={lesson} showCourse={showCourse} />
              ))}
            </tr>
          </thead>
          <tbody>
            {students.map((student) => (
              <tr key={student.personId}>
                <th scope="row" className="report-matrix-name">
                  <Link href={reportLink('student', student.personId, report.period)}>{student.name}</Link>
                  {showCourse || student.groups.length === 0 ? null : <span className="report-detail">{student.groups.join(', ')}</span>}
                  <RiskChips risks={student.risks} />
                </th>
                <td className="report-matrix-share">
                  <ShareBar share={student.tally.share} />
                </td>
                {student.cells.map((cell, index) => (
                  // A column is its lesson, and lessons do not move.
                  <Cell key={report.lessons[index]?.id ?? index} cell={cell} />
                ))}
              </tr>
            ))}
          </tbody>
          <LessonTotals report={report} />
        </table>
      </section>
      {students.length === 0 ? <p className="report-detail">{t('attendance.nobodyFound')}</p> : null}
    </>
  );
}

function LessonHead({ lesson, showCourse }: { readonly lesson: Matrix['lessons'][number]; readonly showCourse: boolean }) {
  const { t, date, time } = useText();
  const what = showCourse ? lesson.courseTitle : lesson.title;
  return (
    <th scope="col" className="report-matrix-lesson">
      <span title={what}>
        <Link href={`/lessons/${lesson.id}/register`}>
          {date(lesson.startsAt, 'short')} <span className="report-detail">{time(lesson.startsAt)}</span>
          <span className="visually-hidden">{what}</span>
        </Link>
      </span>
      {lesson.held ? null : <span className="report-detail">{t('attendance.verdict.not-held')}</span>}
    </th>
  );
}

function Cell({ cell }: { readonly cell: Matrix['students'][number]['cells'][number] }) {
  const { t } = useText();
  if (cell === null)
    return (
      <td className="report-cell">
        <span className="visually-hidden">{t('reports.cell.none')}</span>
      </td>
    );
  const { icon: Shape, tone, word } = verdictLooks[cell.verdict];
  const words = cell.corrected ? t('reports.cell.corrected', { verdict: t(word) }) : t(word);
  return (
    <td className="report-cell">
      <span className={`report-sign report-sign-${tone}`} title={words}>
        <Shape aria-hidden="true" />
        {cell.corrected ? <EditIcon aria-hidden="true" className="report-sign-corrected" /> : null}
        <span className="visually-hidden">{words}</span>
      </span>
    </td>
  );
}

function LessonTotals({ report }: { readonly report: Matrix }) {
  const { t } = useText();
  const share = useShare();
  return (
    <tfoot>
      <tr>
        <th scope="row" className="report-matrix-name">
          {t('reports.ofLesson')}
        </th>
        <td className="report-matrix-share">
          <ShareBar share={report.total.share} />
        </td>
        {report.lessons.map((lesson) => (
          <td key={lesson.id} className="report-cell tabular">
            {lesson.tally.share === null ? '' : share(lesson.tally.share)}
          </td>
        ))}
      </tr>
    </tfoot>
  );
}

export function RiskChips({ risks }: { readonly risks: readonly Risk[] }) {
  const { t } = useText();
  return risks.map((risk) => (
    <Chip key={risk.courseId} tone="danger" icon={WarningIcon}>
      {t('reports.risk', { n: risk.missedInRow, course: risk.courseTitle })}
    </Chip>
  ));
}

const shown = ['present', 'late', 'left-early', 'absent', 'excused', 'asynchronous'] as const;

function Legend() {
  const { t } = useText();
  return (
    <ul className="report-legend">
      {shown.map((verdict) => {
        const { icon: Shape, tone, word } = verdictLooks[verdict];
        return (
          <li key={verdict}>
            <span className={`report-sign report-sign-${tone}`}>
              <Shape aria-hidden="true" />
            </span>
            {t(word)}
          </li>
        );
      })}
    </ul>
  );
}
