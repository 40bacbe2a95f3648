// People of a register: as a table, or as a list where a table has no room.
import { Button } from 'react-aria-components';
import type { RegisterRow } from '../../../server/contract/attendance.ts';
import { useText } from '../../i18n/index.ts';
import { type Column, type Sort, Table } from '../../ui/Table.tsx';
import { type BarFrame, PresenceBar } from './PresenceBar.tsx';
import { useWide } from './useWide.ts';
import { VerdictChip } from './VerdictChip.tsx';

export type RegisterTableProps = {
  readonly label: string;
  readonly rows: readonly RegisterRow[];
  readonly frame: BarFrame;
  readonly onOpen: (row: RegisterRow) => void;
  /** Guests and teachers are not judged. */
  readonly isJudged: boolean;
  readonly sort?: Sort;
  readonly onSort?: (sort: Sort) => void;
  readonly empty?: string;
};

export function RegisterTable(props: RegisterTableProps) {
  return useWide() ? <AsTable {...props} /> : <AsList {...props} />;
}

function AsTable({ label, rows, frame, onOpen, isJudged, sort, onSort, empty }: RegisterTableProps) {
  const { t, number, time } = useText();
  const count = (value: number) => (value === 0 ? <span className="register-quiet">–</span> : number(Math.round(value)));
  const columns: Column<RegisterRow>[] = [
    {
      id: 'name',
      title: t('attendance.column.name'),
      isRowHeader: true,
      sortable: true,
      cell: (row) => <Name row={row} onOpen={onOpen} />,
    },
    ...(isJudged
      ? [
          {
            id: 'verdict',
            title: t('attendance.column.verdict'),
            sortable: true,
            cell: (row: RegisterRow) => <VerdictChip verdict={row.verdict} />,
          },
        ]
      : []),
    { id: 'bar', title: t('attendance.column.presence'), width: '13rem', cell: (row) => <PresenceBar row={row} frame={frame} /> },
    { id: 'minutes', title: t('attendance.column.minutesShort'), numeric: true, sortable: true, cell: (row) => count(row.minutes) },
    {
      id: 'share',
      title: t('attendance.column.share'),
      numeric: true,
      sortable: true,
      cell: (row) => (row.minutes === 0 ? count(0) : number(row.share, { style: 'percent', maximumFractionDigits: 0 })),
    },
    {
      id: 'firstJoinAt',
      title: t('attendance.column.firstJoin'),
      numeric: true,
      sortable: true,
      cell: (row) => (row.firstJoinAt === null ? count(0) : time(row.firstJoinAt)),
    },
    {
      id: 'lastLeaveAt',
      title: t('attendance.column.lastLeave'),
      numeric: true,
      sortable: true,
      cell: (row) => (row.here ? t('attendance.stay.now') : row.lastLeaveAt === null ? count(0) : time(row.lastLeaveAt)),
    },
    { id: 'handsRaised', title: t('attendance.column.hands'), numeric: true, sortable: true, cell: (row) => count(row.handsRaised) },
    { id: 'messages', title: t('attendance.column.messages'), numeric: true, sortable: true, cell: (row) => count(row.messages) },
    {
      id: 'microphoneMinutes',
      title: t('attendance.column.microphoneMin'),
      numeric: true,
      sortable: true,
      cell: (row) => count(row.microphoneMinutes),
    },
    {
      id: 'cameraMinutes',
      title: t('attendance.column.cameraMin'),
      numeric: true,
      sortable: true,
      cell: (row) => count(row.cameraMinutes),
    },
    { id: 'drops', title: t('attendance.column.drops'), numeric: true, sortable: true, cell: (row) => count(row.drops) },
    { id: 'devices', title: t('attendance.column.devices'), numeric: true, sortable: true, cell: (row) => count(row.devices) },
  ];
  const sorting = sort && onSort ? { sort, onSort } : {};
  return (
    <Table
      className="register-table"
      label={label}
      columns={columns}
      rows={rows}
      rowKey={({ personId }) => personId}
      dense
      {...sorting}
      empty={empty ? <p className="register-none">{empty}</p> : null}
    />
  );
}

function Name({ row, onOpen }: { readonly row: RegisterRow; readonly onOpen: (row: RegisterRow) => void }) {
  const { t } = useText();
  const under = row.onRoster ? row.groups.join(', ') : t(`attendance.role.${row.role}`);
  return (
    <Button className="register-name" onPress={() => onOpen(row)}>
      <span className="register-name-text">{row.name}</span>
      {under ? <span className="register-name-under">{under}</span> : null}
    </Button>
  );
}

function AsList({ label, rows, frame, onOpen, isJudged, empty }: RegisterTableProps) {
  const { t, number, time } = useText();
  if (rows.length === 0 && empty) return <p className="register-none">{empty}</p>;
  return (
    <ul className="register-list" aria-label={label}>
      {rows.map((row) => (
        <li key={row.personId}>
          <Button className="register-item" onPress={() => onOpen(row)}>
            <span className="register-item-head">
              <span className="register-name-text">{row.name}</span>
              {isJudged ? <VerdictChip verdict={row.verdict} /> : null}
            </span>
            <PresenceBar row={row} frame={frame} />
            <span className="register-item-figures tabular">
              <span>
                {t('attendance.minutes', { n: Math.round(row.minutes) })} ·{' '}
                {number(row.share, { style: 'percent', maximumFractionDigits: 0 })}
              </span>
              {row.firstJoinAt === null ? null : (
                <span>
                  {time(row.firstJoinAt)}–{row.here ? t('attendance.stay.now') : row.lastLeaveAt === null ? '' : time(row.lastLeaveAt)}
                </span>
              )}
            </span>
          </Button>
        </li>
      ))}
    </ul>
  );
}
