// The register as a table opens right in Excel, and runs nothing there.
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { badLine, usualRule } from '../../test/support/told.ts';
import { Verdict } from '../contract/attendance.ts';
import type { RegisterView, RowView } from './attendance.ts';
import { fileName, registerCsv } from './register.csv.ts';

const zone = 'Asia/Almaty';
const startsAt = Date.UTC(2026, 10, 23, 19, 30);
const minute = 60_000;
const row: RowView = {
  personId: 'p',
  name: 'Өмірзақова Ұлжан',
  groups: ['ИС-23-1', 'ИС-23-2'],
  role: 'student',
  onRoster: true,
  verdict: 'left-early',
  computed: 'left-early',
  why: [],
  correction: null,
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
  devicesAtOnce: 1,
  gaps: [],
  lapses: [],
  ...{ lobby: [], hidden: [], hands: [], microphone: [], camera: [], checks: [] },
  ...{ lobbyMinutes: 0, hiddenMinutes: 0, catchUpMinutes: 0, viewingMinutes: 0 },
};
const registerWith = (...rows: RowView[]): RegisterView => ({
  lessonId: 'l',
  title: 'Ең қысқа жолдар',
  courseTitle: 'Алгоритмдер',
  startsAt,
  endsAt: startsAt + 50 * minute,
  asOf: startsAt + 65 * minute,
  final: true,
  rosterRecorded: true,
  rule: usualRule,
  ruleScope: null,
  held: true,
  teaching: { firstAt: startsAt, delayMinutes: 0, minutes: 50 },
  signature: null,
  digest: '0'.repeat(64),
  may: { correct: false, sign: false, reopen: false },
  history: [],
  totals: { expected: 1, here: 0, present: 0, late: 0, leftEarly: 1, absent: 0, excused: 0, asynchronous: 0 },
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
    expect(values?.slice(5, 15)).toEqual(['34', '67', '2026-11-23 09:00:05', '', '1', '2', '3', '0', '1', '2']);
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

describe('what is counted apart', () => {
  const tableOf = (...rows: RowView[]) => {
    const [titles = [], ...lines]: string[][] = parse(registerCsv(registerWith(...rows), 'en', zone), { bom: true, delimiter: ',' });
    return lines.map((line) => Object.fromEntries(titles.map((title, index) => [title, line[index]])));
  };

  it('has a column of its own, and gaps have one of each kind, in minutes of the lesson', () => {
    const gap = (from: number, to: number | null, kind: RowView['gaps'][number]['kind'], forgiven = false) => ({
      ...{ from: startsAt + from * minute, to: to === null ? null : startsAt + to * minute, endedBy: null },
      ...{ kind, line: badLine, beside: null, word: null, forgiven },
    });
    const check = (outcome: RowView['checks'][number]['outcome']) => ({ checkId: 'check-one', at: startsAt, outcome, afterMs: null });
    const [line] = tableOf({
      ...row,
      gaps: [gap(-5, 3, 'own'), gap(5, 10, 'network', true), gap(20, 22, 'server'), gap(30, 31, 'shown-out'), gap(46, null, 'network')],
      checks: [check('answered'), check('answered'), check('missed'), check('no-line'), check('not-there')],
      ...{ lobbyMinutes: 1.4, hiddenMinutes: 2.6, catchUpMinutes: 7, viewingMinutes: 33.3 },
    });
    expect(line).toMatchObject({
      Gaps: '5',
      'Left, min': '3',
      'Shown out, min': '1',
      'Without a line, min': '11',
      'Of these counted as presence, min': '5',
      'Checks answered': '2',
      'Checks missed': '1',
      'Waiting room, min': '1',
      'Page out of sight, min': '3',
      'Caught up live, min': '7',
      'Watched the recording, min': '33',
      'Devices at once': '1',
    });
  });

  it('A25 shows both verdicts of a correction, with its reason, and who made it when', () => {
    const at = Date.UTC(2026, 10, 24, 5);
    const correction = { verdict: 'present' as const, reason: '=микрофон жоқ', by: 't', byName: 'Сейітова Айгүл', at };
    expect(tableOf({ ...row, verdict: 'present', correction }, row)).toMatchObject([
      {
        Attendance: 'present',
        Computed: 'left early',
        'Reason of the correction': "'=микрофон жоқ",
        'Corrected by': 'Сейітова Айгүл',
        'Corrected at': '2026-11-24 10:00:00',
      },
      { Attendance: 'left early', Computed: 'left early', 'Reason of the correction': '', 'Corrected at': '' },
    ]);
  });

  it('has a word for every verdict', () => {
    const said = tableOf(...Verdict.options.map((verdict) => ({ ...row, verdict }))).map((line) => line.Attendance);
    expect(new Set(said).size).toBe(Verdict.options.length);
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
