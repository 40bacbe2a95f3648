// What a cell of each kind of column may hold, and what is taken from it.
import { cleanName, Language, SignInName } from '../contract/identity.ts';
import { LocalDate } from '../contract/ids.ts';

/** As the reader of the file hands it over: trimmed text, or a list that needs no splitting. */
export type Cell = string | readonly string[];

/** Stands for a formula without a result; no file can hold it. */
export const notComputed = '\u0000?';

/** Told instead of a value. */
export const bad: unique symbol = Symbol('bad');
type Read<T> = (cell: Cell) => T | typeof bad;

export interface Column<T> {
  /** The cell must be filled. */
  readonly needed: boolean;
  /** What an empty cell means; never used where one is needed. */
  readonly empty: T;
  readonly read: Read<T>;
  /** The other names that the head of a file may use, Russian and Kazakh, first those that the template shows. */
  readonly names: readonly string[];
}

type Names = readonly string[];

export function needed<T>(read: Read<T>, empty: T, ...names: Names): Column<T> {
  return { needed: true, empty, read, names };
}

export function optional<T>(read: Read<T>, ...names: Names): Column<T | null> {
  return { needed: false, empty: null, read, names };
}

export function list(most: number, isNeeded: boolean, ...names: Names): Column<readonly string[]> {
  const read = (cell: Cell) => {
    const parts = typeof cell === 'string' ? cell.split(/[,;|\n]/) : cell;
    const ids = new Set(parts.map((part) => part.trim()).filter(Boolean));
    if (ids.size > most || [...ids].some((part) => id(part) === bad)) return bad;
    return [...ids].sort();
  };
  return { needed: isNeeded, empty: [], read, names };
}

/** Nothing that cannot be seen: what one system sends, another must be able to type. */
const externalId = cleanName(200);
export function id(cell: Cell): string | typeof bad {
  const text = textOf(cell);
  // Nearly all ids are plain, and there are many.
  if (/^[\w.:@/+-]{1,200}$/.test(text)) return text;
  return externalId.safeParse(text).data ?? bad;
}

export function text(most: number): Read<string> {
  const name = cleanName(most);
  return (cell) => name.safeParse(textOf(cell)).data ?? bad;
}

/** As strict as mail servers are in practice; the address is written to, and not joined by. */
export function email(cell: Cell): string | typeof bad {
  const address = textOf(cell);
  return address.length <= 254 && /^[^\s@<>()[\]",;:\\]+@[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)+$/u.test(address) ? address : bad;
}

export const signInName: Read<string> = (cell) => SignInName.safeParse(textOf(cell)).data ?? bad;
export const language: Read<Language> = (cell) => Language.safeParse(textOf(cell).toLowerCase()).data ?? bad;

/** 2026-09-01, or 01.09.2026 as it is written in Kazakhstan. */
export function date(cell: Cell): string | typeof bad {
  const written = textOf(cell);
  const [, day = '', month = '', year = ''] = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(written) ?? [];
  const iso = year ? `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` : written;
  return LocalDate.safeParse(iso).data ?? bad;
}

const MINUTES_OF_DAY = 24 * 60;

/** 08:00, 8:00, 8.00, 08:00:00, or the share of a day as which a spreadsheet keeps a time. */
export function time(cell: Cell): string | typeof bad {
  const written = textOf(cell);
  const share = /^0?\.\d{3,}$|^0,\d{3,}$|^0\.(?:25|5|75)$/.test(written) ? Number(written.replace(',', '.')) : null;
  const minutes = share === null ? clockMinutes(written) : Math.round(share * MINUTES_OF_DAY);
  if (minutes === null || minutes >= MINUTES_OF_DAY) return bad;
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

function clockMinutes(written: string): number | null {
  const [, hours, minutes] = /^(\d{1,2})[:.](\d{2})(?::00)?$/.exec(written) ?? [];
  if (hours === undefined || minutes === undefined || Number(minutes) > 59) return null;
  return Number(hours) * 60 + Number(minutes);
}

export function integer(least: number, most: number): Read<number> {
  return (cell) => {
    const written = textOf(cell);
    const number = /^\d{1,9}$/.test(written) ? Number(written) : Number.NaN;
    return number >= least && number <= most ? number : bad;
  };
}

/** One of several words, in any of three languages, or the beginning that all of them share with a longer one. */
export function word<T>(words: ReadonlyMap<string, T>): Read<T> {
  return (cell) => words.get(folded(textOf(cell))) ?? bad;
}

export function textOf(cell: Cell): string {
  return typeof cell === 'string' ? cell : cell.join(', ');
}

/** Heads and words are compared without case, ё, full stops, and with one blank for each gap. */
export function folded(written: string): string {
  return written
    .normalize('NFC')
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replace(/[\s_.-]+/gu, ' ')
    .trim();
}
