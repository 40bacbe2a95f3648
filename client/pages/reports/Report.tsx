// One report: asks the server for it and shows it in its form.
import { keepPreviousData, type QueryKey, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { CourseId, FacultyId, GroupId, PersonId } from '../../../server/contract/ids.ts';
import { recordsRoutes } from '../../../server/contract/routes-records.ts';
import { api } from '../../app/api.ts';
import { LoadFailure } from '../../app/LoadFailure.tsx';
import { useText } from '../../i18n/index.ts';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { AtRiskView } from './AtRiskView.tsx';
import { FacultyView } from './FacultyView.tsx';
import { MatrixView } from './MatrixView.tsx';
import type { Asked, ReportKind } from './reports-view.ts';
import { StudentView } from './StudentView.tsx';
import { TeacherView } from './TeacherView.tsx';
import { TermView } from './TermView.tsx';

type ReportProps = { readonly asked: Asked & { readonly of: ReportKind } };

export function Report({ asked: { of, id = '', from, to } }: ReportProps) {
  const query = { from, to };
  const key = ['reports', of, id, from, to];
  switch (of) {
    case 'student':
      return (
        <Loaded queryKey={key} load={(signal) => api(recordsRoutes.studentReport, { params: { id: PersonId.parse(id) }, query, signal })}>
          {(report) => <StudentView report={report} />}
        </Loaded>
      );
    case 'teacher':
      return (
        <Loaded queryKey={key} load={(signal) => api(recordsRoutes.teacherReport, { params: { id: PersonId.parse(id) }, query, signal })}>
          {(report) => <TeacherView report={report} />}
        </Loaded>
      );
    case 'group':
      return (
        <Loaded queryKey={key} load={(signal) => api(recordsRoutes.groupReport, { params: { id: GroupId.parse(id) }, query, signal })}>
          {(report) => <MatrixView report={report} showCourse />}
        </Loaded>
      );
    case 'course':
      return (
        <Loaded queryKey={key} load={(signal) => api(recordsRoutes.courseReport, { params: { id: CourseId.parse(id) }, query, signal })}>
          {(report) => <MatrixView report={report} showCourse={false} />}
        </Loaded>
      );
    case 'faculty':
      return (
        <Loaded queryKey={key} load={(signal) => api(recordsRoutes.facultyReport, { params: { id: FacultyId.parse(id) }, query, signal })}>
          {(report) => <FacultyView report={report} />}
        </Loaded>
      );
    case 'term':
      return (
        <Loaded queryKey={key} load={(signal) => api(recordsRoutes.termReport, { query, signal })}>
          {(report) => <TermView report={report} />}
        </Loaded>
      );
    case 'at-risk':
      return <AtRiskView />;
  }
}

type LoadedProps<T> = {
  readonly queryKey: QueryKey;
  readonly load: (signal: AbortSignal) => Promise<T>;
  readonly children: (report: T) => ReactNode;
};

function Loaded<T>({ queryKey, load, children }: LoadedProps<T>) {
  const { t } = useText();
  const report = useQuery({ queryKey, queryFn: ({ signal }) => load(signal), placeholderData: keepPreviousData });
  if (report.error) return <LoadFailure error={report.error} title={t('reports.failed')} onRetry={() => void report.refetch()} />;
  if (report.data === undefined) return <Skeleton height="24rem" />;
  return children(report.data);
}
