// What files of each format become, and what is said of those that cannot be read.
import { deflateRawSync } from 'node:zlib';
import Excel from 'exceljs';
import { describe, expect, it } from 'vitest';
import type { ImportTable } from '../contract/import.ts';
import { Faults } from './faults.ts';
import type { Plan } from './plan.ts';
import { formatOf, readTables } from './read-file.ts';
import { readPut } from './read-put.ts';

async function read(content: string | Buffer, name = 'groups.csv', table: ImportTable | null = null) {
  const bytes = Buffer.isBuffer(content) ? content : Buffer.from(content);
  const format = formatOf(bytes, name);
  if (format === null || format === 'ical') throw new Error(`Read as ${format}`);
  const { plan, faults } = await readTables({ bytes, name, table }, format);
  return { plan, faults: faults.first(), total: faults.total };
}
const groups = (plan: Plan) => plan.groups?.items.map(({ line, values }) => ({ line, ...values }));

async function workbook(fill: (book: Excel.Workbook) => void): Promise<Buffer> {
  const book = new Excel.Workbook();
  fill(book);
  return Buffer.from(await book.xlsx.writeBuffer());
}

describe('CSV', () => {
  it.each([
    ['commas', 'id,faculty,name\nG1,F1,ИС-21\n'],
    ['semicolons', 'id;faculty;name\r\nG1;F1;ИС-21\r\n'],
    ['tabs', 'id\tfaculty\tname\nG1\tF1\tИС-21'],
    ['a byte order mark', '\uFEFFid,faculty,name\nG1,F1,ИС-21'],
    ['Russian heads', 'Код;Факультет;Название\nG1;F1;ИС-21'],
    ['Kazakh heads', 'Коды;Факультеті;Атауы\nG1;F1;ИС-21'],
    ['blanks and empty lines', ' id , faculty , name \n\n G1 , F1 , ИС-21 \n,,\n'],
  ])('I1 is read with %s', async (_what, csv) => {
    const { plan, faults } = await read(csv);
    expect(faults).toEqual([]);
    expect(groups(plan)).toMatchObject([{ id: 'G1', faculty: 'F1', name: 'ИС-21' }]);
  });

  it('I1 is read in UTF-16 and in Windows-1251, as Excel writes them', async () => {
    const utf16 = Buffer.from('\uFEFFid\tfaculty\tname\nG1\tF1\tҚЗ-21', 'utf16le');
    expect(groups((await read(utf16)).plan)).toMatchObject([{ name: 'ҚЗ-21' }]);
    const cp1251 = Buffer.concat([Buffer.from('id,faculty,name\nG1,F1,'), Buffer.from([0xc8, 0xd1])]);
    expect(groups((await read(cp1251)).plan)).toMatchObject([{ name: 'ИС' }]);
  });

  it('I2 a fault names the line of the file, also after a cell of several lines', async () => {
    const { plan, faults } = await read('id,faculty,name\nG1,F1,"one\ntwo"\nG2,,three\nG3,F1,"fo""ur"');
    expect(groups(plan)).toMatchObject([
      { line: 2, name: 'one two' },
      { line: 5, name: 'fo"ur' },
    ]);
    expect(faults).toEqual([{ sheet: null, line: 4, column: 'faculty', code: 'value-missing', value: null }]);
  });

  it.each([
    ['nothing', '', 'file-empty', 1],
    ['a head alone', 'id,faculty,name\n', 'file-empty', 1],
    ['a quotation mark that is not closed', 'id,faculty,name\nG1,F1,"one\n', 'file-unreadable', 2],
    ['a missing column', 'id,name\nG1,one', 'column-missing', 1],
    ['an unknown column', 'id,faculty,name,colour\nG1,F1,one,red', 'column-unknown', 1],
    ['a column twice, once in Russian', 'id,faculty,name,Название\nG1,F1,one,two', 'column-twice', 1],
    ['more cells than columns', 'id,faculty,name\nG1,F1,one,two', 'cells-surplus', 2],
    ['an id twice', 'id,faculty,name\nG1,F1,one\nG1,F1,two', 'duplicate', 3],
    ['a hidden character', 'id,faculty,name\nG1,F1,on\u202Ee', 'value-bad', 2],
    ['a name that is too long', `id,faculty,name\nG1,F1,${'x'.repeat(81)}`, 'value-bad', 2],
  ])('I2 %s is a fault', async (_what, csv, code, line) => {
    const { faults } = await read(csv);
    expect(faults).toMatchObject([{ code, line }]);
  });

  it('I2 a file that is named after no table is a fault', async () => {
    expect((await read('id,name\nF1,one', 'export.csv')).faults).toMatchObject([{ code: 'table-unknown', value: 'export' }]);
    expect((await read('id,name\nF1,one', 'export.csv', 'faculties')).faults).toEqual([]);
  });
});

describe('XLSX', () => {
  it('I1 sheets are tables by their names, in each language; days, times, numbers and merged cells are understood', async () => {
    const bytes = await workbook((book) => {
      const terms = book.addWorksheet('Семестры');
      terms.addRow(['Код', 'Учебный год', 'Название', 'Начало', 'Конец']);
      terms.addRow(['autumn', '2026/2027', 'Күз', new Date('2026-09-01T00:00:00Z'), '12.12.2026']);
      const bells = book.addWorksheet('bells');
      bells.addRow(['schedule', 'number', 'startsAt', 'endsAt']);
      bells.addRow(['main', 1, 1 / 3, { formula: 'C2+1/24', result: 0.375 }]);
      bells.addRow(['main', 2, new Date('1899-12-30T09:10:00Z'), '10.00']);
      const sheet = book.addWorksheet('Топтар');
      sheet.addRow(['id', 'faculty', 'name']);
      sheet.addRow([1001, 'F1', { richText: [{ text: 'ИС' }, { text: '-21' }] }]);
      sheet.addRow([1002, 'F1', { text: 'ИС-22', hyperlink: 'https://example.edu' }]);
      sheet.mergeCells('B2:B3');
      book.addWorksheet('Пояснения').addRow(['anything']);
      book.addWorksheet('Sheet3');
    });
    const { plan, faults } = await read(bytes, 'university.xlsx');
    expect(faults).toEqual([]);
    expect(plan.terms?.items[0]?.values).toMatchObject({ startsOn: '2026-09-01', endsOn: '2026-12-12' });
    expect(plan.bells?.items[0]?.values.bells).toEqual([
      { number: 1, startsAt: '08:00', endsAt: '09:00' },
      { number: 2, startsAt: '09:10', endsAt: '10:00' },
    ]);
    expect(groups(plan)).toMatchObject([
      { id: '1001', faculty: 'F1', name: 'ИС-21' },
      { id: '1002', faculty: 'F1', name: 'ИС-22' },
    ]);
  });

  it('I2 an unknown sheet, a formula without a result and a sheet twice are faults', async () => {
    const bytes = await workbook((book) => {
      book.addWorksheet('Зарплаты').addRow(['id']);
      const sheet = book.addWorksheet('groups');
      sheet.addRow(['id', 'faculty', 'name']);
      sheet.addRow(['G1', 'F1', { formula: 'A1' }]);
      sheet.addRow(['G2', 'F1', { error: '#N/A' }]);
      book.addWorksheet('Группы').addRow(['id', 'faculty', 'name']);
      book.getWorksheet('Группы')?.addRow(['G3', 'F1', 'three']);
    });
    const { faults } = await read(bytes, 'u.xlsx');
    expect(faults).toMatchObject([
      { sheet: 'Зарплаты', code: 'table-unknown' },
      { sheet: 'groups', line: 2, column: 'name', code: 'value-not-computed' },
      { sheet: 'groups', line: 3, column: 'name', code: 'value-not-computed' },
      { sheet: 'Группы', code: 'table-twice' },
    ]);
  });

  it('I3 a small archive that grows without end is refused', async () => {
    const bomb = zipOf('xl/worksheets/sheet1.xml', Buffer.alloc(300 * 1024 * 1024));
    expect(bomb.length).toBeLessThan(400_000);
    expect((await read(bomb, 'u.xlsx')).faults).toMatchObject([{ code: 'file-too-large' }]);
  });

  it.each(['PK\u0003\u0004 and then nothing that is an archive at all', 'PK\u0003\u0004'.padEnd(400, 'x')])(
    'I3 a damaged archive is refused',
    async (text) => {
      expect((await read(Buffer.from(text), 'u.xlsx')).faults).toMatchObject([{ code: 'file-unreadable' }]);
    },
  );

  it('I3 an archive that is no workbook is refused', async () => {
    expect((await read(zipOf('a.txt', Buffer.from('text')), 'u.xlsx')).faults).toMatchObject([{ code: 'file-unreadable' }]);
  });

  it('I3 what is neither text nor an archive is no format', () => {
    expect(formatOf(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 1]), 'u.csv')).toBe(null);
  });
});

describe('JSON', () => {
  it('I1 tables stand under their names, lists may be lists', async () => {
    const { plan, faults } = await read(
      JSON.stringify({
        groups: [{ id: 1, faculty: 'F1', name: 'one' }],
        streams: [{ id: 's', faculty: 'F1', name: 'S', groups: ['1', 2] }],
      }),
      'u.json',
    );
    expect(faults).toEqual([]);
    expect(groups(plan)).toMatchObject([{ id: '1', name: 'one' }]);
    expect(plan.streams?.items[0]?.values.groups).toEqual(['1', '2']);
  });

  it.each([
    ['{"groups":', 'file-unreadable'],
    ['{}', 'file-empty'],
    ['{"colours":[]}', 'table-unknown'],
    ['{"groups":{"id":"G1"}}', 'file-unreadable'],
    ['{"groups":[{"id":{"a":1},"faculty":"F1","name":"one"}]}', 'value-bad'],
  ])('I2 %s is a fault', async (json, code) => {
    expect((await read(json, 'u.json')).faults).toMatchObject([{ code }]);
  });

  it('I2 what is put with other keys is a fault', () => {
    const faults = new Faults();
    readPut(Buffer.from('{"rows":[]}'), { table: 'groups', item: null }, faults);
    expect(faults.first()).toMatchObject([{ code: 'file-unreadable' }]);
  });
});

/** An archive of one deflated file. */
function zipOf(name: string, content: Buffer): Buffer {
  const packed = deflateRawSync(content);
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(8, 8);
  local.writeUInt16LE(name.length, 26);
  const entry = Buffer.alloc(46);
  entry.writeUInt32LE(0x02014b50, 0);
  entry.writeUInt16LE(8, 10);
  entry.writeUInt32LE(packed.length, 20);
  entry.writeUInt32LE(10, 24);
  entry.writeUInt16LE(name.length, 28);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(entry.length + name.length, 12);
  end.writeUInt32LE(local.length + name.length + packed.length, 16);
  return Buffer.concat([local, Buffer.from(name), packed, entry, Buffer.from(name), end]);
}
