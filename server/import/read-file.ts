// Reads a file of any of the formats into a plan; what it is, its beginning and its name say.
import { extname } from 'node:path';
import type { ImportFormat, ImportTable } from '../contract/import.ts';
import { Faults, Unreadable } from './faults.ts';
import { type Plan, planOf, type RawTable, tableCalled } from './plan.ts';
import { readCsv } from './read-csv.ts';
import { readJson } from './read-json.ts';
import { readXlsx } from './read-xlsx.ts';
import { isZip, unzip } from './zip.ts';

export interface FileToRead {
  readonly bytes: Buffer;
  readonly name: string;
  readonly table: ImportTable | null;
}

export interface FileRead {
  readonly format: ImportFormat | null;
  readonly plan: Plan;
  readonly faults: Faults;
}

const MOST_BYTES = 256 * 1024 * 1024;

/** Null: neither of them. A workbook and a set of CSV files are both archives. */
export function formatOf(bytes: Buffer, name: string): ImportFormat | null {
  if (isZip(bytes)) return extname(name).toLowerCase() === '.zip' ? 'csv' : 'xlsx';
  const start = bytes
    .subarray(0, 200)
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .trimStart();
  if (/^BEGIN:VCALENDAR/i.test(start)) return 'ical';
  if (start.startsWith('{') || start.startsWith('[')) return 'json';
  if (isBinary(bytes)) return null;
  return 'csv';
}

/** All but iCalendar, which needs to know what is there already. */
export async function readTables(file: FileToRead, format: Exclude<ImportFormat, 'ical'>): Promise<FileRead> {
  const faults = new Faults();
  try {
    return { format, plan: planOf(await tablesOf(file, format, faults), faults), faults };
  } catch (error) {
    return { format, plan: {}, faults: unreadable(error, faults) };
  }
}

export function unreadable(error: unknown, faults: Faults): Faults {
  if (!(error instanceof Unreadable)) throw error;
  faults.add(error.spot, null, error.code, error.value);
  return faults;
}

async function tablesOf({ bytes, name, table }: FileToRead, format: Exclude<ImportFormat, 'ical'>, faults: Faults): Promise<RawTable[]> {
  switch (format) {
    case 'xlsx':
      return readXlsx(bytes, faults);
    case 'json':
      return readJson(bytes, table);
    case 'csv':
      if (isZip(bytes))
        return unzip(bytes, MOST_BYTES, (entry) => /\.(csv|txt)$/i.test(entry)).map((entry) =>
          readCsv(entry.bytes, tableNamed(entry.name), entry.name),
        );
      return [readCsv(bytes, table ?? tableNamed(name), null)];
  }
}

function tableNamed(name: string): ImportTable {
  const bare = (name.split('/').at(-1) ?? '').replace(/\.[^.]*$/, '');
  const table = tableCalled(bare);
  if (table === null) throw new Unreadable('table-unknown', bare);
  return table;
}

function isBinary(bytes: Buffer): boolean {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return false;
  return bytes.subarray(0, 4096).includes(0);
}
