// A printed week: which days and rows it has, in whose words, and that drawing it keeps every letter.
import { describe, expect, it } from 'vitest';
import { CalendarDay } from '../contract/calendar.ts';
import type { AgendaLesson } from '../timetable/agenda.store.ts';
import { printedWeek, type WeekParts } from './week.ts';
import { weekPdf } from './week-pdf.ts';

const at = (time: string) => Date.parse(`2026-${time}:00+05:00`);
const lesson: AgendaLesson = {
  ...{
    id: 'l1',
    title: 'Спин',
    courseTitle: 'Кванттық механика',
    kind: 'lecture',
    teacherName: 'Әбдіғалиұлы Қанат',
    groups: ['ФИЗ-21-1', 'ФИЗ-21-2'],
  },
  ...{
    startsAt: at('11-24T09:00'),
    endsAt: at('11-24T09:50'),
    cancelled: false,
    place: { name: '214', building: '3-корпус' },
    mode: 'hybrid',
  },
  ...{ note: '', sequence: 0, changedAt: 0 },
};
const parts: WeekParts = {
  ...{ of: 'group', name: 'ФИЗ-21-1', facultyId: 'f', monday: '2026-11-23', lessons: [lesson], language: 'kk', timeZone: 'Asia/Almaty' },
  ...{ terms: [{ startsOn: '2026-09-01', endsOn: '2026-12-20' }], days: [], now: at('11-21T12:00') },
};

describe('a printed week', () => {
  it.each([
    [
      'kk',
      'ФИЗ-21-1 тобы',
      'Сабақ кестесі · 2026 ж. 23–28 қараша · 13-апта, тақ',
      'Дүйсенбі',
      '09:00–09:50 · Дәріс',
      '214, 3-корпус / онлайн',
    ],
    [
      'ru',
      'Группа ФИЗ-21-1',
      'Расписание занятий · 23–28 ноября 2026 г. · 13-я неделя, нечётная',
      'Понедельник',
      '09:00–09:50 · Лекция',
      '214, 3-корпус / онлайн',
    ],
    [
      'en',
      'Group ФИЗ-21-1',
      /^Timetable · 23 ?– ?28 November 2026 · Week 13, odd$/u,
      'Monday',
      '09:00–09:50 · Lecture',
      '214, 3-корпус / online',
    ],
  ] as const)('is in the words of its language: %s', (language, title, subtitle, monday, when, place) => {
    const week = printedWeek({ ...parts, language });
    expect(week.title).toBe(title);
    expect(week.subtitle.replace(/[\u2009\u202F\u00A0]/g, ' ')).toMatch(subtitle);
    expect(week.days[0]?.weekday).toBe(monday);
    expect(week.rows[0]?.cells[1]?.[0]).toMatchObject({ when, place, title: 'Кванттық механика: Спин' });
  });

  it('has Sunday only when something is on it, and no week number between terms', () => {
    expect(printedWeek(parts).days).toHaveLength(6);
    const sunday = { ...lesson, startsAt: at('11-29T10:00'), endsAt: at('11-29T11:00') };
    const week = printedWeek({ ...parts, lessons: [sunday], terms: [] });
    expect(week.days).toHaveLength(7);
    expect(week.rows[0]?.cells.map((cell) => cell.length)).toEqual([0, 0, 0, 0, 0, 0, 1]);
    expect(week.subtitle).not.toContain('апта');
  });

  it('puts lessons at their own day and time by the clock of the university', () => {
    const late = { ...lesson, id: 'l2', startsAt: at('11-24T23:30'), endsAt: at('11-25T00:20') };
    const week = printedWeek({ ...parts, lessons: [late, lesson] });
    expect(week.rows.map((row) => [row.time, row.cells.findIndex((cell) => cell.length > 0)])).toEqual([
      ['09:00', 1],
      ['23:30', 1],
    ]);
    const before = { ...lesson, startsAt: at('11-22T23:30'), endsAt: at('11-23T00:20') };
    expect(printedWeek({ ...parts, lessons: [before] }).rows).toEqual([]);
  });

  it('says what differs on a day, in the faculty of the group', () => {
    const day = (name: string, facultyId: string | null) =>
      CalendarDay.parse({ id: name, kind: 'holiday', name, firstOn: '2026-11-26', lastOn: '2026-11-26', taughtAs: null, facultyId });
    const notes = (days: CalendarDay[]) => printedWeek({ ...parts, days }).days.map(({ note }) => note);
    expect(notes([day('Holiday', null)])).toEqual(['', '', '', 'Holiday', '', '']);
    expect(notes([day('Theirs', 'other')])).toEqual(['', '', '', '', '', '']);
  });

  it('leaves out what the page says already', () => {
    const of = (over: Partial<WeekParts>) => printedWeek({ ...parts, ...over }).rows[0]?.cells[1]?.[0];
    expect(of({ of: 'teacher', name: 'Әбдіғалиұлы Қанат' })?.teacher).toBe('');
    expect(of({ lessons: [{ ...lesson, groups: ['ФИЗ-21-1'] }] })?.groups).toBe('');
    expect(of({ lessons: [{ ...lesson, title: lesson.courseTitle }] })?.title).toBe('Кванттық механика');
    expect(of({ lessons: [{ ...lesson, cancelled: true }] })?.when).toBe('09:00–09:50 · болмайды');
  });
});

describe('the PDF of a week', () => {
  const draw = async (over: Partial<WeekParts> = {}) => (await weekPdf(printedWeek({ ...parts, ...over }), parts.now)).toString('latin1');
  const pages = (pdf: string) => pdf.match(/\/Type \/Page\b/g)?.length;

  it('is A4 across, tagged, and says its language and title', async () => {
    const pdf = await draw();
    expect(pdf).toMatch(/^%PDF-1\.7/);
    expect(pdf).toContain('/MediaBox [0 0 841.89 595.28]');
    expect(pdf).toContain('/Lang (kk-KZ)');
    expect(pdf).toMatch(/\/Marked true/);
    expect(pdf).toMatch(/\/DisplayDocTitle true/);
    expect(pdf).toContain('/S /TH');
    expect(pages(pdf)).toBe(1);
  });

  it('goes on over further pages when a week, or a single hour, is too full for one', async () => {
    const hours = Array.from({ length: 60 }, (_, index) => {
      const startsAt = at('11-23T08:00') + (index % 6) * 86_400_000 + Math.floor(index / 6) * 3_600_000;
      return { ...lesson, id: `l${index}`, startsAt, endsAt: startsAt + 3_000_000 };
    });
    expect(pages(await draw({ lessons: hours }))).toBeGreaterThan(1);
    const atOnce = Array.from({ length: 60 }, (_, index) => ({ ...lesson, id: `l${index}` }));
    expect(pages(await draw({ lessons: atOnce }))).toBeGreaterThan(3);
  });

  it('is drawn whatever the names are', async () => {
    const names = ['', 'ұ'.repeat(200), 'Ң '.repeat(200), '漢字 🎓 \u0007 (\\) שלום'];
    for (const title of names)
      expect(pages(await draw({ name: title, lessons: [{ ...lesson, title, courseTitle: title, groups: [title] }] })), title).toBe(1);
    expect(pages(await draw({ lessons: [] }))).toBe(1);
  });
});
