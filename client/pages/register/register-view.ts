// What of a register is shown, and in which order. Pure.
import type { Register, RegisterRow } from '../../../server/contract/attendance.ts';
import { compareNames } from '../../i18n/index.ts';
import type { Sort } from '../../ui/Table.tsx';

export type VerdictFilter = 'all' | 'here' | 'gaps' | 'corrected' | RegisterRow['verdict'];

export type Filter = { readonly search: string; readonly verdict: VerdictFilter };

export type Groups = {
  readonly students: readonly RegisterRow[];
  readonly leaders: readonly RegisterRow[];
  /** Guests, observers, and whoever came without being expected. */
  readonly outsiders: readonly RegisterRow[];
};

export function groupRows(rows: readonly RegisterRow[]): Groups {
  const byName = rows.toSorted((a, b) => compareNames(a.name, b.name));
  return {
    students: byName.filter(({ onRoster, role }) => onRoster && role === 'student'),
    leaders: byName.filter(({ onRoster, role }) => onRoster && role !== 'student'),
    outsiders: byName.filter(({ onRoster }) => !onRoster),
  };
}

const folded = (text: string): string => text.normalize('NFC').toLocaleLowerCase('kk').replaceAll('ё', 'е').trim();

/** Every word must be found in the name or in a group. */
export function filterRows(rows: readonly RegisterRow[], { search, verdict }: Filter): RegisterRow[] {
  const words = folded(search).split(/\s+/u).filter(Boolean);
  return rows.filter((row) => {
    const text = folded([row.name, ...row.groups].join(' '));
    return isOfKind(row, verdict) && words.every((word) => text.includes(word));
  });
}

function isOfKind(row: RegisterRow, filter: VerdictFilter): boolean {
  switch (filter) {
    case 'all':
      return true;
    case 'here':
      return row.here;
    case 'gaps':
      return row.gaps.length > 0;
    case 'corrected':
      return row.correction !== null;
    default:
      return row.verdict === filter;
  }
}

/** What may be asked for: while the class runs also who is here, afterwards what only the end can tell. */
export function filtersOf({ final, totals }: Pick<Register, 'final' | 'totals'>): readonly VerdictFilter[] {
  return [
    'all',
    ...(final ? [] : (['here'] as const)),
    ...(['present', 'late', 'left-early', 'absent'] as const),
    ...(totals.excused > 0 ? (['excused'] as const) : []),
    ...(totals.asynchronous > 0 ? (['asynchronous'] as const) : []),
    ...(final ? [] : (['expected'] as const)),
    'gaps',
    'corrected',
  ];
}

const verdictOrder: readonly RegisterRow['verdict'][] = [
  ...(['absent', 'expected', 'late', 'left-early', 'asynchronous', 'excused', 'not-held', 'present'] as const),
];

type Compare = (a: RegisterRow, b: RegisterRow) => number;
const last = Number.MAX_SAFE_INTEGER;
const comparisons: Readonly<Record<string, Compare>> = {
  name: (a, b) => compareNames(a.name, b.name),
  verdict: (a, b) => verdictOrder.indexOf(a.verdict) - verdictOrder.indexOf(b.verdict),
  minutes: (a, b) => a.minutes - b.minutes,
  share: (a, b) => a.share - b.share,
  firstJoinAt: (a, b) => (a.firstJoinAt ?? last) - (b.firstJoinAt ?? last),
  lastLeaveAt: (a, b) => (a.lastLeaveAt ?? last) - (b.lastLeaveAt ?? last),
  handsRaised: (a, b) => a.handsRaised - b.handsRaised,
  messages: (a, b) => a.messages - b.messages,
  microphoneMinutes: (a, b) => a.microphoneMinutes - b.microphoneMinutes,
  cameraMinutes: (a, b) => a.cameraMinutes - b.cameraMinutes,
  catchUpMinutes: (a, b) => a.catchUpMinutes - b.catchUpMinutes,
  viewingMinutes: (a, b) => a.viewingMinutes - b.viewingMinutes,
  hiddenMinutes: (a, b) => a.hiddenMinutes - b.hiddenMinutes,
  lobbyMinutes: (a, b) => a.lobbyMinutes - b.lobbyMinutes,
  checks: (a, b) => answered(a) - answered(b),
  drops: (a, b) => a.drops - b.drops,
  devices: (a, b) => a.devices - b.devices,
};

function answered({ checks }: RegisterRow): number {
  return checks.filter(({ outcome }) => outcome === 'answered').length;
}

/** Those who are alike stay in the order of their names, whichever way is sorted. */
export function sortRows(rows: readonly RegisterRow[], { column, descending }: Sort): RegisterRow[] {
  const compare = comparisons[column] ?? (() => 0);
  const sign = descending ? -1 : 1;
  return rows.toSorted((a, b) => sign * compare(a, b) || compareNames(a.name, b.name));
}

export type Span = { readonly from: number; readonly to: number };

/** The time that all bars show: the lesson, and what was before and after it if anyone was there. */
export function barSpan({ startsAt, endsAt, rows }: Pick<Register, 'startsAt' | 'endsAt' | 'rows'>): Span {
  const times = rows.flatMap(({ intervals }) => intervals.flatMap(({ from, to }) => [from, to]));
  return { from: Math.min(startsAt, ...times), to: Math.max(endsAt, ...times) };
}

/** Someone who may see only the own row. */
export function isOwnOnly({ rows }: Pick<Register, 'rows'>, personId: string): boolean {
  return rows.length === 1 && rows[0]?.personId === personId && rows[0].role === 'student';
}
