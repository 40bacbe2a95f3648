// Answers each report in full: what may be read is read, held against the contract, and written as the bytes that go out.
import { stringify } from 'csv-stringify/sync';
import type { z } from 'zod';
import { routes } from '../contract/http.ts';
import { JournalLine } from '../contract/reports.ts';
import type { Answer, Answers, Form, Report } from './answers.ts';
import type { FacultyReports } from './faculty.service.ts';
import type { JournalService } from './journal.service.ts';
import type { Look, Paper } from './paper.ts';
import { atRiskPaper, facultyPaper, matrixPaper, studentPaper, teacherPaper, termPaper } from './papers.ts';
import type { ReportsService } from './reports.service.ts';

export class AnswersService implements Answers {
  readonly #reports: ReportsService;
  readonly #faculties: FacultyReports;
  readonly #journal: JournalService;

  constructor(services: { readonly reports: ReportsService; readonly faculties: FacultyReports; readonly journal: JournalService }) {
    this.#reports = services.reports;
    this.#faculties = services.faculties;
    this.#journal = services.journal;
  }

  async ask(report: Report, form: Form): Promise<Answer> {
    const [reports, faculties] = [this.#reports, this.#faculties];
    switch (report.kind) {
      case 'scopes':
        return give(routes.reportScopes.answer, await reports.scopes(report.asking), form);
      case 'group': {
        const view = await reports.group(report.asking, report.id, report.query);
        return give(routes.groupReport.answer, view, form, (matrix, look) => matrixPaper(matrix, look, 'group'));
      }
      case 'course': {
        const view = await reports.course(report.asking, report.id, report.query);
        return give(routes.courseReport.answer, view, form, (matrix, look) => matrixPaper(matrix, look, 'course'));
      }
      case 'student':
        return give(routes.studentReport.answer, await reports.student(report.asking, report.id, report.query), form, studentPaper);
      case 'teacher':
        return give(routes.teacherReport.answer, await reports.teacher(report.asking, report.id, report.query), form, teacherPaper);
      case 'faculty':
        return give(routes.facultyReport.answer, await faculties.faculty(report.asking, report.id, report.query), form, facultyPaper);
      case 'term':
        return give(routes.termReport.answer, await faculties.term(report.asking, report.query), form, termPaper);
      case 'at-risk': {
        const { page, ...query } = report.query;
        return give(
          routes.atRisk.answer,
          await faculties.atRisk(report.asking, form === 'json' ? { ...query, page } : query),
          form,
          atRiskPaper,
        );
      }
      case 'journal': {
        const page = await this.#journal.page(report.asking, report.query);
        if (form !== 'csv') return give(routes.journal.answer, page, form);
        // Parsed, its fields stand in the order of the contract.
        const rows = page.lines.map((line) => Object.values(JournalLine.parse(line)).map((value) => value ?? ''));
        // For programs: commas, decimal points and ISO times in every language.
        const csv = rows.length === 0 ? '' : stringify(rows, { escape_formulas: true, record_delimiter: 'windows' });
        return { ...answerOf(csv), next: page.next };
      }
    }
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

function give<S extends z.ZodType>(schema: S, value: z.input<S>, form: Form, paper?: (view: z.output<S>, look: Look) => Paper): Answer {
  const view = schema.parse(value);
  if (form === 'json') return answerOf(JSON.stringify(view));
  if (form === 'csv' || paper === undefined) throw new Error('There is no such file of this report');
  const made = paper(view, form);
  return { ...answerOf(JSON.stringify(made)), title: made.title, subtitle: made.subtitle };
}

function answerOf(text: string): Answer {
  return { bytes: new TextEncoder().encode(text), title: '', subtitle: '', next: null };
}
