// The results of connection tests that people sent: found by person, words and day. For administrators.
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Verdict } from '../../../server/contract/connection-test.ts';
import { connectionTestRoutes } from '../../../server/contract/routes-connection-test.ts';
import { api } from '../../app/api.ts';
import { LoadBanner } from '../../app/LoadBanner.tsx';
import { usePageTitle } from '../../app/page-title.ts';
import { useSettled } from '../../app/useSettled.ts';
import { useText } from '../../i18n/index.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { SearchIcon } from '../../ui/icons.ts';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { SearchField } from '../../ui/SearchField.tsx';
import { Select } from '../../ui/Select.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { DayField } from '../audit/DayField.tsx';
import { dayAfter, instantOf } from '../audit/days.ts';
import { StatusNav } from '../status/StatusNav.tsx';
import { ReportItem } from './ReportItem.tsx';
import '../connection-test/connection-test.css';
import './connection-reports.css';

export default function ConnectionReportsPage() {
  const { t } = useText();
  usePageTitle(t('connection.reports'));
  const [typed, setTyped] = useState('');
  const [verdict, setVerdict] = useState<Verdict | 'any'>('any');
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const search = useSettled(typed.trim());
  const filter = {
    search: search || undefined,
    verdict: verdict === 'any' ? undefined : verdict,
    from: instantOf(from),
    to: instantOf(dayAfter(to)),
  };
  const found = useInfiniteQuery({
    queryKey: ['connection-reports', filter],
    queryFn: ({ pageParam, signal }) => api(connectionTestRoutes.connectionReports, { query: { ...filter, before: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
  });
  const reports = found.data?.pages.flatMap((page) => page.reports) ?? [];
  const verdicts = [
    { id: 'any', label: t('connection.reports.any') },
    ...Verdict.options.map((id) => ({ id, label: t(`connection.verdict.${id}`) })),
  ];
  return (
    <>
      <PageHeader title={t('connection.reports')} note={t('connection.reports.note')} />
      <StatusNav />
      <div className="reports-bar">
        <SearchField label={t('connection.reports.search')} value={typed} onChange={setTyped} className="reports-search" />
        <Select
          aria-label={t('connection.reports.verdict')}
          options={verdicts}
          value={verdict}
          onChange={(id) => setVerdict(Verdict.safeParse(id).data ?? 'any')}
        />
        <DayField label={t('connection.reports.from')} value={from} onChange={setFrom} />
        <DayField label={t('connection.reports.to')} value={to} onChange={setTo} />
        <p className="connection-quiet" role="status">
          {found.data ? t('connection.reports.total', { n: found.data.pages[0]?.total ?? 0 }) : ''}
        </p>
      </div>
      {found.error ? <LoadBanner error={found.error} onRetry={() => void found.refetch()} /> : null}
      {found.isPending ? <Skeleton height="24rem" /> : null}
      {found.data && reports.length === 0 ? (
        <EmptyState icon={SearchIcon} title={t('connection.reports.empty')}>
          {t('connection.reports.empty.text')}
        </EmptyState>
      ) : null}
      <ol className="reports-list">
        {reports.map((report) => (
          <ReportItem key={report.id} report={report} />
        ))}
      </ol>
      {found.hasNextPage ? (
        <div className="reports-more">
          <Button isPending={found.isFetchingNextPage} onPress={() => void found.fetchNextPage()}>
            {t('app.showMore')}
          </Button>
        </div>
      ) : null}
    </>
  );
}
