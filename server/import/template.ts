// The files to fill in: a workbook with a sheet for each table and one that explains the columns, or one CSV file for each table.
import { stringify } from 'csv-stringify/sync';
import Excel from 'exceljs';
import { ImportTable } from '../contract/import.ts';
import { explanations } from './explanations.ts';
import { columnsOf, tableNames } from './tables.ts';

const REQUIRED = '+';

export function templateCsv(table: ImportTable): string {
  return stringify([fieldsOf(table).map(([field]) => field)], { bom: true });
}

export async function templateXlsx(): Promise<Uint8Array> {
  const workbook = new Excel.Workbook();
  const notes = workbook.addWorksheet('README', { views: [{ state: 'frozen', ySplit: 1 }] });
  notes.columns = [14, 16, 4, 22, 60, 22, 60, 60].map((width) => ({ width }));
  notes.addRow(['Sheet', 'Column', REQUIRED, 'Бағана', 'Түсіндірме', 'Столбец', 'Пояснение', 'Explanation']).font = { bold: true };
  for (const table of ImportTable.options) {
    const sheet = workbook.addWorksheet(table, { views: [{ state: 'frozen', ySplit: 1 }] });
    const fields = fieldsOf(table);
    sheet.columns = fields.map(() => ({ width: 18, style: { numFmt: '@' } }));
    sheet.addRow(fields.map(([field]) => field)).font = { bold: true };
    const [ru, kk] = tableNames[table];
    notes.addRow([table, '', '', kk, '', ru]).font = { bold: true };
    for (const [field, column] of fields) {
      const [inKazakh, inRussian, inEnglish] = explanations[table][field] ?? ['', '', ''];
      notes.addRow([
        table,
        field,
        column.needed ? REQUIRED : '',
        column.names[1] ?? '',
        inKazakh,
        column.names[0] ?? '',
        inRussian,
        inEnglish,
      ]);
    }
  }
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}

function fieldsOf(table: ImportTable): [string, { readonly needed: boolean; readonly names: readonly string[] }][] {
  return Object.entries<{ readonly needed: boolean; readonly names: readonly string[] }>(columnsOf[table]);
}
