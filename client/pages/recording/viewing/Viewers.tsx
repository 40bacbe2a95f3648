// Who watched how much of a recording, when, and which parts: as a table, or as a list where a table has no room.
import { useState } from 'react';
import type { Viewer } from '../../../../server/contract/viewing.ts';
import type { WatchingTime } from '../../../../server/contract/watching-time.ts';
import { compareNames, useText } from '../../../i18n/index.ts';
import { Chip } from '../../../ui/Chip.tsx';
import { SearchField } from '../../../ui/SearchField.tsx';
import { Select } from '../../../ui/Select.tsx';
import { type Sort, Table } from '../../../ui/Table.tsx';
import { useWide } from '../../register/useWide.ts';
import { SeenBar } from './SeenBar.tsx';
import { isShown, type Shown, seenParts, shown } from './viewing-view.ts';

export type ViewersProps = { readonly viewers: readonly Viewer[]; readonly time: WatchingTime };

export function Viewers({ viewers, time }: ViewersProps) {
  const { t, language, number } = useText();
  const isWide = useWide();
  const [which, setWhich] = useState<Shown>('all');
  const [typed, setTyped] = useState('');
  const [sort, setSort] = useState<Sort>({ column: 'name', descending: false });
  const wanted = typed.trim().toLocaleLowerCase(language);
  const rows = viewers
    .filter((viewer) => isShown(viewer, which) && viewer.name.toLocaleLowerCase(language).includes(wanted))
    .toSorted((a, b) => (sort.descending ? -1 : 1) * compared(a, b, sort.column));
  const List = isWide ? AsTable : AsList;
  return (
    <>
      <search className="viewing-filters">
        <SearchField label={t('viewing.search')} value={typed} onChange={setTyped} className="viewing-search" />
        <Select
          label={t('viewing.show')}
          value={which}
          onChange={(id) => setWhich(shown.find((one) => one === id) ?? 'all')}
          options={shown.map((id) => ({
            id,
            label: `${t(`viewing.show.${id}`)} · ${number(viewers.filter((one) => isShown(one, id)).length)}`,
          }))}
        />
      </search>
      {rows.length === 0 ? (
        <p className="viewing-none" role="status">
          {t('viewing.nobody')}
        </p>
      ) : (
        <List rows={rows} time={time} sort={sort} onSort={setSort} />
      )}
    </>
  );
}

function compared(a: Viewer, b: Viewer, column: string): number {
  const byName = compareNames(a.name, b.name);
  if (column === 'share') return a.share - b.share || byName;
  if (column === 'last') return (a.lastAt ?? 0) - (b.lastAt ?? 0) || byName;
  return byName;
}

type RowsProps = {
  readonly rows: readonly Viewer[];
  readonly time: WatchingTime;
  readonly sort: Sort;
  readonly onSort: (sort: Sort) => void;
};

function AsTable({ rows, time, sort, onSort }: RowsProps) {
  const { t, dateTime } = useText();
  return (
    <Table
      dense
      className="viewing-table"
      label={t('viewing.title')}
      rows={rows}
      rowKey={({ personId }) => personId}
      sort={sort}
      onSort={onSort}
      columns={[
        { id: 'name', title: t('viewing.column.name'), isRowHeader: true, sortable: true, cell: (row) => <Name viewer={row} /> },
        { id: 'share', title: t('viewing.column.share'), numeric: true, sortable: true, cell: (row) => <Share viewer={row} /> },
        {
          ...{ id: 'parts', title: t('viewing.column.parts'), width: '36%' },
          cell: (row) => <SeenBar parts={seenParts(row, time)} lengthMs={time.lengthMs} name={row.name} />,
        },
        { id: 'first', title: t('viewing.column.first'), cell: ({ firstAt }) => (firstAt === null ? '' : dateTime(firstAt)) },
        { id: 'last', title: t('viewing.column.last'), sortable: true, cell: ({ lastAt }) => (lastAt === null ? '' : dateTime(lastAt)) },
      ]}
    />
  );
}

function AsList({ rows, time }: RowsProps) {
  const { t, dateTime } = useText();
  return (
    <ul className="viewing-list" aria-label={t('viewing.title')}>
      {rows.map((row) => (
        <li key={row.personId} className="viewing-item">
          <div className="viewing-item-head">
            <Name viewer={row} />
            <Share viewer={row} />
          </div>
          <SeenBar parts={seenParts(row, time)} lengthMs={time.lengthMs} name={row.name} />
          {row.firstAt === null || row.lastAt === null ? null : (
            <p className="viewing-quiet tabular">{`${dateTime(row.firstAt)} – ${dateTime(row.lastAt)}`}</p>
          )}
        </li>
      ))}
    </ul>
  );
}

function Name({ viewer: { name, expected, liveMs } }: { readonly viewer: Viewer }) {
  const { t, duration } = useText();
  return (
    <span className="viewing-name">
      <span className="viewing-name-text">{name}</span>
      {expected ? null : <Chip>{t('viewing.other')}</Chip>}
      {liveMs > 0 ? <span className="viewing-quiet">{t('viewing.live', { time: duration(liveMs) })}</span> : null}
    </span>
  );
}

function Share({ viewer: { share, seenMs } }: { readonly viewer: Viewer }) {
  const { t, number, duration } = useText();
  if (seenMs === 0) return <span className="viewing-quiet">{t('viewing.notWatched')}</span>;
  return (
    <span className="viewing-share tabular">
      {number(share, { style: 'percent', maximumFractionDigits: 0 })}
      <span className="viewing-quiet"> · {duration(seenMs)}</span>
    </span>
  );
}
