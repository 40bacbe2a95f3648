// How much is taught by distance, against what the rules allow: by course, by programme, by student.
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { sharesRoutes } from '../../../server/contract/routes-shares.ts';
import { ShareBy, ShareState } from '../../../server/contract/shares.ts';
import { api } from '../../app/api.ts';
import { LoadFailure } from '../../app/LoadFailure.tsx';
import { usePageTitle } from '../../app/page-title.ts';
import { useSettled } from '../../app/useSettled.ts';
import { useText } from '../../i18n/index.ts';
import { Button, ButtonLink } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { CalendarIcon, SpreadsheetIcon } from '../../ui/icons.ts';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { SearchField } from '../../ui/SearchField.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { Select } from '../../ui/Select.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { FindField } from '../timetable/FindField.tsx';
import { type Found, useNameOf } from '../timetable/find.ts';
import { SharesTable } from './SharesTable.tsx';
import { askedShares, csvAddress, readShares, type SharesFilter, writeShares } from './shares-view.ts';
import './SharesPage.css';

export default function SharesPage() {
  const { t, number, time } = useText();
  usePageTitle(t('shares.title'));
  const [params, setParams] = useSearchParams();
  const filter = readShares(params);
  const go = (change: Partial<SharesFilter>) => setParams(writeShares({ ...filter, ...change }), { replace: true });
  const [typed, setTyped] = useState('');
  const [picked, setPicked] = useState<Found | null>(null);
  const known = picked?.id === filter.faculty ? picked : undefined;
  const named = useNameOf(known ? undefined : 'faculty', filter.faculty);
  const asked = askedShares(filter, useSettled(typed.trim()));
  const shares = useInfiniteQuery({
    queryKey: ['shares', asked],
    queryFn: ({ pageParam, signal }) => api(sharesRoutes.shares, { query: { ...asked, after: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    // While other rows are counted the table stays, so that nothing jumps.
    placeholderData: keepPreviousData,
  });
  const first = shares.data?.pages[0];
  const rows = shares.data?.pages.flatMap((page) => page.rows) ?? [];

  return (
    <>
      <PageHeader
        title={t('shares.title')}
        note={first ? t('shares.note', { minutes: number(first.hourMinutes), time: time(first.asOf) }) : t('shares.about')}
        actions={
          <ButtonLink icon={SpreadsheetIcon} href={csvAddress(asked)} target="_blank" rel="noopener">
            {t('shares.csv')}
          </ButtonLink>
        }
      />
      <search className="shares-bar">
        <Segmented
          label={t('shares.by')}
          value={filter.by}
          onChange={(by) => go({ by })}
          options={ShareBy.options.map((id) => ({ id, label: t(`shares.by.${id}.many`) }))}
        />
        <div className="shares-filter">
          <SearchField label={t(`shares.search.${filter.by}`)} value={typed} onChange={setTyped} className="shares-search" />
          <Select
            label={t('shares.term')}
            options={(first?.terms ?? []).map(({ id, name }) => ({ id: String(id), label: name }))}
            value={filter.term ?? (first?.term ? String(first.term.id) : null)}
            onChange={(term) => go({ term })}
          />
          <FindField
            what="faculty"
            optional
            value={filter.faculty ? (known ?? named ?? { id: filter.faculty, name: '', detail: '' }) : null}
            onChange={(found) => {
              setPicked(found);
              go({ faculty: found?.id });
            }}
          />
          <Select
            label={t('shares.column.state')}
            options={[
              { id: 'any', label: t('shares.state.any') },
              ...ShareState.options.map((id) => ({
                id,
                label: first ? `${t(`shares.state.${id}`)} · ${number(first.states[id])}` : t(`shares.state.${id}`),
              })),
            ]}
            value={filter.state ?? 'any'}
            onChange={(state) => go({ state: state === 'any' ? undefined : ShareState.parse(state) })}
          />
        </div>
      </search>
      <p className="shares-summary" role="status">
        {first?.term
          ? t('shares.summary', { over: number(first.states.over), near: number(first.states.near), total: number(first.total) })
          : ''}
      </p>
      {shares.error && !shares.data ? (
        <LoadFailure error={shares.error} title={t('shares.failed')} onRetry={() => void shares.refetch()} />
      ) : null}
      {shares.isPending ? <Skeleton height="24rem" /> : null}
      {first && first.term === null ? (
        <EmptyState icon={CalendarIcon} title={t('shares.noTerm.title')}>
          {t('shares.noTerm.text')}
        </EmptyState>
      ) : null}
      {first?.term ? <SharesTable by={filter.by} rows={rows} sort={filter.sort} onSort={(sort) => go({ sort })} /> : null}
      {shares.hasNextPage ? (
        <div className="shares-more">
          <Button isPending={shares.isFetchingNextPage} onPress={() => void shares.fetchNextPage()}>
            {t('app.showMore')}
          </Button>
        </div>
      ) : null}
    </>
  );
}
