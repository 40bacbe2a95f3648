// Reads the sheets of a workbook (Office Open XML, ECMA-376): each is a table by its name. The first line that is not empty is the head.
import Excel from 'exceljs';
import { notComputed } from './columns.ts';
import { type Faults, Unreadable } from './faults.ts';
import { type RawTable, tableCalled } from './plan.ts';
import { unzip } from './zip.ts';

/** Unpacked. A university of 25,000 takes some 30 MB. */
const MOST_BYTES = 256 * 1024 * 1024;
const MOST_COLUMNS = 100;

/** What the template explains itself on, and what people keep beside the data. */
const notes = new Set(['readme', 'пояснения', 'түсіндірме', 'explanation']);

export async function readXlsx(bytes: Buffer, faults: Faults): Promise<RawTable[]> {
  const parts = unzip(bytes, MOST_BYTES, () => true);
  if (!parts.some(({ name }) => name === 'xl/workbook.xml')) throw new Unreadable('file-unreadable');
  const workbook = new Excel.Workbook();
  try {
    // exceljs declares its own Buffer, of an older Node.
    await workbook.xlsx.load(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer);
  } catch {
    throw new Unreadable('file-unreadable');
  }
  const tables: RawTable[] = [];
  for (const sheet of workbook.worksheets) {
    if (notes.has(sheet.name.trim().toLowerCase())) continue;
    const rows = rowsOf(sheet);
    const [head, ...rest] = rows;
    if (head === undefined) continue;
    const table = tableCalled(sheet.name);
    if (table === null) faults.add({ sheet: sheet.name, line: head.line }, null, 'table-unknown', sheet.name);
    else tables.push({ table, sheet: sheet.name, headLine: head.line, head: head.cells, rows: rest });
  }
  return tables;
}

function rowsOf(sheet: Excel.Worksheet): { line: number; cells: string[] }[] {
  const rows: { line: number; cells: string[] }[] = [];
  const width = Math.min(sheet.columnCount, MOST_COLUMNS);
  sheet.eachRow((row, line) => {
    const cells: string[] = [];
    for (let column = 1; column <= width; column += 1) cells.push(textOf(row.findCell(column)?.value ?? null));
    if (cells.some((cell) => cell !== '')) rows.push({ line, cells });
  });
  return rows;
}

/** Of a merged cell each part has the value; of a formula the result that the spreadsheet kept. */
function textOf(value: Excel.CellValue): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value.trim();
  if (typeof value === 'number') return numberText(value);
  if (typeof value === 'boolean') return String(value);
  if (value instanceof Date) return momentText(value);
  if ('richText' in value)
    return value.richText
      .map(({ text }) => text)
      .join('')
      .trim();
  if ('hyperlink' in value) return textOf(value.text);
  if ('error' in value) return notComputed;
  if ('formula' in value || 'sharedFormula' in value) return value.result === undefined ? notComputed : textOf(value.result);
  return notComputed;
}

/** Spreadsheets count in binary: what they show as 0.1 + 0.2 is not. */
function numberText(value: number): string {
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(12)));
}

const FIRST_YEAR = 1901;

/** A day, or a time of day, which spreadsheets keep as the first of their days. exceljs gives both as if they were in UTC. */
function momentText(value: Date): string {
  if (Number.isNaN(value.getTime())) return notComputed;
  const rounded = new Date(Math.round(value.getTime() / 60_000) * 60_000).toISOString();
  if (value.getUTCFullYear() < FIRST_YEAR) return rounded.slice(11, 16);
  return rounded.slice(11, 16) === '00:00' ? rounded.slice(0, 10) : rounded.slice(0, 16);
}
