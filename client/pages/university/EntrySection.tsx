// A section of the catalogue whose rows have nothing but their fields: a searched list, and one form to add and to change.
import { type InfiniteData, type UseInfiniteQueryResult, useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Faculty } from '../../../server/contract/catalogue.ts';
import { useText } from '../../i18n/index.ts';
import { Button } from '../../ui/Button.tsx';
import { Confirm } from '../../ui/Dialog.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { AddIcon, DeleteIcon, GridIcon } from '../../ui/icons.ts';
import { announce } from '../../ui/live.ts';
import type { Column } from '../../ui/Table.tsx';
import { AddEntry } from './AddEntry.tsx';
import { CatalogueList, OpenButton } from './CatalogueList.tsx';
import { catalogueChanged } from './catalogue.ts';
import { type EntryDraft, type EntryField, emptyEntry } from './entry.ts';

type EntrySectionProps<Row, Page> = {
  readonly words: {
    readonly list: string;
    readonly add: string;
    readonly edit: string;
    readonly search: string;
    readonly empty: string;
    readonly emptyText: string;
  };
  readonly query: UseInfiniteQueryResult<InfiniteData<Page>>;
  readonly rowsOf: (page: Page) => readonly Row[];
  readonly typed: string;
  readonly onType: (typed: string) => void;
  readonly nameOf: (row: Row) => string;
  readonly columns: readonly Column<Row>[];
  readonly fields: readonly EntryField[];
  readonly draftOf: (row: Row) => EntryDraft;
  readonly faculties: readonly Faculty[];
  /** Null: a new one. */
  readonly send: (draft: EntryDraft, row: Row | null) => Promise<unknown>;
  readonly remove?: (row: Row) => Promise<unknown>;
};

export function EntrySection<Row extends { readonly id: string }, Page>(props: EntrySectionProps<Row, Page>) {
  const { words, query, rowsOf, typed, onType, nameOf, columns, fields, draftOf, faculties, send, remove } = props;
  const { t } = useText();
  const client = useQueryClient();
  const [open, setOpen] = useState<Row | 'new' | null>(null);
  const [removing, setRemoving] = useState<Row | null>(null);
  const removal = useMutation({
    mutationFn: (row: Row) => (remove ? remove(row) : Promise.resolve()),
    onSuccess: async () => {
      announce(t('calendar.removed'));
      await catalogueChanged(client);
    },
  });
  const add = () => setOpen('new');
  const only = faculties.length === 1 ? (faculties[0]?.id ?? null) : null;
  return (
    <>
      <CatalogueList
        label={words.list}
        columns={[
          {
            id: 'name',
            title: t('calendar.field.name'),
            isRowHeader: true,
            cell: (row) => <OpenButton name={nameOf(row)} onPress={() => setOpen(row)} />,
          },
          ...columns,
          ...(remove
            ? [
                {
                  id: 'remove',
                  title: t('app.remove'),
                  hideTitle: true,
                  cell: (row: Row) => (
                    <Button size="small" kind="quiet" icon={DeleteIcon} onPress={() => setRemoving(row)}>
                      {t('app.remove')}
                    </Button>
                  ),
                },
              ]
            : []),
        ]}
        rows={query.data?.pages.flatMap((page) => rowsOf(page))}
        rowKey={({ id }) => id}
        error={query.error ?? removal.error}
        retry={() => {
          removal.reset();
          void query.refetch();
        }}
        search={{ label: words.search, typed, onType }}
        more={query.hasNextPage ? { isPending: query.isFetchingNextPage, load: () => void query.fetchNextPage() } : undefined}
        addLabel={words.add}
        onAdd={add}
        empty={
          <EmptyState
            icon={GridIcon}
            title={words.empty}
            action={
              <Button icon={AddIcon} kind="primary" onPress={add}>
                {words.add}
              </Button>
            }
          >
            {words.emptyText}
          </EmptyState>
        }
      />
      {open === null ? null : (
        <AddEntry
          key={open === 'new' ? 'new' : open.id}
          title={open === 'new' ? words.add : words.edit}
          {...(open === 'new' ? {} : { action: t('app.save') })}
          fields={fields}
          first={open === 'new' ? { ...emptyEntry, facultyId: only } : draftOf(open)}
          faculties={faculties}
          send={(draft) => send(draft, open === 'new' ? null : open)}
          done={() => t('app.saved')}
          onClose={() => setOpen(null)}
        />
      )}
      <Confirm
        isOpen={removing !== null}
        onOpenChange={(isOpen) => !isOpen && setRemoving(null)}
        title={t('calendar.removeQuestion', { name: removing ? nameOf(removing) : '' })}
        kind="danger"
        action={t('app.remove')}
        onConfirm={async () => {
          // The refusal is shown above the list.
          if (removing) await removal.mutateAsync(removing).catch(() => undefined);
        }}
      />
    </>
  );
}
