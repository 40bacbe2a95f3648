// What stands in the file of each report.
import type { z } from 'zod';
import type { AtRisk, FacultyReport, Matrix, StudentReport, TeacherReport, TermReport, Trend } from '../contract/reports.ts';
import { text } from '../texts/texts.ts';
import { legendOf, verdictCell } from './cell-words.ts';
import {
  type Column,
  column,
  type Look,
  momentWords,
  type Paper,
  type PaperTable,
  periodWords,
  tallyCells,
  tallyColumns,
  yesNo,
} from './paper.ts';

type View<S extends z.ZodType> = z.output<S>;

export function matrixPaper(report: View<typeof Matrix>, look: Look, of: 'group' | 'course'): Paper {
  const { language } = look;
  const columns: Column[] = [
    column(language, 'report.column.student', 'text', 30),
    column(language, 'report.column.group', 'text', 14),
    column(language, 'report.column.share', 'share', 9),
    ...report.lessons.map((lesson, index): Column => {
      const { day, time } = momentWords(lesson.startsAt, look.timeZone);
      const narrowHead = `${index + 1}\n${day.slice(0, 5)}\n${time}`;
      return { head: `${index + 1}. ${day} ${time} ${lesson.courseTitle}`, narrowHead, kind: 'mark', width: 6 };
    }),
    ...tallyColumns(language).slice(1),
  ];
  const rows = report.students.map(({ name, groups, cells, tally }) => {
    return [name, groups.join(', '), tally.share, ...cells.map(verdictCell), ...tallyCells(tally).slice(1)];
  });
  return {
    ...paperOf(look, text(language, `report.title.${of}`, { name: report.title }), report.period),
    tables: [
      { title: text(language, 'report.table.matrix'), columns, pinned: 2, rows },
      {
        ...lessonTable(look, [column(language, 'report.column.number', 'number', 4)]),
        rows: report.lessons.map((lesson, index) => [
          index + 1,
          ...lessonCells(lesson, look),
          ...[yesNo(language, lesson.held), yesNo(language, lesson.signed), ...tallyCells(lesson.tally)],
        ]),
      },
      trendTable(report.trend, look),
    ],
    legend: legendOf(language),
  };
}

export function studentPaper(report: View<typeof StudentReport>, look: Look): Paper {
  const { language } = look;
  const { person, total, courses, lessons, trend } = report;
  return {
    ...paperOf(look, text(language, 'report.title.student', { name: [person.name, ...person.groups].join(', ') }), report.period),
    tables: [
      {
        title: text(language, 'report.table.courses'),
        columns: [
          column(language, 'report.column.course', 'text', 36),
          ...tallyColumns(language),
          column(language, 'report.column.missed', 'number', 10),
        ],
        pinned: 1,
        rows: [
          ...courses.map(({ title, tally, missedInRow }) => [title, ...tallyCells(tally), missedInRow]),
          [text(language, 'report.total'), ...tallyCells(total), null],
        ],
      },
      {
        title: text(language, 'report.table.lessons'),
        columns: [
          ...lessonColumns(look),
          column(language, 'report.column.verdict', 'text', 20),
          column(language, 'report.column.corrected', 'text', 10),
          column(language, 'report.column.minutes', 'number', 8),
          column(language, 'report.column.lesson-share', 'share', 10),
        ],
        pinned: 1,
        rows: lessons.map((lesson) => [
          ...lessonCells(lesson, look),
          text(language, `report.verdict.${lesson.verdict}`),
          ...[yesNo(language, lesson.corrected), lesson.minutes, lesson.share],
        ]),
      },
      trendTable(trend, look),
    ],
  };
}

export function teacherPaper(report: View<typeof TeacherReport>, look: Look): Paper {
  const { language } = look;
  const { total, held, notHeld, unsigned, late, averageDelayMinutes } = report;
  const sums = {
    title: text(language, 'report.total'),
    columns: [
      column(language, 'report.column.held', 'number', 10),
      column(language, 'report.column.not-held', 'number', 10),
      column(language, 'report.column.unsigned', 'number', 10),
      column(language, 'report.column.late', 'number', 10),
      column(language, 'report.column.average-delay', 'number', 12),
      column(language, 'report.column.share', 'share', 12),
    ],
    pinned: 0,
    rows: [[held, notHeld, unsigned, late, averageDelayMinutes, total.share]],
  };
  const lessons: PaperTable = {
    title: text(language, 'report.table.lessons'),
    columns: [
      ...lessonColumns(look),
      column(language, 'report.column.held', 'text', 8),
      column(language, 'report.column.signed', 'text', 8),
      column(language, 'report.column.delay', 'number', 11),
      column(language, 'report.column.taught', 'number', 11),
      column(language, 'report.column.planned', 'number', 11),
      ...tallyColumns(language),
    ],
    pinned: 2,
    rows: report.lessons.map((lesson) => [
      ...lessonCells(lesson, look),
      ...[yesNo(language, lesson.held), yesNo(language, lesson.signed)],
      ...[lesson.delayMinutes, lesson.taughtMinutes, lesson.plannedMinutes, ...tallyCells(lesson.tally)],
    ]),
  };
  const title = text(language, 'report.title.teacher', { name: report.person.name });
  return { ...paperOf(look, title, report.period), tables: [sums, lessons, trendTable(report.trend, look)] };
}

export function facultyPaper(report: View<typeof FacultyReport>, look: Look): Paper {
  const { language } = look;
  const list = (key: 'groups' | 'courses', head: Column, rows: typeof report.groups | typeof report.courses): PaperTable => ({
    ...{ title: text(language, `report.table.${key}`), columns: [head, ...tallyColumns(language)], pinned: 1 },
    rows: rows.map(({ name, tally }) => [name, ...tallyCells(tally)]),
  });
  return {
    ...paperOf(look, text(language, 'report.title.faculty', { name: report.faculty.name }), report.period),
    tables: [
      {
        ...{ title: text(language, 'report.total'), columns: facultyColumns(look).slice(1), pinned: 0 },
        rows: [[report.heldLessons, report.notHeldLessons, report.unsignedLessons, report.atRisk, ...tallyCells(report.total)]],
      },
      list('groups', column(language, 'report.column.group', 'text', 24), report.groups),
      list('courses', column(language, 'report.column.course', 'text', 40), report.courses),
      {
        title: text(language, 'report.table.teachers'),
        columns: [
          column(language, 'report.column.teacher', 'text', 34),
          column(language, 'report.column.held', 'number', 9),
          column(language, 'report.column.not-held', 'number', 9),
          column(language, 'report.column.average-delay', 'number', 11),
          ...tallyColumns(language),
        ],
        pinned: 1,
        rows: report.teachers.map(({ name, held, notHeld, averageDelayMinutes, tally }) => {
          return [name, held, notHeld, averageDelayMinutes, ...tallyCells(tally)];
        }),
      },
      trendTable(report.trend, look),
    ],
  };
}

export function termPaper(report: View<typeof TermReport>, look: Look): Paper {
  const { language } = look;
  const rows = report.faculties.map(({ name, heldLessons, notHeldLessons, unsignedLessons, atRisk, tally }) => {
    return [name, heldLessons, notHeldLessons, unsignedLessons, atRisk, ...tallyCells(tally)];
  });
  const total = [text(language, 'report.total'), null, null, null, null, ...tallyCells(report.total)];
  return {
    ...paperOf(look, text(language, 'report.title.term'), report.period),
    tables: [
      { title: text(language, 'report.table.faculties'), columns: facultyColumns(look), pinned: 1, rows: [...rows, total] },
      trendTable(report.trend, look),
    ],
  };
}

/** A line for each course that somebody misses. */
export function atRiskPaper(report: View<typeof AtRisk>, look: Look): Paper {
  const { language } = look;
  const table: PaperTable = {
    title: text(language, 'report.table.at-risk'),
    columns: [
      column(language, 'report.column.student', 'text', 32),
      column(language, 'report.column.group', 'text', 16),
      column(language, 'report.column.course', 'text', 36),
      column(language, 'report.column.missed', 'number', 12),
      column(language, 'report.column.since', 'moment', 17),
    ],
    pinned: 1,
    rows: report.students.flatMap(({ name, groups, risks }) =>
      risks.map(({ courseTitle, missedInRow, since }) => [name, groups.join(', '), courseTitle, missedInRow, since]),
    ),
  };
  return { ...paperOf(look, text(language, 'report.title.at-risk'), null), tables: [table] };
}

function paperOf(look: Look, title: string, period: { readonly from: string; readonly to: string } | null) {
  const { language, timeZone } = look;
  return { title, subtitle: period === null ? '' : periodWords(period), language, timeZone, legend: '' };
}

interface Headed {
  readonly startsAt: number;
  readonly title: string;
  readonly courseTitle: string;
  readonly kind: View<typeof Matrix>['lessons'][number]['kind'];
}

function lessonColumns({ language }: Look): Column[] {
  return [
    column(language, 'report.column.starts', 'moment', 17),
    column(language, 'report.column.course', 'text', 28),
    column(language, 'report.column.lesson', 'text', 28),
    column(language, 'report.column.kind', 'text', 16),
  ];
}

function lessonCells({ startsAt, title, courseTitle, kind }: Headed, { language }: Look) {
  return [startsAt, courseTitle, title, text(language, `calendar.kind.${kind}`)];
}

function lessonTable(look: Look, before: readonly Column[]): Omit<PaperTable, 'rows'> {
  const { language } = look;
  const flags = [column(language, 'report.column.held', 'text', 9), column(language, 'report.column.signed', 'text', 9)];
  const columns = [...before, ...lessonColumns(look), ...flags, ...tallyColumns(language)];
  return { title: text(language, 'report.table.lessons'), columns, pinned: before.length + 1 };
}

function facultyColumns({ language }: Look): Column[] {
  return [
    column(language, 'report.column.faculty', 'text', 34),
    column(language, 'report.column.held', 'number', 10),
    column(language, 'report.column.not-held', 'number', 10),
    column(language, 'report.column.unsigned', 'number', 10),
    column(language, 'report.column.at-risk', 'number', 9),
    ...tallyColumns(language),
  ];
}

function trendTable(trend: View<typeof Trend>, { language }: Look): PaperTable {
  return {
    title: text(language, 'report.table.trend'),
    columns: [column(language, 'report.column.week', 'day', 12), ...tallyColumns(language)],
    pinned: 1,
    rows: trend.map(({ week, tally }) => [week, ...tallyCells(tally)]),
  };
}
