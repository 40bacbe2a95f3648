// What is asked of reports and what they answer, as plain data: the same in place and on the thread of reports.
import type { z } from 'zod';
import type { AtRiskQuery, JournalQuery, ReportQuery } from '../contract/reports.ts';
import type { Asking } from '../timetable/who.ts';
import type { Look } from './paper.ts';

type Query = z.output<typeof ReportQuery>;

export type Report =
  | { readonly kind: 'scopes'; readonly asking: Asking }
  | {
      readonly kind: 'group' | 'course' | 'student' | 'teacher' | 'faculty';
      readonly asking: Asking;
      readonly id: string;
      readonly query: Query;
    }
  | { readonly kind: 'term'; readonly asking: Asking; readonly query: Query }
  /** As a file it holds everybody, whatever the page. */
  | { readonly kind: 'at-risk'; readonly asking: Asking; readonly query: z.output<typeof AtRiskQuery> }
  | { readonly kind: 'journal'; readonly asking: Asking; readonly query: z.output<typeof JournalQuery> };

/** `csv`: only of the journal, without the line of its columns. With a look: a `Paper` as JSON, for the press. */
export type Form = 'json' | 'csv' | Look;

export interface Answer {
  /** UTF-8 in memory of its own: what goes out as it is, so that the thread of the live classes only hands it on. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Of a paper; else empty. */
  readonly title: string;
  readonly subtitle: string;
  /** Of the journal: where it goes on. */
  readonly next: string | null;
}

export interface Answers {
  /** Rights are part of the answer. Throws `Refused`. */
  ask(report: Report, form: Form): Promise<Answer>;
  /** Safe twice. */
  close(): Promise<void>;
}
