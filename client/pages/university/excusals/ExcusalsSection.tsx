// Who is excused from lessons, on which days and why: found by name, added, removed. For coordinators and administrators.
import { keepPreviousData, useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Excusal } from '../../../../server/contract/excusals.ts';
import { recordsRoutes } from '../../../../server/contract/routes-records.ts';
import { api, errorCode } from '../../../app/api.ts';
import { useSettled } from '../../../app/useSettled.ts';
import { useText } from '../../../i18n/index.ts';
import { Banner } from '../../../ui/Banner.tsx';
import { Button } from '../../../ui/Button.tsx';
import { Confirm } from '../../../ui/Dialog.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { AddIcon, NoteIcon } from '../../../ui/icons.ts';
import { announce } from '../../../ui/live.ts';
import { excuseWords } from '../../register/why-words.ts';
import { CatalogueList } from '../CatalogueList.tsx';
import { spanText } from '../calendar/calendar.ts';
import { AddExcusal } from './AddExcusal.tsx';
import './excusals.css';

const excusalsKey = 'excusals';

export default function ExcusalsSection() {
  const texts = useText();
  const { t, date, refusal } = texts;
  const client = useQueryClient();
  const [typed, setTyped] = useState('');
  const search = useSettled(typed.trim());
  const [adding, setAdding] = useState(false);
  const [removing, setRemoving] = useState<Excusal | null>(null);
  const list = useInfiniteQuery({
    queryKey: [excusalsKey, search],
    queryFn: ({ pageParam, signal }) => api(recordsRoutes.excusals, { query: { search: search || undefined, page: pageParam }, signal }),
    initialPageParam: 0,
    getNextPageParam: ({ total }, pages) =>
      pages.reduce((sum, { excusals }) => sum + excusals.length, 0) < total ? pages.length : undefined,
    placeholderData: keepPreviousData,
  });
  const changed = () => Promise.all([[excusalsKey], ['register']].map((queryKey) => client.invalidateQueries({ queryKey })));
  const remove = useMutation({
    mutationFn: ({ id }: Excusal) => api(recordsRoutes.removeExcusal, { params: { id } }),
    onSuccess: async () => {
      announce(t('excusals.removed'));
      await changed();
    },
  });
  const add = () => setAdding(true);
  return (
    <div className="excusals">
      <p className="university-note">{t('excusals.lead')}</p>
      {remove.error ? (
        <Banner tone="danger" announce="assertive">
          {refusal(errorCode(remove.error))}
        </Banner>
      ) : null}
      <CatalogueList
        label={t('excusals.listed')}
        columns={[
          {
            id: 'name',
            title: t('excusals.student'),
            isRowHeader: true,
            cell: ({ name, groups }) => (
              <>
                {name}
                <span className="excusals-under">{groups.join(', ')}</span>
              </>
            ),
          },
          { id: 'days', title: t('excusals.days'), cell: ({ firstOn, lastOn }) => spanText(texts, firstOn, lastOn) },
          {
            id: 'reason',
            title: t('register.reason'),
            cell: ({ reason, note }) => (
              <>
                <span className="excusals-reason">{excuseWords(reason, t)}</span>
                {note ? <span className="excusals-under">{note}</span> : null}
              </>
            ),
          },
          {
            id: 'by',
            title: t('excusals.by'),
            cell: ({ byName, at }) => (
              <>
                {byName}
                <span className="excusals-under">{date(at)}</span>
              </>
            ),
          },
          {
            id: 'remove',
            title: t('app.remove'),
            hideTitle: true,
            cell: (excusal) => (
              <Button size="small" aria-label={t('excusals.remove', { name: excusal.name })} onPress={() => setRemoving(excusal)}>
                {t('app.remove')}
              </Button>
            ),
          },
        ]}
        rows={list.data?.pages.flatMap(({ excusals }) => excusals)}
        rowKey={({ id }) => id}
        error={list.error}
        retry={() => void list.refetch()}
        search={{ label: t('excusals.search'), typed, onType: setTyped }}
        more={list.hasNextPage ? { isPending: list.isFetchingNextPage, load: () => void list.fetchNextPage() } : undefined}
        addLabel={t('excusals.add')}
        onAdd={add}
        empty={
          <EmptyState
            icon={NoteIcon}
            title={t('excusals.empty.title')}
            action={
              <Button icon={AddIcon} kind="primary" onPress={add}>
                {t('excusals.add')}
              </Button>
            }
          >
            {t('excusals.empty.text')}
          </EmptyState>
        }
      />
      {adding ? <AddExcusal onAdded={() => void changed()} onClose={() => setAdding(false)} /> : null}
      <Confirm
        isOpen={removing !== null}
        onOpenChange={(open) => !open && setRemoving(null)}
        title={t('excusals.removeQuestion', { name: removing?.name ?? '' })}
        kind="danger"
        action={t('app.remove')}
        onConfirm={async () => {
          // A refusal is shown above the list.
          if (removing) await remove.mutateAsync(removing).catch(() => undefined);
        }}
      >
        {t('excusals.removeNote')}
      </Confirm>
    </div>
  );
}
