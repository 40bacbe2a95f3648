// All recordings, by what became of them: searched, paged, and each with what can be done about it.
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { recordingRoutes } from '../../../server/contract/routes-recordings.ts';
import { api } from '../../app/api.ts';
import { LoadBanner } from '../../app/LoadBanner.tsx';
import { useSettled } from '../../app/useSettled.ts';
import { useText } from '../../i18n/index.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { RecordIcon } from '../../ui/icons.ts';
import { SearchField } from '../../ui/SearchField.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { ActDialog, type Asked } from './ActDialog.tsx';
import { KeptItem } from './KeptItem.tsx';

const shows = ['kept', 'archived', 'held', 'trash'] as const;
type Show = (typeof shows)[number];

/** @param trashDays undefined while it is not known */
export function KeptList({ trashDays }: { readonly trashDays: number | undefined }) {
  const { t } = useText();
  const [show, setShow] = useState<Show>('kept');
  const [typed, setTyped] = useState('');
  const [asked, setAsked] = useState<Asked | null>(null);
  const search = useSettled(typed.trim());
  const list = useInfiniteQuery({
    queryKey: ['storage', 'recordings', show, search],
    queryFn: ({ pageParam, signal }) =>
      api(recordingRoutes.keptRecordings, { query: { show, search: search === '' ? undefined : search, page: pageParam }, signal }),
    initialPageParam: 0,
    getNextPageParam: (last, pages) =>
      pages.reduce((sum, { recordings }) => sum + recordings.length, 0) < last.total && last.recordings.length > 0
        ? pages.length
        : undefined,
    placeholderData: keepPreviousData,
  });
  const recordings = list.data?.pages.flatMap((page) => page.recordings) ?? [];
  const total = list.data?.pages.at(-1)?.total ?? 0;
  return (
    <section className="status-section" aria-labelledby="storage-recordings">
      <h2 id="storage-recordings">{t('storage.recordings')}</h2>
      <search className="storage-filter">
        <Segmented
          label={t('storage.show')}
          value={show}
          onChange={setShow}
          options={shows.map((id) => ({ id, label: t(`storage.show.${id}`) }))}
          className="storage-shows"
        />
        <SearchField label={t('storage.search')} value={typed} onChange={setTyped} className="storage-search" />
      </search>
      <p className="storage-quiet" role="status">
        {list.data ? t('storage.total', { n: total }) : ''}
      </p>
      {list.error ? <LoadBanner error={list.error} title={t('storage.listFailed')} onRetry={() => void list.refetch()} /> : null}
      {list.isPending ? <Skeleton height="16rem" /> : null}
      {list.data && recordings.length === 0 ? (
        <EmptyState icon={RecordIcon} level={3} title={t(search === '' ? `storage.empty.${show}` : 'storage.empty.search')}>
          {t(search === '' ? `storage.empty.${show}.text` : 'storage.empty.search.text')}
        </EmptyState>
      ) : null}
      {recordings.length > 0 ? (
        <ul className="storage-list">
          {recordings.map((recording) => (
            <KeptItem key={recording.id} recording={recording} onAct={(act) => setAsked({ act, recording })} />
          ))}
        </ul>
      ) : null}
      {list.hasNextPage ? (
        <div className="storage-more">
          <Button isPending={list.isFetchingNextPage} onPress={() => void list.fetchNextPage()}>
            {t('app.showMore')}
          </Button>
        </div>
      ) : null}
      {asked ? <ActDialog asked={asked} trashDays={trashDays ?? 0} onClose={() => setAsked(null)} /> : null}
    </section>
  );
}
