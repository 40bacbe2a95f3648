// The register as a table opens right in Excel, and runs nothing there.
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import type { RegisterView, RowView } from './attendance.ts';
import { fileName, registerCsv } from './register.csv.ts';

const zone = 'Asia/Almaty';
const row: RowView = {
  personId: 'p',
  name: 'Өмірзақова Ұлжан',
  groups: ['ИС-23-1', 'ИС-23-2'],
  role: 'student',
  onRoster: true,
  verdict: 'left-early',
  here: false,
  minutes: 33.6,
  share: 0.672,
  firstJoinAt: Date.UTC(2026, 10, 23, 4, 0, 5),
  lastLeaveAt: null,
  intervals: [],
  handsRaised: 1,
  messages: 2,
  microphoneMinutes: 3.4,
  cameraMinutes: 0,
  drops: 1,
  devices: 2,
};
const registerWith = (...rows: RowView[]): RegisterView => ({
  lessonId: 'l',
  title: 'Ең қысқа жолдар',
  courseTitle: 'Алгоритмдер',
  startsAt: Date.UTC(2026, 10, 23, 19, 30),
  endsAt: Date.UTC(2026, 10, 23, 20, 20),
  asOf: 0,
  final: true,
  rule: { lateAfterMinutes: 10, presentFromShare: 0.7 },
  totals: { expected: 1, here: 0, present: 0, late: 0, leftEarly: 1, absent: 0 },
  rows,
});

describe('the table', () => {
  it.each([
    ['kk', ';', 'Аты-жөні', 'ерте кетті'],
    ['ru', ';', 'ФИО', 'ранний уход'],
    ['en', ',', 'Name', 'left early'],
  ] as const)('in %s begins with a byte order mark, uses "%s", and keeps every Kazakh letter', (language, delimiter, head, verdict) => {
    const csv = registerCsv(registerWith(row), language, zone);
    expect(csv.startsWith('\uFEFF')).toBe(true);
    const [titles, values] = parse(csv, { bom: true, delimiter });
    expect(titles?.[0]).toBe(head);
    expect(values).toHaveLength(titles?.length ?? 0);
    expect(values?.[0]).toBe('Өмірзақова Ұлжан');
    expect(values?.[1]).toBe('ИС-23-1, ИС-23-2');
    expect(values?.[4]).toBe(verdict);
    expect(values?.slice(5)).toEqual(['34', '67', '2026-11-23 09:00:05', '', '1', '2', '3', '0', '1', '2']);
  });

  it.each(['=HYPERLINK("http://x")', '+1+1', '-2+3', '@SUM(A1)', '\tx', '\rx', '＝1+1'])(
    'does not let a spreadsheet run the name %j',
    (name) => {
      for (const [language, delimiter] of [
        ['ru', ';'],
        ['en', ','],
      ] as const) {
        const [, values] = parse(registerCsv(registerWith({ ...row, name }), language, zone), { bom: true, delimiter });
        expect(values?.[0]).toBe(`'${name}`);
      }
    },
  );

  it('keeps separators, quotes and line ends of a name inside its field', () => {
    const name = 'Ким; "Света", \n=1+1';
    const [, values] = parse(registerCsv(registerWith({ ...row, name }), 'kk', zone), { bom: true, delimiter: ';' });
    expect(values?.[0]).toBe(name);
  });
});

describe('the file', () => {
  it('is named after the lesson and its day at the university', () => {
    expect(fileName(registerWith(), zone)).toBe('Ең қысқа жолдар 2026-11-24');
  });

  it('has a name that every file system takes', () => {
    expect(fileName({ ...registerWith(), title: '../a\\b: "c"?\u202E\n' }, zone)).toBe('.. a b c 2026-11-24');
  });
});
