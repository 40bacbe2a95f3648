// The shares as a table: what is taught by distance, against what is allowed.
import type { ShareBy, ShareRow } from '../../../server/contract/shares.ts';
import { type Texts, useText } from '../../i18n/index.ts';
import { cx } from '../../ui/cx.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { SearchIcon } from '../../ui/icons.ts';
import { Link } from '../../ui/Link.tsx';
import { type Column, Table } from '../../ui/Table.tsx';
import { useWide } from '../register/useWide.ts';
import { ShareStateChip } from './ShareStateChip.tsx';
import { filled } from './shares-view.ts';

type SharesTableProps = {
  readonly by: ShareBy;
  readonly rows: readonly ShareRow[];
  readonly sort: 'share' | 'name';
  readonly onSort: (sort: 'share' | 'name') => void;
};

const percent: Intl.NumberFormatOptions = { style: 'percent', maximumFractionDigits: 1 };
const none = '–';

export function SharesTable({ by, rows, sort, onSort }: SharesTableProps) {
  const texts = useText();
  const { t } = texts;
  const wide = useWide();
  const columns = wide ? wideColumns(by, texts) : narrowColumns(by, texts);
  return (
    <Table
      label={t('shares.title')}
      columns={columns}
      rows={rows}
      rowKey={({ id }) => id}
      // The server sorts shares from the highest down and names from the first on; no other way round makes sense here.
      sort={{ column: sort, descending: sort === 'share' }}
      onSort={({ column }) => onSort(column === 'name' ? 'name' : 'share')}
      className="shares-table"
      empty={
        <EmptyState icon={SearchIcon} title={t('shares.empty.title')}>
          {t('shares.empty.text')}
        </EmptyState>
      }
    />
  );
}

function wideColumns(by: ShareBy, texts: Texts): readonly Column<ShareRow>[] {
  const { t, number } = texts;
  const figure = (value: number | null) => (value === null ? none : number(value, { maximumFractionDigits: 1 }));
  return [
    nameColumn(by, texts),
    { id: 'faculty', title: t('timetable.find.faculty'), cell: ({ faculty }) => faculty?.name ?? none },
    {
      id: 'hours',
      title: t('shares.column.hours'),
      numeric: true,
      cell: (row) => t('shares.ofHours', { here: figure(row.hoursHere), all: figure(row.plannedHours) }),
    },
    {
      id: 'credits',
      title: t('shares.column.credits'),
      numeric: true,
      cell: (row) => (row.credits === null ? none : t('shares.ofHours', { here: figure(row.creditsHere), all: figure(row.credits) })),
    },
    shareColumn(texts),
    { id: 'state', title: t('shares.column.state'), cell: ({ state }) => <ShareStateChip state={state} /> },
  ];
}

/** On a phone the figures stand below one another. */
function narrowColumns(by: ShareBy, texts: Texts): readonly Column<ShareRow>[] {
  const share = shareColumn(texts);
  return [
    nameColumn(by, texts),
    {
      ...share,
      cell: (row) => (
        <div className="share-stack">
          {share.cell(row)}
          <ShareStateChip state={row.state} />
        </div>
      ),
    },
  ];
}

function nameColumn(by: ShareBy, { t }: Texts): Column<ShareRow> {
  return {
    id: 'name',
    title: t(`shares.by.${by}`),
    isRowHeader: true,
    sortable: true,
    cell: ({ id, name, detail, courses, coursesUnknown }) => (
      <>
        {by === 'course' ? <Link href={`/courses/${id}`}>{name}</Link> : name}
        <span className="share-detail">
          {[
            detail,
            by === 'course' ? '' : t('shares.courses', { n: courses }),
            coursesUnknown > 0 && by !== 'course' && t('shares.unknown', { n: coursesUnknown }),
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </>
    ),
  };
}

function shareColumn({ t, number }: Texts): Column<ShareRow> {
  return {
    id: 'share',
    title: t('shares.column.share'),
    sortable: true,
    width: '12rem',
    cell: (row) => (
      <div className="share">
        <span className="tabular">
          <strong>{row.percent === null ? none : number(row.percent / 100, percent)}</strong>{' '}
          <span className="share-limit">{t('shares.limit', { limit: number(row.limitPercent / 100, percent) })}</span>
        </span>
        <span className="share-bar" aria-hidden="true">
          <span
            className={cx('share-bar-fill', `share-bar-${row.state}`)}
            style={{ width: `${filled(row.percent, row.limitPercent) * 100}%` }}
          />
        </span>
      </div>
    ),
  };
}
