// The register as a table for Excel, in the reader's language: everything that its rows count.
import { stringify } from 'csv-stringify/sync';
import { DateTime } from 'luxon';
import type { Language } from '../contract/identity.ts';
import { text } from '../texts/texts.ts';
import type { RegisterView, RowView } from './attendance.ts';
import { type GapView, isBlameless } from './gaps.ts';
import { lengthWithin, type Stretch } from './stretches.ts';
import { inMinutes } from './teaching.ts';

interface Reader {
  readonly language: Language;
  readonly time: (at: number | null) => string;
  readonly counted: Stretch;
}
type Column = readonly [kk: string, ru: string, en: string, value: (row: RowView, reader: Reader) => string | number];

const columns: readonly Column[] = [
  ['Аты-жөні', 'ФИО', 'Name', (row) => row.name],
  ['Топ', 'Группа', 'Group', (row) => row.groups.join(', ')],
  ['Рөлі', 'Роль', 'Role', (row, { language }) => text(language, `report.role.${row.role}`)],
  ['Тізімде бар', 'В списке', 'On roster', (row, { language }) => text(language, row.onRoster ? 'report.yes' : 'report.no')],
  ['Қорытынды', 'Итог', 'Attendance', (row, { language }) => text(language, `report.verdict.${row.verdict}`)],
  // Whole numbers: the decimal point of one region is a date in another.
  ['Сабақта болған минуты', 'Минут на занятии', 'Minutes in class', (row) => Math.round(row.minutes)],
  ['Үлесі, %', 'Доля, %', 'Share, %', (row) => Math.round(row.share * 100)],
  ['Алғаш кірген уақыты', 'Первый вход', 'First joined', (row, { time }) => time(row.firstJoinAt)],
  ['Соңғы шыққан уақыты', 'Последний выход', 'Last left', (row, { time }) => time(row.lastLeaveAt)],
  ['Қол көтерген саны', 'Поднятий руки', 'Hands raised', (row) => row.handsRaised],
  ['Хабарлама саны', 'Сообщений', 'Messages', (row) => row.messages],
  ['Микрофон, мин', 'Микрофон, мин', 'Microphone, min', (row) => Math.round(row.microphoneMinutes)],
  ['Камера, мин', 'Камера, мин', 'Camera, min', (row) => Math.round(row.cameraMinutes)],
  ['Байланыс үзілген саны', 'Обрывов связи', 'Lost connections', (row) => row.drops],
  ['Құрылғы саны', 'Устройств', 'Devices', (row) => row.devices],
  ['Бір мезгілдегі құрылғы саны', 'Устройств одновременно', 'Devices at once', (row) => row.devicesAtOnce],
  ['Үзіліс саны', 'Перерывов', 'Gaps', (row) => row.gaps.length],
  ['Өзі шыққан, мин', 'Вышел(а) сам(а), мин', 'Left, min', (row, { counted }) => away(row, counted, ({ kind }) => kind === 'own')],
  [
    'Сабақтан шығарылған, мин',
    'Удаление с занятия, мин',
    'Shown out, min',
    (row, { counted }) => away(row, counted, ({ kind }) => kind === 'shown-out'),
  ],
  ['Байланыссыз, мин', 'Без связи, мин', 'Without a line, min', (row, { counted }) => away(row, counted, isBlameless)],
  [
    'Соның ішінде қатысуға есептелгені, мин',
    'Из них засчитано, мин',
    'Of these counted as presence, min',
    (row, { counted }) => away(row, counted, ({ forgiven }) => forgiven),
  ],
  ['Күту бөлмесінде, мин', 'В комнате ожидания, мин', 'Waiting room, min', (row) => Math.round(row.lobbyMinutes)],
  ['Бет көрінбеген, мин', 'Страница не видна, мин', 'Page out of sight, min', (row) => Math.round(row.hiddenMinutes)],
  ['Сабақ кезінде қуып жеткен, мин', 'Догнал(а) во время занятия, мин', 'Caught up live, min', (row) => Math.round(row.catchUpMinutes)],
  ['Жазбаны көрген, мин', 'Просмотр записи, мин', 'Watched the recording, min', (row) => Math.round(row.viewingMinutes)],
  ['Тексеруге жауап берген саны', 'Ответов на проверку', 'Checks answered', (row) => checks(row, 'answered')],
  ['Жауапсыз қалған тексеру саны', 'Проверок без ответа', 'Checks missed', (row) => checks(row, 'missed')],
  // Both values are seen: what was computed, and what was made of it by hand.
  ['Есеп бойынша', 'По расчёту', 'Computed', (row, { language }) => text(language, `report.verdict.${row.computed}`)],
  ['Түзету себебі', 'Причина исправления', 'Reason of the correction', (row) => row.correction?.reason ?? ''],
  ['Түзеткен', 'Кто исправил', 'Corrected by', (row) => row.correction?.byName ?? ''],
  ['Түзетілген уақыты', 'Время исправления', 'Corrected at', (row, { time }) => time(row.correction?.at ?? null)],
];
const heads: Readonly<Record<Language, readonly string[]>> = {
  kk: columns.map(([kk]) => kk),
  ru: columns.map(([, ru]) => ru),
  en: columns.map(([, , en]) => en),
};
/** Excel splits columns by the list separator of its region, and has no other way to be told that leaves the text whole. */
const delimiters: Readonly<Record<Language, ';' | ','>> = { kk: ';', ru: ';', en: ',' };

/** UTF-8 with a byte order mark, which Excel needs for Cyrillic. Text that a spreadsheet would run as a formula gets an apostrophe before it. */
export function registerCsv(register: RegisterView, language: Language, timeZone: string): string {
  const reader: Reader = {
    language,
    time: (at) => (at === null ? '' : DateTime.fromMillis(at, { zone: timeZone }).toFormat('yyyy-MM-dd HH:mm:ss')),
    counted: { from: register.startsAt, to: Math.min(register.endsAt, register.asOf) },
  };
  const lines = register.rows.map((row) => columns.map(([, , , value]) => value(row, reader)));
  return stringify([heads[language], ...lines], {
    ...{ bom: true, delimiter: delimiters[language], escape_formulas: true, record_delimiter: 'windows' },
  });
}

/** Minutes of the lesson. */
function away({ gaps }: RowView, counted: Stretch, which: (gap: GapView) => boolean): number {
  const stretches = gaps.filter(which).map(({ from, to }) => ({ from, to: to ?? counted.to }));
  return Math.round(inMinutes(lengthWithin(stretches, counted)));
}

function checks(row: RowView, outcome: RowView['checks'][number]['outcome']): number {
  return row.checks.filter((check) => check.outcome === outcome).length;
}

/** The lesson and its day, without what file systems refuse. */
export function fileName(register: RegisterView, timeZone: string): string {
  const title = register.title
    .replace(/[\p{Cc}\p{Cf}<>:"/\\|?*]/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim()
    .slice(0, 100);
  return `${title} ${DateTime.fromMillis(register.startsAt, { zone: timeZone }).toFormat('yyyy-MM-dd')}`.trim();
}
