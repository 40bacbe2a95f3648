// Reports as files over HTTP: opened again and held against the report itself; who took them out; and what other systems may read.
import { parse } from 'csv-parse/sync';
import Excel from 'exceljs';
import { extractText, getDocumentProxy } from 'unpdf';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Journal, JournalLine, Matrix } from '../../server/contract/reports.ts';
import { eachDatabase } from '../contract/databases.ts';
import { fillJudgedTerm, judgedTerm, writeJudged } from '../support/judged-term.ts';
import { openReportsServer, type ReportsServer } from '../support/reports-server.ts';

const lettersPerPage = 100_000;

eachDatabase((name, open) => {
  let server: ReportsServer;
  beforeAll(async () => {
    const { db, where } = await open();
    await fillJudgedTerm(db);
    // More lessons than stand beside one another on a page.
    const first = judgedTerm[0];
    if (first === undefined) throw new Error('There is no lesson');
    for (let day = 1; day <= 40; day += 1) {
      const at = `2026-${day > 20 ? '11' : '10'}-${String(((day - 1) % 20) + 6).padStart(2, '0')}T10:00`;
      await writeJudged(db, { ...first, id: `more${day}`, at, verdicts: { student1: 'present', student2: 'absent' } });
    }
    // Two lessons at one time, each with more students than a page of the journal holds.
    for (const id of ['large1', 'large2']) {
      const verdicts = Object.fromEntries(Array.from({ length: 600 }, (_, index) => [`p${index}`, 'present' as const]));
      await writeJudged(db, { ...first, id, at: '2027-02-01T08:00', verdicts });
    }
    server = await openReportsServer(db, where);
  });
  afterAll(() => server.close());

  const bytes = async (path: string, token = 'admin') => {
    const answer = await server.get(path, token);
    expect([path, answer.status]).toEqual([path, 200]);
    return { answer, file: Buffer.from(await answer.arrayBuffer()) };
  };
  const matrix = async () => Matrix.parse(await (await server.get('/api/reports/groups/group')).json());
  const words = { present: 'қатысты', late: 'кешікті', 'left-early': 'ерте кетті', absent: 'қатыспады', excused: 'себепті' } as const;
  const inKazakh: Readonly<Record<string, string>> = { ...words, asynchronous: 'жазба арқылы', 'not-held': 'өткізілмеді' };

  it('Q9 CSV says of each student what the report says, with the signs of the region', async () => {
    const report = await matrix();
    const { answer, file } = await bytes('/api/reports/groups/group.csv?lang=kk');
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(decodeURIComponent(answer.headers.get('content-disposition') ?? '')).toContain(
      'PHY-21 тобының сабаққа қатысуы 01.09.2026 – 31.12.2026.csv',
    );
    expect([...file.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const rows: string[][] = parse(file, { bom: true, delimiter: ';', relax_column_count: true, skip_empty_lines: true });
    const [title, head, ...lines] = rows;
    expect(title?.[0]).toBe('Студенттер');
    expect(head?.slice(0, 4)).toEqual(['Студент', 'Топ', 'Қатысуы, %', '1. 07.09.2026 08:00 Optics']);
    for (const [index, student] of report.students.entries()) {
      const cells = student.cells.map((cell) => (cell === null ? '' : `${inKazakh[cell.verdict]}${cell.corrected ? '*' : ''}`));
      const share = String(Math.round((student.tally.share ?? 0) * 1000) / 10).replace('.', ',');
      expect(lines[index]?.slice(0, 3 + cells.length)).toEqual([student.name, 'PHY-21', share, ...cells]);
    }
  });

  it('Q9 a name that a spreadsheet would calculate is text', async () => {
    const { file } = await bytes('/api/reports/groups/lawyers.csv?lang=en');
    expect(file.toString()).toContain(`"'=HYPERLINK(""http://x"")"`);
    const { file: book } = await bytes('/api/reports/groups/lawyers.xlsx?lang=en');
    const sheet = await firstSheet(book);
    expect(sheet.getCell('A4').type).toBe(Excel.ValueType.String);
    expect(sheet.getCell('A4').value).toBe('=HYPERLINK("http://x")');
  });

  const firstSheet = async (file: Buffer) => {
    const book = new Excel.Workbook();
    // exceljs declares its own Buffer, of an older Node.
    await book.xlsx.load(new Uint8Array(file).buffer as never);
    const [sheet] = book.worksheets;
    if (sheet === undefined) throw new Error('There is no sheet');
    return sheet;
  };

  it('Q9 a workbook keeps numbers and times as such', async () => {
    const report = await matrix();
    const { answer, file } = await bytes('/api/reports/groups/group.xlsx?lang=ru');
    expect(answer.headers.get('content-type')).toContain('spreadsheetml.sheet');
    const sheet = await firstSheet(file);
    expect(sheet.name).toBe('Студенты');
    for (const [index, student] of report.students.entries()) {
      const row = sheet.getRow(4 + index);
      expect(row.getCell(1).value).toBe(student.name);
      expect(row.getCell(3).type).toBe(Excel.ValueType.Number);
      expect(row.getCell(3).value).toBeCloseTo(student.tally.share ?? 0);
      expect(row.getCell(3).numFmt).toBe('0.0%');
      expect(row.getCell(3 + student.cells.length + 1).value).toBe(student.tally.lessons);
    }
    const book = new Excel.Workbook();
    await book.xlsx.load(new Uint8Array(file).buffer as never);
    const lessons = book.getWorksheet('Занятия');
    // A clock in Almaty, which the workbook takes for one of nowhere.
    expect(lessons?.getCell('B4').value).toEqual(new Date('2026-09-07T08:00:00Z'));
    expect(book.worksheets.map(({ name }) => name)).toEqual(['Студенты', 'Занятия', 'По неделям']);
  });

  it('Q9 a wide table goes on over several pages of a PDF, with names and heads on each, in Kazakh letters', async () => {
    const report = await matrix();
    const { answer, file } = await bytes('/api/reports/groups/group.pdf?lang=kk');
    expect(answer.headers.get('content-type')).toBe('application/pdf');
    const { text } = await extractText(await getDocumentProxy(new Uint8Array(file)), { mergePages: false });
    const pages = text.map((page) => page.slice(0, lettersPerPage));
    const all = pages.join('\n');
    const parts = all.split('Студенттер').slice(1, -1);
    expect(parts.length).toBeGreaterThan(1);
    for (const part of parts) for (const { name } of report.students) expect(part).toContain(name);
    for (const page of pages) expect(page).toContain('PHY-21 тобының сабаққа қатысуы');
    expect(pages[0]).toContain('Қатысуы,');
    expect(pages[0]).toContain('Ж қатыспады');
    for (const [index, lesson] of report.lessons.entries()) {
      const at = new Date(lesson.startsAt + 5 * 3_600_000).toISOString();
      expect(all).toContain(`${index + 1}`);
      expect(all).toContain(`${at.slice(8, 10)}.${at.slice(5, 7)}`);
    }
  });

  const each = [
    ['courses/course', 'ru'],
    ['students/student1', 'en'],
    ['teachers/lawyer', 'kk'],
    ['faculties/law', 'ru'],
    ['term', 'en'],
    ['at-risk', 'kk'],
  ] as const;
  // A file is made alike, whatever the database.
  if (name === 'SQLite')
    it.each(each)('Q9 %s is there in each format', async (path, lang) => {
      for (const format of ['csv', 'xlsx', 'pdf']) {
        const { file } = await bytes(`/api/reports/${path}.${format}?lang=${lang}`, 'observer');
        expect(file.length).toBeGreaterThan(100);
      }
      expect((await server.get(`/api/reports/${path}.docx`)).status).toBe(400);
      expect((await server.get(`/api/reports/${path}.pdf`, 'idle-teacher')).status).toBe(403);
    });

  it('Q9 whoever takes a report out is in the audit log; who may not is not, and takes nothing', async () => {
    const before = (await server.exported()).length;
    await bytes('/api/reports/students/student1.csv?lang=en', 'student1');
    expect((await server.get('/api/reports/students/student1.csv', 'student2')).status).toBe(403);
    expect((await server.exported()).slice(before)).toEqual([
      {
        ...{ by: 'Name of student1', id: 'student1', name: 'Attendance of Name of student1, PHY-21' },
        after: { format: 'csv', period: '01.09.2026 – 31.12.2026' },
      },
    ]);
  });

  describe('Q8 the electronic journal', () => {
    const path = '/api/reports/journal?from=2026-09-01&to=2026-12-31';

    it('has a line for each student in each lesson, in columns that never change', async () => {
      const { lines, next } = Journal.parse(await (await server.get(`${path}&courseId=civil`)).json());
      expect(next).toBeNull();
      expect(lines.map(({ studentId, group, verdict }) => [studentId, group, verdict])).toEqual([
        ['formula', 'LAW-1', 'absent'],
        ['stranger', 'LAW-1', 'present'],
        ['student1', 'PHY-21', 'late'],
        ['student3', 'PHY-21', 'present'],
      ]);
      expect(lines[0]).toEqual({
        ...{ lessonId: 'law1', lessonExternalId: 'ext-law1', date: '2026-09-13', startsAt: '2026-09-13T23:30:00+05:00' },
        ...{ endsAt: '2026-09-14T00:20:00+05:00', courseCode: '@LAW', courseTitle: 'Азаматтық құқық', kind: 'seminar', group: 'LAW-1' },
        ...{ studentId: 'formula', studentExternalId: 'ext-formula', studentName: '=HYPERLINK("http://x")', verdict: 'absent', minutes: 0 },
        ...{ teacherName: 'Ұлан Әділұлы', signedAt: null },
      });
    });

    it('is the same whole as CSV, for programs', async () => {
      const { lines } = Journal.parse(await (await server.get(path)).json());
      const { file } = await bytes(`/api/reports/journal.csv?from=2026-09-01&to=2026-12-31`);
      const rows: Record<string, string>[] = parse(file, { bom: true, columns: true });
      expect(Object.keys(rows[0] ?? {})).toEqual(Object.keys(JournalLine.shape));
      expect(rows.map((row) => [row.lessonId, row.studentId, row.verdict])).toEqual(
        lines.map((line) => [line.lessonId, line.studentId, line.verdict]),
      );
      expect(rows.find((row) => row.lessonId === 'w1')?.signedAt).toBe('2026-09-07T09:00:00+05:00');
    });

    it('of a group has only its members', async () => {
      const { lines } = Journal.parse(await (await server.get(`${path}&groupId=lawyers`)).json());
      expect(lines.map(({ studentId }) => studentId)).toEqual(['formula', 'stranger']);
    });

    it('goes on page by page, without a gap and without a double, in the midst of a lesson too', async () => {
      const days = '/api/reports/journal?from=2027-02-01&to=2027-02-01';
      const sizes: number[] = [];
      const seen: string[] = [];
      for (let after = ''; ; ) {
        const { lines, next } = Journal.parse(await (await server.get(`${days}${after}`)).json());
        sizes.push(lines.length);
        seen.push(...lines.map(({ lessonId, studentId }) => `${lessonId} ${studentId}`));
        if (next === null) break;
        after = `&after=${next}`;
      }
      expect(sizes).toEqual([500, 500, 200]);
      expect(new Set(seen).size).toBe(1200);
      expect(seen).toEqual(seen.toSorted());
    });

    it.each(['after=x', 'after=1.2', 'after=1.a.b.c', 'after=9.%27.b'])('refuses a place that is none: %s', async (after) => {
      expect((await server.get(`${path}&${after}`)).status).toBe(400);
    });

    it('asks for its days', async () => {
      expect((await server.get('/api/reports/journal')).status).toBe(400);
    });
  });

  describe('Q10 another system', () => {
    const open = [
      'groups/group',
      'courses/course',
      'students/student1',
      'faculties/law',
      'term',
      'at-risk',
      'journal?from=2026-09-01&to=2026-09-30',
    ];

    it('reads with a key for attendance, and nothing else of the reports', async () => {
      const key = await server.addKey('Univer', ['attendance:read']);
      for (const path of open) expect([path, (await server.get(`/api/reports/${path}`, key)).status]).toEqual([path, 200]);
      for (const path of ['', '/teachers/teacher']) expect((await server.get(`/api/reports${path}`, key)).status).toBe(401);
      expect((await server.get('/api/reports/groups/no', key)).status).toBe(404);
      expect((await server.exported()).at(-1)).toMatchObject({ by: 'Univer', name: 'journal', after: { format: 'json' } });
    });

    it('reads nothing with a key for something else, or with none of ours', async () => {
      const key = await server.addKey('Moodle', ['timetable:write', 'people:write']);
      for (const path of open) expect((await server.get(`/api/reports/${path}`, key)).status).toBe(403);
      for (const path of open) expect((await server.get(`/api/reports/${path}`, 'auditoria_wrong')).status).toBe(401);
    });
  });
});
