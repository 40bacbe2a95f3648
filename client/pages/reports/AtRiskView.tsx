// Students who missed three lessons of a course in a row, so that somebody calls them before they are lost.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { z } from 'zod';
import { FacultyId } from '../../../server/contract/ids.ts';
import type { AtRisk } from '../../../server/contract/reports.ts';
import { recordsRoutes } from '../../../server/contract/routes-records.ts';
import { api } from '../../app/api.ts';
import { LoadFailure } from '../../app/LoadFailure.tsx';
import { useText } from '../../i18n/index.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { SuccessIcon } from '../../ui/icons.ts';
import { Link } from '../../ui/Link.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { type Column, Table } from '../../ui/Table.tsx';
import { FindField } from '../timetable/FindField.tsx';
import type { Found } from '../timetable/find.ts';
import { RiskChips } from './MatrixView.tsx';
import { reportLink } from './reports-view.ts';

type Student = z.infer<typeof AtRisk>['students'][number];

export function AtRiskView() {
  const { t } = useText();
  const [faculty, setFaculty] = useState<Found | null>(null);
  const [page, setPage] = useState(0);
  const query = { facultyId: faculty ? FacultyId.parse(faculty.id) : undefined, page };
  const risks = useQuery({
    queryKey: ['reports', 'at-risk', query],
    queryFn: ({ signal }) => api(recordsRoutes.atRisk, { query, signal }),
    placeholderData: keepPreviousData,
  });
  const columns: readonly Column<Student>[] = [
    {
      id: 'name',
      title: t('reports.column.student'),
      isRowHeader: true,
      cell: ({ personId, name, groups }) => (
        <>
          <Link href={reportLink('student', personId, undefined)}>{name}</Link>
          <span className="report-detail">{groups.join(', ')}</span>
        </>
      ),
    },
    {
      id: 'risks',
      title: t('reports.column.missed'),
      cell: ({ risks: of }) => (
        <span className="report-verdict">
          <RiskChips risks={of} />
        </span>
      ),
    },
  ];
  const data = risks.data;
  const seen = data ? page * pageSize + data.students.length : 0;
  return (
    <>
      <div className="reports-bar">
        <FindField
          what="faculty"
          optional
          value={faculty}
          onChange={(found) => {
            setFaculty(found);
            setPage(0);
          }}
        />
      </div>
      <p role="status" className="report-count">
        {data && data.total > 0 ? t('reports.atRisk.count', { n: data.total }) : ''}
      </p>
      {risks.error ? <LoadFailure error={risks.error} title={t('reports.failed')} onRetry={() => void risks.refetch()} /> : null}
      {risks.isPending ? <Skeleton height="16rem" /> : null}
      {data ? (
        <Table
          label={t('reports.of.at-risk')}
          columns={columns}
          rows={data.students}
          rowKey={({ personId }) => personId}
          className="report-table"
          empty={
            <EmptyState icon={SuccessIcon} title={t('reports.atRisk.none')}>
              {t('reports.atRisk.noneText')}
            </EmptyState>
          }
        />
      ) : null}
      {data && (page > 0 || seen < data.total) ? (
        <div className="report-pages">
          <Button isDisabled={page === 0} onPress={() => setPage(page - 1)}>
            {t('app.back')}
          </Button>
          <Button isDisabled={seen >= data.total} onPress={() => setPage(page + 1)}>
            {t('app.next')}
          </Button>
        </div>
      ) : null}
    </>
  );
}

/** As the server pages. */
const pageSize = 50;
