// People of a register: as a table, or as a list where a table has no room. Pressing a name opens the picture and why.
import type { ReactNode } from 'react';
import { Button } from 'react-aria-components';
import type { RegisterRow } from '../../../server/contract/attendance.ts';
import { useText } from '../../i18n/index.ts';
import { ChevronDownIcon, ChevronRightIcon } from '../../ui/icons.ts';
import { type Column, type Sort, Table } from '../../ui/Table.tsx';
import { columnsOf, gapsWords, type View } from './columns.tsx';
import type { BarFrame } from './frame.ts';
import { PresenceBar } from './PresenceBar.tsx';
import { useWide } from './useWide.ts';
import { RowVerdict } from './VerdictChip.tsx';
import { byWords } from './WhyList.tsx';

export type RegisterTableProps = {
  readonly label: string;
  readonly rows: readonly RegisterRow[];
  readonly frame: BarFrame;
  readonly openId: string | null;
  readonly onOpen: (row: RegisterRow) => void;
  /** Of the open row. */
  readonly details: (row: RegisterRow) => ReactNode;
  /** Guests and teachers are not judged. */
  readonly isJudged: boolean;
  readonly view?: View;
  readonly sort?: Sort;
  readonly onSort?: (sort: Sort) => void;
  readonly empty?: string;
};

export function RegisterTable(props: RegisterTableProps) {
  return useWide() ? <AsTable {...props} /> : <AsList {...props} />;
}

function AsTable({ label, rows, frame, openId, onOpen, details, isJudged, view = 'attendance', sort, onSort, empty }: RegisterTableProps) {
  const texts = useText();
  const columns: readonly Column<RegisterRow>[] = [
    {
      ...{ id: 'name', title: texts.t('attendance.column.name'), isRowHeader: true, sortable: true },
      cell: (row) => <Name row={row} isOpen={row.personId === openId} onOpen={onOpen} />,
    },
    ...columnsOf(view, isJudged, frame, texts),
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
      detail={(row) => (row.personId === openId ? <div className="register-open">{details(row)}</div> : null)}
    />
  );
}

type NameProps = { readonly row: RegisterRow; readonly isOpen: boolean; readonly onOpen: (row: RegisterRow) => void };

function Name({ row, isOpen, onOpen }: NameProps) {
  const { t } = useText();
  const under = row.onRoster && row.role === 'student' ? row.groups.join(', ') : t(`attendance.role.${row.role}`);
  const Sign = isOpen ? ChevronDownIcon : ChevronRightIcon;
  return (
    <Button className="register-name" aria-expanded={isOpen} onPress={() => onOpen(row)}>
      <Sign className="register-name-sign" />
      <span className="register-name-words">
        <span className="register-name-text">{row.name}</span>
        {under ? <span className="register-name-under">{under}</span> : null}
      </span>
    </Button>
  );
}

function AsList({ label, rows, frame, openId, onOpen, details, isJudged, empty }: RegisterTableProps) {
  const texts = useText();
  const { t, number, time, dateTime } = texts;
  if (rows.length === 0 && empty) return <p className="register-none">{empty}</p>;
  return (
    <ul className="register-list" aria-label={label}>
      {rows.map((row) => {
        const isOpen = row.personId === openId;
        const gaps = gapsWords(row, frame, texts);
        return (
          <li key={row.personId}>
            <div className="register-item">
              <div className="register-item-head">
                <Name row={row} isOpen={isOpen} onOpen={onOpen} />
                {isJudged ? <RowVerdict row={row} /> : null}
              </div>
              {row.correction ? (
                <p className="register-quiet">
                  {row.correction.reason} ({byWords(row.correction.byName, dateTime(row.correction.at))})
                </p>
              ) : null}
              <PresenceBar row={row} frame={frame} />
              <p className="register-item-figures tabular">
                <span>
                  {t('attendance.minutes', { n: Math.round(row.minutes) })} ·{' '}
                  {number(row.share, { style: 'percent', maximumFractionDigits: 0 })}
                </span>
                {row.firstJoinAt === null ? null : (
                  <span>
                    {time(row.firstJoinAt)}–{row.here ? t('attendance.stay.now') : row.lastLeaveAt === null ? '' : time(row.lastLeaveAt)}
                  </span>
                )}
              </p>
              {gaps ? <p className="register-quiet">{gaps}</p> : null}
              {row.catchUpMinutes + row.viewingMinutes > 0 ? (
                <p className="register-quiet">
                  {t('register.watched', { live: Math.round(row.catchUpMinutes), later: Math.round(row.viewingMinutes) })}
                </p>
              ) : null}
            </div>
            {isOpen ? <div className="register-open">{details(row)}</div> : null}
          </li>
        );
      })}
    </ul>
  );
}
