// The register as a sheet to print or to open in Excel: everybody's row, and what was done to it by hand.
import type { Language } from '../contract/identity.ts';
import { type Cell, type Column, column, momentWords, type Paper, type PaperTable } from '../reports/paper.ts';
import { text } from '../texts/texts.ts';
import type { RegisterView, RowView } from './attendance.ts';

type ActView = RegisterView['history'][number];

export function registerPaper(register: RegisterView, language: Language, timeZone: string): Paper {
  const { title, courseTitle, startsAt, signature, rows, history } = register;
  const moment = (at: number) => Object.values(momentWords(at, timeZone)).join(' ');
  const signed =
    signature === null
      ? text(language, 'report.register.not-signed')
      : text(language, 'report.register.signed', { name: signature.byName, at: moment(signature.at) });
  return {
    ...{ title: text(language, 'report.title.register', { name: title }), language, timeZone, legend: '' },
    subtitle: [courseTitle, moment(startsAt), signed].join(' · '),
    tables: [people(rows, language), ...(history.length === 0 ? [] : [acts(history, language)])],
  };
}

function people(rows: readonly RowView[], language: Language): PaperTable {
  const columns: Column[] = [
    column(language, 'report.column.number', 'number', 4),
    column(language, 'report.column.student', 'text', 30),
    column(language, 'report.column.group', 'text', 14),
    column(language, 'report.column.role', 'text', 12),
    column(language, 'report.column.verdict', 'text', 16),
    column(language, 'report.column.minutes', 'number', 8),
    column(language, 'report.column.lesson-share', 'share', 10),
    column(language, 'report.column.joined', 'moment', 16),
    column(language, 'report.column.left', 'moment', 16),
    column(language, 'report.column.correction', 'text', 34),
  ];
  const cells = (row: RowView, index: number): Cell[] => [
    ...[index + 1, row.name, row.groups.join(', '), text(language, `report.role.${row.role}`)],
    ...[text(language, `report.verdict.${row.verdict}`), row.minutes, row.share, row.firstJoinAt, row.lastLeaveAt],
    correctionOf(row, language),
  ];
  return { title: text(language, 'report.table.people'), columns, pinned: 2, rows: rows.map(cells) };
}

/** Both values are seen: what was computed, and why it does not hold. */
function correctionOf({ correction, computed }: RowView, language: Language): string {
  if (correction === null) return '';
  const from = text(language, `report.verdict.${computed}`);
  return text(language, 'report.register.correction', { from, name: correction.byName, reason: correction.reason });
}

function acts(history: readonly ActView[], language: Language): PaperTable {
  const columns: Column[] = [
    column(language, 'report.column.when', 'moment', 16),
    column(language, 'report.column.who', 'text', 30),
    column(language, 'report.column.what', 'text', 60),
  ];
  const rows = history.map(({ at, byName, act }): Cell[] => [at, byName, wordsOf(act, language)]);
  return { title: text(language, 'report.table.history'), columns, pinned: 1, rows };
}

function wordsOf(act: ActView['act'], language: Language): string {
  switch (act.type) {
    case 'signed':
      return text(language, 'report.act.signed');
    case 'reopened':
      return text(language, 'report.act.reopened', { reason: act.reason });
    case 'corrected': {
      const { name, from, to, reason } = act;
      if (to === null) return text(language, 'report.act.taken-back', { name, reason });
      const words = { from: text(language, `report.verdict.${from}`), to: text(language, `report.verdict.${to}`) };
      return text(language, 'report.act.corrected', { name, reason, ...words });
    }
  }
}
