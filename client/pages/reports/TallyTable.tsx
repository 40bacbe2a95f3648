// Groups, courses, teachers or faculties with their tallies, each leading to its own report.
import { useState } from 'react';
import type { Tally } from '../../../server/contract/reports.ts';
import { compareNames, useText } from '../../i18n/index.ts';
import { Link } from '../../ui/Link.tsx';
import { type Column, type Sort, Table } from '../../ui/Table.tsx';
import { useWide } from '../register/useWide.ts';
import { ShareBar } from './Totals.tsx';

type Line = { readonly id: string; readonly name: string; readonly tally: Tally };

type TallyTableProps<L extends Line> = {
  readonly label: string;
  /** Of the column of names. */
  readonly what: string;
  readonly rows: readonly L[];
  readonly linkOf: (row: L) => string;
  readonly more?: readonly Column<L>[];
};

export function TallyTable<L extends Line>({ label, what, rows, linkOf, more = [] }: TallyTableProps<L>) {
  const { t, number } = useText();
  const wide = useWide();
  // The weakest first: this is where someone must act.
  const [sort, setSort] = useState<Sort>({ column: 'share', descending: false });
  const columns: readonly Column<L>[] = [
    { id: 'name', title: what, isRowHeader: true, sortable: true, cell: (row) => <Link href={linkOf(row)}>{row.name}</Link> },
    {
      id: 'share',
      title: t('reports.column.share'),
      sortable: true,
      width: '10rem',
      cell: ({ tally }) => <ShareBar share={tally.share} />,
    },
    ...(wide
      ? [
          { id: 'absent', title: t('reports.part.absent'), numeric: true, cell: ({ tally }: L) => number(tally.absent) },
          { id: 'late', title: t('reports.part.late'), numeric: true, cell: ({ tally }: L) => number(tally.late) },
          ...more,
        ]
      : []),
  ];
  const sorted = rows.toSorted(
    (a, b) => (sort.column === 'name' ? 0 : (a.tally.share ?? 2) - (b.tally.share ?? 2)) || compareNames(a.name, b.name),
  );
  return (
    <Table
      label={label}
      columns={columns}
      rows={sort.descending ? sorted.toReversed() : sorted}
      rowKey={({ id }) => id}
      sort={sort}
      onSort={setSort}
      className="report-table"
    />
  );
}
