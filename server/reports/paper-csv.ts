// A report as text for Excel: its tables one under the other.
import { stringify } from 'csv-stringify/sync';
import type { Language } from '../contract/identity.ts';
import { verdictWord } from './cell-words.ts';
import { type Cell, type CellKind, dayWords, momentWords, type Paper } from './paper.ts';

/** Excel splits columns by the list separator of its region and takes numbers only with the decimal sign of it. */
const signs: Readonly<Record<Language, { readonly delimiter: ';' | ','; readonly decimal: ',' | '.' }>> = {
  kk: { delimiter: ';', decimal: ',' },
  ru: { delimiter: ';', decimal: ',' },
  en: { delimiter: ',', decimal: '.' },
};

/** With a byte-order mark, by which Excel knows UTF-8. What it would calculate as a formula gets an apostrophe before it. */
export function paperCsv(paper: Paper): string {
  const { delimiter, decimal } = signs[paper.language];
  const words = (cell: Cell, kind: CellKind): string => {
    if (cell === null) return '';
    if (kind === 'share') return String(Math.round(Number(cell) * 1000) / 10).replace('.', decimal);
    if (kind === 'number') return String(cell).replace('.', decimal);
    if (kind === 'moment') return Object.values(momentWords(Number(cell), paper.timeZone)).join(' ');
    if (kind === 'day') return dayWords(String(cell));
    return kind === 'mark' ? verdictWord(String(cell), paper.language) : String(cell);
  };
  const lines = paper.tables.flatMap(({ title, columns, rows }, index) => [
    ...(paper.tables.length > 1 ? [...(index > 0 ? [[]] : []), [title]] : []),
    columns.map(({ head }) => head),
    ...rows.map((row) => row.map((cell, at) => words(cell, columns[at]?.kind ?? 'text'))),
  ]);
  return stringify(lines, { bom: true, delimiter, escape_formulas: true, record_delimiter: 'windows' });
}
