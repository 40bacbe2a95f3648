// The shares of distance teaching as a table for Excel, in the reader's language.
import { stringify } from 'csv-stringify/sync';
import type { z } from 'zod';
import type { Language } from '../contract/identity.ts';
import type { ShareRow, ShareState } from '../contract/shares.ts';

interface Words {
  /** Excel splits columns by the list separator of its region, and has no other way to be told that leaves the text whole. */
  readonly delimiter: ';' | ',';
  /** With the decimal sign of the region, or Excel takes numbers for text. */
  readonly decimal: ',' | '.';
  readonly head: readonly string[];
  readonly states: Readonly<Record<ShareState, string>>;
}

const words: Readonly<Record<Language, Words>> = {
  kk: {
    ...{ delimiter: ';', decimal: ',' },
    head: [
      'Атауы',
      'Коды немесе топтары',
      'Факультет',
      'Оқу жоспарындағы сағат',
      'Қашықтан өтілгені',
      'Қашықтан алда',
      'Қашықтан барлығы',
    ].concat([...['Кредит', 'Қашықтан кредит', 'Үлесі, %', 'Шегі, %', 'Күйі', 'Пәндер саны', 'Сағаты белгісіз пәндер']]),
    states: { ok: 'шектен төмен', near: 'шекке жақын', over: 'шектен асты', unknown: 'белгісіз' },
  },
  ru: {
    ...{ delimiter: ';', decimal: ',' },
    head: [
      'Название',
      'Код или группы',
      'Факультет',
      'Часов по плану',
      'Дистанционно проведено',
      'Дистанционно предстоит',
      'Дистанционно всего',
    ].concat([...['Кредитов', 'Кредитов дистанционно', 'Доля, %', 'Предел, %', 'Состояние', 'Дисциплин', 'Дисциплин без часов']]),
    states: { ok: 'в пределах', near: 'близко к пределу', over: 'предел превышен', unknown: 'неизвестно' },
  },
  en: {
    ...{ delimiter: ',', decimal: '.' },
    head: ['Name', 'Code or groups', 'Faculty', 'Planned hours', 'Held by distance', 'Coming by distance', 'By distance in all'].concat([
      ...['Credits', 'Credits by distance', 'Share, %', 'Limit, %', 'State', 'Courses', 'Courses without hours'],
    ]),
    states: { ok: 'within the limit', near: 'near the limit', over: 'over the limit', unknown: 'unknown' },
  },
};

/** With a byte-order mark, for Excel to see that it is UTF-8. */
export function sharesCsv(rows: readonly z.input<typeof ShareRow>[], language: Language): string {
  const { delimiter, decimal, head, states } = words[language];
  const number = (value: number | null) => (value === null ? '' : String(value).replace('.', decimal));
  const lines = rows.map((row) => [
    ...[row.name, row.detail, row.faculty?.name ?? ''].map(harmless),
    ...[row.plannedHours, row.held, row.coming, row.hoursHere, row.credits, row.creditsHere, row.percent, row.limitPercent].map(number),
    ...[states[row.state], String(row.courses), String(row.coursesUnknown)],
  ]);
  return stringify([[...head], ...lines], { delimiter, bom: true, record_delimiter: 'windows' });
}

/** Excel would calculate what begins like a formula. */
function harmless(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}
