// The columns of a register's table: how people attended, or how they took part.
import type { RegisterRow } from '../../../server/contract/attendance.ts';
import type { Texts } from '../../i18n/index.ts';
import type { Column } from '../../ui/Table.tsx';
import type { BarFrame } from './frame.ts';
import { gapSums } from './lanes.ts';
import { PresenceBar } from './PresenceBar.tsx';
import { RowVerdict } from './VerdictChip.tsx';

export const views = ['attendance', 'taking-part'] as const;
export type View = (typeof views)[number];

type Columns = readonly Column<RegisterRow>[];

/** `isJudged` is false for guests and teachers. The column of names comes before these. */
export function columnsOf(view: View, isJudged: boolean, frame: BarFrame, texts: Texts): Columns {
  const verdict: Columns = isJudged
    ? [{ id: 'verdict', title: texts.t('attendance.column.verdict'), sortable: true, cell: (row) => <RowVerdict row={row} /> }]
    : [];
  return [...verdict, ...(view === 'attendance' ? attendance(frame, texts) : takingPart(texts))];
}

function attendance(frame: BarFrame, texts: Texts): Columns {
  const { t, number, time } = texts;
  return [
    { id: 'bar', title: t('attendance.column.presence'), width: '12rem', cell: (row) => <PresenceBar row={row} frame={frame} /> },
    { ...counted('minutes', t('attendance.column.minutesShort'), texts) },
    {
      ...{ id: 'share', title: t('attendance.column.share'), numeric: true, sortable: true },
      cell: (row) => (row.minutes === 0 ? <None /> : number(row.share, { style: 'percent', maximumFractionDigits: 0 })),
    },
    {
      ...{ id: 'firstJoinAt', title: t('attendance.column.firstJoin'), numeric: true, sortable: true },
      cell: (row) => (row.firstJoinAt === null ? <None /> : time(row.firstJoinAt)),
    },
    {
      ...{ id: 'lastLeaveAt', title: t('attendance.column.lastLeave'), numeric: true, sortable: true },
      cell: (row) => (row.here ? t('attendance.stay.now') : row.lastLeaveAt === null ? <None /> : time(row.lastLeaveAt)),
    },
    { id: 'gaps', title: t('register.column.gaps'), cell: (row) => gapsWords(row, frame, texts) || <None /> },
    counted('catchUpMinutes', t('register.column.catchUpMin'), texts),
    counted('viewingMinutes', t('register.column.viewingMin'), texts),
  ];
}

function takingPart(texts: Texts): Columns {
  const { t } = texts;
  return [
    counted('handsRaised', t('attendance.column.hands'), texts),
    counted('messages', t('attendance.column.messages'), texts),
    counted('microphoneMinutes', t('attendance.column.microphoneMin'), texts),
    counted('cameraMinutes', t('attendance.column.cameraMin'), texts),
    {
      ...{ id: 'checks', title: t('register.column.checks'), numeric: true, sortable: true },
      cell: ({ checks }) =>
        checks.length === 0 ? (
          <None />
        ) : (
          t('register.checks.answered', { n: checks.filter(({ outcome }) => outcome === 'answered').length, all: checks.length })
        ),
    },
    counted('hiddenMinutes', t('register.column.hiddenMin'), texts),
    counted('lobbyMinutes', t('register.column.lobbyMin'), texts),
    counted('drops', t('attendance.column.drops'), texts),
    counted('devices', t('attendance.column.devices'), texts),
  ];
}

type Counted = 'minutes' | 'handsRaised' | 'messages' | 'drops' | 'devices' | `${string}Minutes`;

function counted<Id extends Counted & keyof RegisterRow>(id: Id, title: string, { number }: Texts): Column<RegisterRow> {
  return {
    ...{ id, title, numeric: true, sortable: true },
    cell: (row) => {
      const value = Number(row[id]);
      if (value === 0) return <None />;
      return value < 0.5 ? '< 1' : number(Math.round(value));
    },
  };
}

function None() {
  return <span className="register-quiet">–</span>;
}

/** Line lost ×2, 5 min. */
export function gapsWords({ gaps }: Pick<RegisterRow, 'gaps'>, { until }: Pick<BarFrame, 'until'>, { t, duration }: Texts): string {
  return gapSums(gaps, until)
    .map(({ kind, count, ms }) =>
      count === 1
        ? t('register.gapOne', { what: t(`register.gap.kind.${kind}`), length: duration(ms) })
        : t('register.gapSum', { what: t(`register.gap.kind.${kind}`), n: count, length: duration(ms) }),
    )
    .join('; ');
}
