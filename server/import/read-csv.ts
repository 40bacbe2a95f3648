// Reads a table from CSV as spreadsheets and databases write it: comma, semicolon or tab; with or without a byte order mark; in UTF-8, UTF-16 or Windows-1251.
import { CsvError, parse } from 'csv-parse/sync';
import { z } from 'zod';
import type { ImportTable } from '../contract/import.ts';
import { delimiterOf } from './csv-delimiter.ts';
import { Unreadable } from './faults.ts';
import type { RawTable } from './plan.ts';

const Lines = z.object({ lines: z.number() });

export function readCsv(bytes: Uint8Array, table: ImportTable, sheet: string | null): RawTable {
  const text = decoded(bytes);
  const [head, ...rows] = rowsOf(text, sheet);
  if (head === undefined) throw new Unreadable('file-empty', null, { sheet, line: 1 });
  return { table, sheet, headLine: head.line, head: head.cells, rows };
}

function rowsOf(text: string, sheet: string | null): { line: number; cells: string[] }[] {
  const rows: { line: number; cells: string[] }[] = [];
  try {
    parse(text, {
      bom: true,
      delimiter: delimiterOf(text),
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
      // A record keeps its own place: a cell may hold line breaks, and the place given is that of the record's last line.
      on_record: (record: string[], { lines }) => {
        const breaks = record.reduce((count, cell) => count + (cell.match(/\n/g)?.length ?? 0), 0);
        if (record.some((cell) => cell !== '')) rows.push({ line: lines - breaks, cells: record });
        return null;
      },
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const { lines } = Lines.catch({ lines: 1 }).parse({ ...error });
    throw new Unreadable('file-unreadable', null, { sheet, line: lines });
  }
  return rows;
}

/** Excel writes Windows-1251 where it is asked for plain CSV, and UTF-16 where it is asked for Unicode. */
function decoded(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1251').decode(bytes);
  }
}
