// A university as large as the largest of the country, made up from a seed: the same each time. As plain rows, as CSV, as a workbook and as JSON.
import { stringify } from 'csv-stringify/sync';
import Excel from 'exceljs';
import type { ImportTable } from '../../server/contract/import.ts';
import { columnsOf } from '../../server/import/tables.ts';

export interface Sizes {
  readonly faculties: number;
  readonly teachers: number;
  readonly groups: number;
  readonly students: number;
  readonly courses: number;
  readonly series: number;
}
export const fullSize: Sizes = { faculties: 16, teachers: 1500, groups: 2000, students: 25_000, courses: 3000, series: 12_000 };
export const villageSize: Sizes = { faculties: 2, teachers: 6, groups: 6, students: 60, courses: 8, series: 24 };

export type Row = Readonly<Record<string, string | number>>;
export type University = { readonly [T in ImportTable]?: readonly Row[] };

const kazakhSurnames = [
  'Әбілов',
  'Ғабдуллин',
  'Қасымов',
  'Нұрланов',
  'Өтегенов',
  'Сәрсенов',
  'Тілеубаев',
  'Үмбетов',
  'Жақсылықов',
  'Ысқақов',
  'Байжанов',
  'Ахметов',
  'Оспанов',
  'Ерғалиев',
  'Мұқанов',
  'Серіков',
  'Досжанов',
  'Қалиев',
  'Жұмабаев',
  'Төлеуов',
];
const russianSurnames = ['Иванов', 'Петров', 'Ким', 'Соколов', 'Кузнецов', 'Новиков', 'Цой', 'Ковалёв', 'Шевченко', 'Белов'];
const men = [
  'Айдар',
  'Ерлан',
  'Нұрсұлтан',
  'Әлішер',
  'Бекзат',
  'Қайрат',
  'Дәурен',
  'Санжар',
  'Темірлан',
  'Алексей',
  'Дмитрий',
  'Сергей',
  'Олжас',
  'Жандос',
];
const women = [
  'Айгерім',
  'Әсел',
  'Гүлнұр',
  'Дана',
  'Жанар',
  'Қарлығаш',
  'Мәдина',
  'Назгүл',
  'Сәуле',
  'Ұлжан',
  'Екатерина',
  'Анна',
  'Ольга',
  'Інжу',
];
const fathers = ['Серік', 'Қанат', 'Болат', 'Нұрлан', 'Марат', 'Ерболат', 'Жеңіс', 'Асқар'];
const subjects = [
  'Физика',
  'Математикалық талдау',
  'Қазақстан тарихы',
  'Философия',
  'Органикалық химия',
  'Экономикалық теория',
  'Базы данных',
  'Теория права',
  'Анатомия',
  'Шетел тілі',
  'Дискретная математика',
  'Экология',
  'Психология',
  'Статистика',
  'Операционные системы',
];
const faculties = [
  'Физика-техникалық',
  'Механика-математика',
  'Тарих',
  'Филология',
  'Химия',
  'Биология',
  'Экономика',
  'Заң',
  'Журналистика',
  'География',
  'Философия',
  'Шығыстану',
  'Медицина',
  'Ақпараттық технологиялар',
  'Халықаралық қатынастар',
  'Педагогика',
];

/** Small and fast, and the same on every machine (mulberry32). */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * sides);
  };
}

export function makeUniversity(sizes: Sizes = fullSize, seed = 1): University {
  const roll = dice(seed);
  const one = <T>(from: readonly T[]): T => {
    const picked = from[roll(from.length)];
    if (picked === undefined) throw new Error('Nothing to choose from');
    return picked;
  };
  const count = <T>(most: number, make: (index: number) => T): T[] => Array.from({ length: most }, (_, index) => make(index));
  const person = () => {
    const isMan = roll(2) === 0;
    const surname = one(roll(4) === 0 ? russianSurnames : kazakhSurnames);
    const ending = isMan || !/(ов|ев|ёв|ин)$/.test(surname) ? '' : 'а';
    return `${surname}${ending} ${one(isMan ? men : women)} ${one(fathers)}${isMan ? 'ұлы' : 'қызы'}`;
  };
  const of = (index: number) => `F${(index % sizes.faculties) + 1}`;
  const streams = Math.ceil(sizes.groups / 8);
  const places = Math.max(10, Math.floor(sizes.groups / 5));
  // Groups of a stream, and teachers, have one thing at a time: every series takes the next free bell of a week of 6 days and 8 bells.
  return {
    faculties: count(sizes.faculties, (index) => ({ id: `F${index + 1}`, name: `${faculties[index % faculties.length]} факультеті` })),
    departments: count(sizes.faculties * 4, (index) => ({
      id: `D${index + 1}`,
      faculty: of(index),
      name: `${one(subjects)} кафедрасы ${index + 1}`,
    })),
    programmes: count(sizes.faculties * 5, (index) => ({
      ...{ id: `P${index + 1}`, faculty: of(index), department: `D${(index % (sizes.faculties * 4)) + 1}`, code: `6B0${6000 + index}` },
      ...{ name: `${one(subjects)} бағдарламасы ${index + 1}`, field: index % 9 === 0 ? 'law' : 'general' },
    })),
    groups: count(sizes.groups, (index) => ({
      id: `G${index + 1}`,
      faculty: of(index),
      programme: `P${(index % (sizes.faculties * 5)) + 1}`,
      name: `ТОП-${21 + (index % 5)}-${index + 1}`,
    })),
    people: [
      ...count(sizes.teachers, (index) => ({
        id: `T${index + 1}`,
        name: person(),
        roles: 'teacher',
        groups: '',
        email: `t${index + 1}@univer.kz`,
        language: one(['kk', 'ru']),
      })),
      ...count(sizes.students, (index) => ({
        ...{ id: `S${index + 1}`, name: person(), roles: 'student', groups: `G${(index % sizes.groups) + 1}` },
        ...{ email: `s${index + 1}@univer.kz`, language: one(['kk', 'kk', 'ru']) },
      })),
    ],
    streams: count(streams, (index) => ({
      ...{ id: `ST${index + 1}`, faculty: of(index), name: `Ағым ${index + 1}` },
      groups: [1, 2, 3, 4].map((next) => `G${((index * 4 + next) % sizes.groups) + 1}`).join(', '),
    })),
    places: count(places, (index) => ({
      id: `A${index + 1}`,
      building: `Корпус ${(index % 12) + 1}`,
      name: `${100 + index}`,
      capacity: 20 + roll(200),
    })),
    courses: count(sizes.courses, (index) => ({
      ...{ id: `C${index + 1}`, faculty: of(index), department: `D${(index % (sizes.faculties * 4)) + 1}`, code: `KRS${1000 + index}` },
      ...{ title: `${one(subjects)} ${index + 1}`, credits: 3 + roll(6), hours: 90 + roll(100) },
    })),
    terms: [{ id: 'autumn', year: '2026/2027', name: 'Күзгі семестр', startsOn: '2026-09-01', endsOn: '2026-12-12' }],
    bells: count(8, (index) => ({
      schedule: 'main',
      name: 'Негізгі',
      number: index + 1,
      startsAt: `${String(8 + index).padStart(2, '0')}:00`,
      endsAt: `${String(8 + index).padStart(2, '0')}:50`,
    })),
    series: count(sizes.series, (index) => {
      const isLecture = index % 6 === 0;
      const slot = Math.floor(index / sizes.teachers) * 7 + (index % 48);
      return {
        ...{
          id: `L${index + 1}`,
          term: 'autumn',
          course: `C${(index % sizes.courses) + 1}`,
          kind: isLecture ? 'lecture' : 'seminar',
          title: '',
        },
        teacher: `T${(index % sizes.teachers) + 1}`,
        groups: isLecture ? '' : `G${(index % sizes.groups) + 1}`,
        streams: isLecture ? `ST${(index % streams) + 1}` : '',
        place: roll(3) === 0 ? `A${(index % places) + 1}` : '',
        mode: 'online',
        weekday: (Math.floor(slot / 8) % 6) + 1,
        weeks: one(['every', 'every', 'every', 'odd', 'even']),
        schedule: 'main',
        bell: (slot % 8) + 1,
      };
    }),
  };
}

export function asJson(university: University): Buffer {
  return Buffer.from(JSON.stringify(university));
}

/** By the name of its table. */
export function asCsv(university: University): Map<string, Buffer> {
  return new Map(
    tablesOf(university).map(([table, rows]) => [
      `${table}.csv`,
      Buffer.from(stringify([...rows], { header: true, columns: headOf(table, rows), bom: true })),
    ]),
  );
}

export async function asXlsx(university: University): Promise<Buffer> {
  const workbook = new Excel.Workbook();
  for (const [table, rows] of tablesOf(university)) {
    const sheet = workbook.addWorksheet(table);
    const head = headOf(table, rows);
    sheet.addRow(head);
    for (const row of rows) sheet.addRow(head.map((column) => row[column] ?? ''));
  }
  return Buffer.from(await workbook.xlsx.writeBuffer());
}

function tablesOf(university: University): [ImportTable, readonly Row[]][] {
  const tables: [ImportTable, readonly Row[]][] = [];
  const add = (table: ImportTable) => {
    const rows = university[table];
    if (rows !== undefined) tables.push([table, rows]);
  };
  for (const table of Object.keys(columnsOf)) if (isTable(table)) add(table);
  return tables;
}

function isTable(name: string): name is ImportTable {
  return name in columnsOf;
}

function headOf(table: ImportTable, rows: readonly Row[]): string[] {
  const used = new Set(rows.flatMap((row) => Object.keys(row)));
  return Object.keys(columnsOf[table]).filter((column) => used.has(column));
}
