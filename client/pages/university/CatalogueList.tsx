// A searched and paged table of courses or groups, with what to say while there is none.
import type { ReactNode } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { LoadBanner } from '../../app/LoadBanner.tsx';
import { useText } from '../../i18n/index.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { AddIcon, SearchIcon } from '../../ui/icons.ts';
import { SearchField } from '../../ui/SearchField.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { type Column, Table } from '../../ui/Table.tsx';

type CatalogueListProps<Row> = {
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  /** Undefined while it loads. */
  readonly rows: readonly Row[] | undefined;
  readonly rowKey: (row: Row) => string;
  readonly error: Error | null;
  readonly retry: () => void;
  /** Missing where nothing is searched. */
  readonly search?: { readonly label: string; readonly typed: string; readonly onType: (typed: string) => void };
  readonly more?: { readonly isPending: boolean; readonly load: () => void } | undefined;
  readonly addLabel: string;
  readonly onAdd: () => void;
  readonly empty: ReactNode;
};

export function CatalogueList<Row>({ search, rows, error, retry, more, addLabel, onAdd, empty, ...table }: CatalogueListProps<Row>) {
  const { t } = useText();
  const searching = search !== undefined && search.typed.trim() !== '';
  const none = rows?.length === 0 && !searching;
  return (
    <>
      {none ? null : (
        <div className="university-bar">
          {search ? <SearchField label={search.label} value={search.typed} onChange={search.onType} className="university-search" /> : null}
          <Button icon={AddIcon} kind="primary" onPress={onAdd} className="university-add">
            {addLabel}
          </Button>
        </div>
      )}
      {error ? <LoadBanner error={error} onRetry={retry} /> : null}
      {rows === undefined && !error ? <Skeleton height="16rem" /> : null}
      {none ? empty : null}
      {rows && !none ? (
        <Table
          {...table}
          rows={rows}
          className="university-table"
          empty={
            <EmptyState icon={SearchIcon} title={t('university.notFound.title')}>
              {t('university.notFound.text')}
            </EmptyState>
          }
        />
      ) : null}
      {more ? (
        <div className="university-more">
          <Button isPending={more.isPending} onPress={more.load}>
            {t('app.showMore')}
          </Button>
        </div>
      ) : null}
    </>
  );
}

/** The name of a row, which opens it. */
type OpenButtonProps = {
  readonly name: string;
  /** What pressing does, for screen readers; missing: *Edit {name}*. */
  readonly label?: string;
  readonly onPress: () => void;
};

export function OpenButton({ name, label, onPress }: OpenButtonProps) {
  const { t } = useText();
  return (
    <AriaButton className="university-open" aria-label={label ?? t('university.edit', { name })} onPress={onPress}>
      {name}
    </AriaButton>
  );
}
