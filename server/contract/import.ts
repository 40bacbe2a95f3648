// Bringing the university and its timetable in, from a file or by another system, as it crosses the wire.
import { z } from 'zod';
import { ExternalId, ImportId, Instant } from './ids.ts';

/** What can be imported, in the order in which one refers to the other. */
export const ImportTable = z.enum([
  'faculties',
  'departments',
  'programmes',
  'groups',
  'people',
  'streams',
  'places',
  'courses',
  'enrolments',
  'terms',
  'bells',
  'series',
  'lessons',
]);
export type ImportTable = z.infer<typeof ImportTable>;

export const ImportFormat = z.enum(['xlsx', 'csv', 'json', 'ical']);
export type ImportFormat = z.infer<typeof ImportFormat>;

/**
 * reading → faulty | ready | failed; ready → applying → laying-out → done; applying, laying-out → failed; ready, faulty, failed → discarded.
 * A failed import has changed nothing, unless it failed while laying out: then its data are there, and their lessons follow by themselves.
 */
export const ImportState = z.enum(['reading', 'faulty', 'ready', 'applying', 'laying-out', 'done', 'failed', 'discarded']);
export type ImportState = z.infer<typeof ImportState>;

export const ImportStep = z.enum(['reading', 'checking', 'comparing', 'writing', 'laying-out']);
export type ImportStep = z.infer<typeof ImportStep>;

export const TableFaultCode = z.enum([
  'file-empty',
  'file-unreadable', // neither of the formats, or damaged
  'file-too-large', // `value` is what is allowed
  'too-many-rows', // `value` is how many are allowed
  'table-unknown', // `value` is the name of the sheet, file or key
  'table-twice',
  'column-missing',
  'column-unknown',
  'column-twice',
  'cells-surplus', // more cells than columns; `value` is how many
  'value-missing',
  'value-bad',
  'value-not-computed', // a formula without a result, or with an error
  'duplicate', // the same id twice; `value` is the id
  'reference-unknown', // `value` is the id that nothing has
  'reference-ambiguous', // fits several; `value` is what was looked for
  'name-taken', // someone else has this sign-in name
  'times-overlap', // bells
  'outside-term', // days that do not lie in it
  'not-your-faculty', // a coordinator's file touches what is not theirs
  'not-allowed', // by this caller
]);
export type TableFaultCode = z.infer<typeof TableFaultCode>;

export const TableFault = z.object({
  /** Sheet of a workbook, table, or null. */
  sheet: z.string().nullable(),
  /** Of the file, from 1; of JSON the place in the list, from 1. */
  line: z.number().int(),
  /** As the file calls it. */
  column: z.string().nullable(),
  code: TableFaultCode,
  value: z.string().nullable(),
});
export type TableFault = z.infer<typeof TableFault>;

/** What people read of a row: values, names instead of ids, lists. */
const Shown = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())]));
export const DifferenceSample = z.object({
  how: z.enum(['new', 'changed', 'gone']),
  externalId: z.string(),
  name: z.string(),
  /** Of what is changed only what differs. */
  before: Shown.nullable(),
  after: Shown.nullable(),
});
export type DifferenceSample = z.infer<typeof DifferenceSample>;
export const TableDifference = z.object({
  table: ImportTable,
  new: z.number().int(),
  changed: z.number().int(),
  /** There from the same source, and no longer named. */
  gone: z.number().int(),
  same: z.number().int(),
  /** Up to 10 of each kind. */
  samples: z.array(DifferenceSample),
});
export type TableDifference = z.infer<typeof TableDifference>;

/** One of two that meet. */
const Meeting = z.object({
  table: z.enum(['series', 'lessons']),
  /** Null: made by hand. */
  externalId: z.string().nullable(),
  /** Null: not of this file, but there already. */
  line: z.number().int().nullable(),
  title: z.string(),
  teacher: z.string(),
  /** And streams. */
  groups: z.array(z.string()),
});
/** Two of the timetable that have somebody or something at the same time. */
export const ImportClash = z.object({
  over: z.array(z.object({ what: z.enum(['teacher', 'group', 'place']), name: z.string() })),
  first: Meeting,
  second: Meeting,
  /** What they share of the first day on which they meet. */
  startsAt: Instant,
  endsAt: Instant,
  /** On which they meet. */
  days: z.number().int(),
});
export type ImportClash = z.infer<typeof ImportClash>;
/** How many there are, counted as far as 10,000; the first 50 by time. */
export const ImportClashes = z.object({ total: z.number().int(), list: z.array(ImportClash) });
export type ImportClashes = z.infer<typeof ImportClashes>;

export const ImportJob = z.object({
  id: ImportId,
  at: Instant,
  by: z.string(),
  /** Of the file. */
  name: z.string(),
  /** Whose records these are: what is gone from a source is gone, what came from another stays. */
  source: z.string(),
  format: ImportFormat.nullable(),
  bytes: z.number().int(),
  state: ImportState,
  /** While something is being done; `total` is 0 when it is not known. */
  progress: z.object({ step: ImportStep, done: z.number().int(), total: z.number().int() }).nullable(),
  faultTotal: z.number().int(),
  finishedAt: Instant.nullable(),
});
export type ImportJob = z.infer<typeof ImportJob>;
export const ImportJobDetail = ImportJob.extend({
  /** Null until it is known. One entry per table of the file. After applying: what was done. */
  difference: z.array(TableDifference).nullable(),
  /** The first 200 by sheet and line. */
  faults: z.array(TableFault),
  /** A warning: universities merge groups, and share halls. */
  clashes: ImportClashes,
});
export type ImportJobDetail = z.infer<typeof ImportJobDetail>;
/** Newest first, at most 100. */
export const ImportJobs = z.object({ imports: z.array(ImportJob) });

/** Kept 200 long; a system's or an office's name, like Univer. */
export const ImportSource = z.string().trim().min(1).max(80);
export const ImportUpload = z.object({
  /** Of the file; its ending, and what it begins with, say the format. */
  name: z.string().trim().min(1).max(200),
  source: ImportSource,
  /** Of a CSV file that is not named after its table. */
  table: ImportTable.optional(),
  /** Of an iCalendar file: the code of the course of every event that names none. */
  course: z.string().trim().max(80).optional(),
});
export type ImportUpload = z.infer<typeof ImportUpload>;
/** Gone series and lessons are taken out of the timetable, gone people disabled, the rest removed where nothing refers to it. */
export const ImportApply = z.object({ withGone: z.boolean() });

/** Any row of a table, by the names of its columns; the columns are those of the template. Texts are read as a file's cells are. */
const Cell = z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.union([z.string(), z.number()]))]);
export const ImportItem = z.record(z.string(), Cell);
export const TablePut = z.object({
  items: z.array(ImportItem).max(100_000),
  /** True: these are all that the source has of this table, and what it had before besides them is gone. */
  complete: z.boolean().default(false),
});
export const TablePutDone = z.object({ difference: TableDifference });
export const TableItem = z.object({ table: ImportTable, externalId: ExternalId });
