// The register as a table for Excel, in the reader's language.
import { stringify } from 'csv-stringify/sync';
import { DateTime } from 'luxon';
import type { Language } from '../contract/identity.ts';
import type { RegisterView, RowView } from './attendance.ts';

interface Words {
  /** Excel splits columns by the list separator of its region, and has no other way to be told that leaves the text whole. */
  readonly delimiter: ';' | ',';
  readonly head: readonly string[];
  readonly yes: string;
  readonly no: string;
  readonly roles: Readonly<Record<RowView['role'], string>>;
  readonly verdicts: Readonly<Record<RowView['verdict'], string>>;
}

const kk: Words = {
  delimiter: ';',
  head: [
    'Аты-жөні',
    'Топ',
    'Рөлі',
    'Тізімде бар',
    'Қорытынды',
    'Сабақта болған минуты',
    'Үлесі, %',
    'Алғаш кірген уақыты',
    'Соңғы шыққан уақыты',
    'Қол көтерген саны',
    'Хабарлама саны',
    'Микрофон, мин',
    'Камера, мин',
    'Байланыс үзілген саны',
    'Құрылғы саны',
  ],
  yes: 'иә',
  no: 'жоқ',
  roles: { teacher: 'оқытушы', assistant: 'көмекші', student: 'студент', guest: 'қонақ', observer: 'бақылаушы' },
  verdicts: { present: 'қатысты', late: 'кешікті', 'left-early': 'ерте кетті', absent: 'қатыспады', expected: 'күтілуде' },
};

const ru: Words = {
  delimiter: ';',
  head: [
    'ФИО',
    'Группа',
    'Роль',
    'В списке',
    'Итог',
    'Минут на занятии',
    'Доля, %',
    'Первый вход',
    'Последний выход',
    'Поднятий руки',
    'Сообщений',
    'Микрофон, мин',
    'Камера, мин',
    'Обрывов связи',
    'Устройств',
  ],
  yes: 'да',
  no: 'нет',
  roles: { teacher: 'преподаватель', assistant: 'ассистент', student: 'студент', guest: 'гость', observer: 'наблюдатель' },
  verdicts: { present: 'присутствие', late: 'опоздание', 'left-early': 'ранний уход', absent: 'отсутствие', expected: 'ожидается' },
};

const en: Words = {
  delimiter: ',',
  head: [
    'Name',
    'Group',
    'Role',
    'On roster',
    'Attendance',
    'Minutes in class',
    'Share, %',
    'First joined',
    'Last left',
    'Hands raised',
    'Messages',
    'Microphone, min',
    'Camera, min',
    'Lost connections',
    'Devices',
  ],
  yes: 'yes',
  no: 'no',
  roles: { teacher: 'teacher', assistant: 'assistant', student: 'student', guest: 'guest', observer: 'observer' },
  verdicts: { present: 'present', late: 'late', 'left-early': 'left early', absent: 'absent', expected: 'expected' },
};

const words: Readonly<Record<Language, Words>> = { kk, ru, en };

/** UTF-8 with a byte order mark, which Excel needs for Cyrillic. Text that a spreadsheet would run as a formula gets an apostrophe before it. */
export function registerCsv(register: RegisterView, language: Language, timeZone: string): string {
  const { delimiter, head, yes, no, roles, verdicts } = words[language];
  const time = (at: number | null) => (at === null ? '' : DateTime.fromMillis(at, { zone: timeZone }).toFormat('yyyy-MM-dd HH:mm:ss'));
  const lines = register.rows.map((row) => [
    row.name,
    row.groups.join(', '),
    roles[row.role],
    row.onRoster ? yes : no,
    verdicts[row.verdict],
    // Whole numbers: the decimal point of one region is a date in another.
    Math.round(row.minutes),
    Math.round(row.share * 100),
    time(row.firstJoinAt),
    time(row.lastLeaveAt),
    row.handsRaised,
    row.messages,
    Math.round(row.microphoneMinutes),
    Math.round(row.cameraMinutes),
    row.drops,
    row.devices,
  ]);
  return stringify([head, ...lines], { bom: true, delimiter, escape_formulas: true, record_delimiter: 'windows' });
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
