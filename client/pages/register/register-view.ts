// What of a register is shown, and in which order. Pure.
import type { Register, RegisterRow } from '../../../server/contract/attendance.ts';
import { compareNames } from '../../i18n/index.ts';
import type { Sort } from '../../ui/Table.tsx';

export type VerdictFilter = 'all' | 'here' | RegisterRow['verdict'];

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
    const isOfKind = verdict === 'all' || (verdict === 'here' ? row.here : row.verdict === verdict);
    return isOfKind && words.every((word) => text.includes(word));
  });
}

const verdictOrder: readonly RegisterRow['verdict'][] = ['absent', 'expected', 'late', 'left-early', 'present'];

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
  drops: (a, b) => a.drops - b.drops,
  devices: (a, b) => a.devices - b.devices,
};

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
