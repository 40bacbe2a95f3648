// A report as a file shows it, whatever the format: titled tables of typed cells.
import type { Language } from '../contract/identity.ts';
import type { Instant, LocalDate } from '../contract/ids.ts';
import type { Tally } from '../contract/reports.ts';
import { type TextKey, text } from '../texts/texts.ts';

/** `share` is of 1 and shown in percent; `mark` is a verdict, with `*` behind it where it was corrected. */
export type CellKind = 'text' | 'number' | 'share' | 'moment' | 'day' | 'mark';
/** Text and verdicts, days as ISO dates; numbers, shares and moments. Null: nothing stands there. */
export type Cell = string | number | null;

export interface Column {
  readonly head: string;
  readonly kind: CellKind;
  /** In letters. */
  readonly width: number;
  /** For a narrow column on paper, line by line; missing: the head itself. */
  readonly narrowHead?: string;
}

export interface PaperTable {
  readonly title: string;
  readonly columns: readonly Column[];
  /** So many columns stand on each page again. */
  readonly pinned: number;
  readonly rows: readonly (readonly Cell[])[];
}

export interface Paper {
  readonly title: string;
  /** The days that it is about; empty where it is about today. */
  readonly subtitle: string;
  readonly language: Language;
  readonly timeZone: string;
  readonly tables: readonly PaperTable[];
  /** What the marks mean; empty without marks. */
  readonly legend: string;
}

export interface Look {
  readonly language: Language;
  readonly timeZone: string;
}

export type Format = 'csv' | 'xlsx' | 'pdf';

export function column(language: Language, key: TextKey, kind: CellKind, width: number): Column {
  return { head: text(language, key), kind, width };
}

export function yesNo(language: Language, is: boolean): string {
  return text(language, is ? 'report.yes' : 'report.no');
}

/** 01.09.2026 – 31.12.2026 */
export function periodWords({ from, to }: { readonly from: LocalDate; readonly to: LocalDate }): string {
  return `${dayWords(from)} – ${dayWords(to)}`;
}

export function dayWords(date: LocalDate): string {
  return date.split('-').reverse().join('.');
}

/** 07.09.2026 08:00 in the time zone. */
export function momentWords(at: Instant, timeZone: string): { readonly day: string; readonly time: string } {
  let format = formats.get(timeZone);
  if (format === undefined) {
    const parts = { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
    format = new Intl.DateTimeFormat('en-GB', { ...parts, timeZone });
    formats.set(timeZone, format);
  }
  const [day = '', time = ''] = format.format(at).split(', ');
  return { day: day.replaceAll('/', '.'), time };
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** The columns of a sum, and what stands in them. */
export function tallyColumns(language: Language): Column[] {
  return [
    column(language, 'report.column.share', 'share', 9),
    column(language, 'report.column.lessons', 'number', 8),
    column(language, 'report.column.present', 'number', 8),
    column(language, 'report.column.late', 'number', 8),
    column(language, 'report.column.left-early', 'number', 8),
    column(language, 'report.column.absent', 'number', 8),
    column(language, 'report.column.excused', 'number', 9),
    column(language, 'report.column.asynchronous', 'number', 8),
    column(language, 'report.column.minutes', 'number', 9),
  ];
}

export function tallyCells(tally: Tally): Cell[] {
  const { share, lessons, present, late, leftEarly, absent, excused, asynchronous, minutes } = tally;
  return [share, lessons, present, late, leftEarly, absent, excused, asynchronous, minutes];
}
