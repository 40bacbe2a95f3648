// A report as a workbook: a sheet for each table, numbers and times as such.
import Excel from 'exceljs';
import { DateTime } from 'luxon';
import { verdictWord } from './cell-words.ts';
import type { Cell, CellKind, Paper } from './paper.ts';

const formats: Partial<Readonly<Record<CellKind, string>>> = {
  share: '0.0%',
  moment: 'dd.mm.yyyy hh:mm',
  day: 'dd.mm.yyyy',
};
/** What Excel forbids in the name of a sheet. */
const forbidden = /[[\]:*?/\\]/g;
const longestName = 31;

export async function paperXlsx(paper: Paper): Promise<Uint8Array> {
  const workbook = new Excel.Workbook();
  workbook.title = paper.title;
  workbook.creator = 'Auditoria';
  const value = (cell: Cell, kind: CellKind) => {
    if (cell === null) return null;
    if (kind === 'moment') return asInExcel(DateTime.fromMillis(Number(cell), { zone: paper.timeZone }));
    if (kind === 'day') return asInExcel(DateTime.fromISO(String(cell), { zone: 'utc' }));
    // Text stays text in a workbook, whatever it begins with.
    return kind === 'mark' ? verdictWord(String(cell), paper.language) : cell;
  };
  for (const { title, columns, rows, pinned } of paper.tables) {
    const name = title.replace(forbidden, ' ').slice(0, longestName);
    const sheet = workbook.addWorksheet(name, { views: [{ state: 'frozen', xSplit: pinned, ySplit: 3 }] });
    sheet.columns = columns.map(({ width, kind }) => {
      const numFmt = formats[kind];
      return { width: Math.max(6, width), style: numFmt === undefined ? {} : { numFmt } };
    });
    // Of the style of the columns under it, a heading has nothing.
    const heading = (words: string) => Object.assign(sheet.addRow([words]).getCell(1), { numFmt: 'General', font: { bold: true } });
    heading(`${paper.title} · ${title}`);
    heading(paper.subtitle);
    const head = sheet.addRow(columns.map((column) => column.head));
    head.eachCell((cell) =>
      Object.assign(cell, { numFmt: 'General', font: { bold: true }, alignment: { wrapText: true, vertical: 'top' } }),
    );
    for (const row of rows) sheet.addRow(row.map((cell, at) => value(cell, columns[at]?.kind ?? 'text')));
  }
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}

/** Workbooks know no time zones: exceljs writes what a clock in UTC would show. */
function asInExcel(at: DateTime): Date {
  return at.setZone('utc', { keepLocalTime: true }).toJSDate();
}
