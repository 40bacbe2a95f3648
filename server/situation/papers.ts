// What stands in the file of the board, and in that of a summary.
import type { Instant } from '../contract/ids.ts';
import {
  type Situation,
  type SituationFigures,
  type SituationLesson,
  type SituationSummary,
  type Trouble,
  TroubleKind,
} from '../contract/situation.ts';
import {
  type Cell,
  type Column,
  column,
  dayWords,
  type Look,
  momentWords,
  type Paper,
  type PaperTable,
  periodWords,
} from '../reports/paper.ts';
import { text } from '../texts/texts.ts';
import { minuteMs } from './lesson.ts';

type Names = ReadonlyMap<string, string>;

export function boardPaper({ lessons, faculties, at, madeAt }: Situation, look: Look): Paper {
  const { language } = look;
  const { day, time } = momentWords(at ?? madeAt, look.timeZone);
  return {
    ...{ ...look, title: text(language, 'situation.title.board'), subtitle: `${day} ${time}`, legend: '' },
    tables: [lessonTable(lessons, namesOf(faculties), madeAt, look)],
  };
}

export function summaryPaper(summary: SituationSummary, now: Instant, look: Look): Paper {
  const { language } = look;
  const { from, to, total, days, faculties, buildings, kinds, troubled } = summary;
  const rows = {
    days: days.map(({ day, figures }) => [dayWords(day), figures] as const),
    faculties: faculties.map(({ name, figures }) => [name, figures] as const),
    buildings: buildings.map(({ name, figures }) => [name === '' ? text(language, 'situation.no-place') : name, figures] as const),
    kinds: kinds.map(({ kind, figures }) => [text(language, `calendar.kind.${kind}`), figures] as const),
  };
  const sums = (key: keyof typeof rows): PaperTable => ({
    title: text(language, `situation.table.${key}`),
    columns: [column(language, `situation.column.${key}`, 'text', 30), ...figureColumns(look)],
    pinned: 1,
    rows: [...rows[key], [text(language, 'report.total'), total] as const].map(([name, figures]) => [name, ...figureCells(figures)]),
  });
  return {
    ...{ ...look, title: text(language, 'situation.title.summary'), subtitle: periodWords({ from, to }), legend: '' },
    tables: [
      ...(['days', 'faculties', 'buildings', 'kinds'] as const).map(sums),
      { ...lessonTable(troubled, namesOf(faculties), now, look), title: text(language, 'situation.table.troubled') },
    ],
  };
}

function namesOf(faculties: readonly { readonly id: string; readonly name: string }[]): Names {
  return new Map(faculties.map(({ id, name }) => [id, name]));
}

function lessonTable(lessons: readonly SituationLesson[], faculties: Names, now: Instant, look: Look): PaperTable {
  const { language } = look;
  const words = (key: Parameters<typeof column>[1], width: number): Column => column(language, key, 'text', width);
  return {
    title: text(language, 'report.table.lessons'),
    columns: [
      column(language, 'report.column.starts', 'moment', 17),
      words('report.column.course', 34),
      words('report.column.lesson', 30),
      words('report.column.kind', 16),
      words('report.column.faculty', 28),
      words('situation.column.place', 22),
      words('report.column.group', 18),
      words('report.column.teacher', 28),
      words('situation.column.led-by', 28),
      words('situation.column.state', 18),
      column(language, 'situation.column.expected', 'number', 10),
      column(language, 'situation.column.came', 'number', 10),
      words('situation.column.recording', 16),
      words('situation.column.troubles', 60),
    ],
    pinned: 2,
    rows: lessons.map((lesson): Cell[] => [
      ...[lesson.startsAt, lesson.course.title, lesson.title, text(language, `calendar.kind.${lesson.kind}`)],
      ...[faculties.get(lesson.facultyId) ?? '', lesson.place === null ? '' : `${lesson.place.building} ${lesson.place.name}`.trim()],
      ...[lesson.groups.join(', '), lesson.teacher.displayName, lesson.ledBy ?? '', text(language, `situation.state.${lesson.state}`)],
      ...[lesson.expected, lesson.came, text(language, `situation.recording.${lesson.recording}`)],
      lesson.troubles.map((trouble) => troubleWords(trouble, now, look)).join('; '),
    ]),
  };
}

/** Teacher absent 09:00–09:12 (12 min) */
function troubleWords({ kind, since, until }: Trouble, now: Instant, { language, timeZone }: Look): string {
  const minutes = Math.round(((until ?? now) - since) / minuteMs);
  const from = momentWords(since, timeZone).time;
  const to = until === null ? '…' : momentWords(until, timeZone).time;
  return `${text(language, `situation.trouble.${kind}`)} ${from}–${to} (${text(language, 'situation.minutes', { minutes })})`;
}

function figureColumns({ language }: Look): Column[] {
  const number = (key: Parameters<typeof column>[1]): Column => column(language, key, 'number', 11);
  return [
    number('report.column.lessons'),
    number('report.column.held'),
    number('report.column.not-held'),
    number('situation.column.cancelled'),
    number('situation.column.on-site'),
    number('situation.column.unknown'),
    number('situation.column.coming'),
    number('situation.column.troubled'),
    ...TroubleKind.options.map((kind): Column => ({ head: text(language, `situation.trouble.${kind}`), kind: 'number', width: 12 })),
    number('situation.column.late-minutes'),
    number('situation.column.substituted'),
    number('situation.column.recording-due'),
    number('situation.column.recorded'),
    number('situation.column.expected'),
    number('situation.column.came'),
  ];
}

function figureCells(figures: SituationFigures): Cell[] {
  const { lessons, held, notHeld, cancelled, onSite, unknown, coming, troubled, troubles, lateMinutes, substituted } = figures;
  const { recordingDue, recorded, expected, came } = figures;
  return [
    ...[lessons, held, notHeld, cancelled, onSite, unknown, coming, troubled],
    ...TroubleKind.options.map((kind) => troubles[kind]),
    ...[lateMinutes, substituted, recordingDue, recorded, expected, came],
  ];
}
