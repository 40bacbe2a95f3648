// The words of a timetable in three languages, as files write them: days, weeks, kinds of lesson, roles.
import type { PatternWeeks } from '../contract/planning.ts';
import type { LessonKind, TeachingMode } from '../contract/timetable.ts';
import { bad, type Cell, folded, textOf, word } from './columns.ts';

/** The roles that an import gives and takes; all others are an administrator's to give. */
export type ImportRole = 'student' | 'teacher' | 'assistant';

function words<T>(...entries: readonly (readonly [T, string])[]): ReadonlyMap<string, T> {
  return new Map(entries.flatMap(([value, names]) => names.split('|').map((name) => [folded(name), value] as const)));
}

const days = words<number>(
  [1, '1|monday|mon|понедельник|пн|дүйсенбі|дс|дүй'],
  [2, '2|tuesday|tue|вторник|вт|сейсенбі|сс|сей'],
  [3, '3|wednesday|wed|среда|ср|сәрсенбі|сәр'],
  [4, '4|thursday|thu|четверг|чт|бейсенбі|бс|бей'],
  [5, '5|friday|fri|пятница|пт|жұма|жм'],
  [6, '6|saturday|sat|суббота|сб|сенбі|сен'],
  [7, '7|sunday|sun|воскресенье|вс|жексенбі|жс'],
);
export const weekday = word(days);

export const kindWords = words<LessonKind>(
  ['lecture', 'lecture|лекция|лек|л|дәріс|лекциялық сабақ'],
  ['seminar', 'seminar|practice|семинар|практическое занятие|практика|пр|сем|практикалық сабақ|тәжірибелік сабақ'],
  ['laboratory', 'laboratory|lab|лабораторная|лабораторная работа|лаб|зертханалық сабақ|зертханалық жұмыс|зертхана'],
  ['guided-study', 'guided-study|срсп|срмп|срдп|обсөж|обмөж|сөж|мөж|дөж|соөж'],
  ['consultation', 'consultation|office hour|консультация|кеңес|консультациялық сабақ'],
  ['examination', 'examination|exam|экзамен|емтихан'],
  ['defence', 'defence|defense|защита|қорғау'],
  ['curator-hour', 'curator-hour|кураторский час|куратор сағаты'],
  ['meeting', 'meeting|собрание|заседание|совещание|жиналыс|отырыс'],
  ['conference', 'conference|конференция'],
  ['public-event', 'public-event|открытое мероприятие|мероприятие|іс-шара|ашық іс-шара'],
);
export const kind = word(kindWords);

export const mode = word(
  words<TeachingMode>(
    ['online', 'online|онлайн|дистанционно|қашықтан'],
    ['hybrid', 'hybrid|гибридно|смешанно|гибридті|аралас'],
    ['on-site', 'on-site|onsite|очно|аудиторно|аудиторияда|күндізгі'],
  ),
);

const roleWords = words<ImportRole>(
  ['student', 'student|студент|обучающийся|магистрант|докторант|білім алушы'],
  ['teacher', 'teacher|преподаватель|оқытушы'],
  ['assistant', 'assistant|ассистент|тьютор|помощник|көмекші'],
);
export function roles(cell: Cell): readonly ImportRole[] | typeof bad {
  const written = typeof cell === 'string' ? cell.split(/[,;|\n]/) : cell;
  const found = new Set<ImportRole>();
  for (const one of written.filter((part) => part.trim() !== '')) {
    const known = roleWords.get(folded(one));
    if (known === undefined) return bad;
    found.add(known);
  }
  return found.size === 0 ? bad : [...found].sort();
}
export const enrolmentRole = word(
  words<'student' | 'assistant'>(
    ['student', 'student|студент|обучающийся|магистрант|докторант|білім алушы'],
    ['assistant', 'assistant|ассистент|тьютор|помощник|көмекші'],
  ),
);

export const yesNo = word(words<boolean>([true, 'yes|true|1|да|иә|ия'], [false, 'no|false|0|нет|жоқ']));

const parities = words<'every' | 'odd' | 'even'>(
  ['every', 'every|all|каждая|все|еженедельно|әр апта|барлық|апта сайын'],
  ['odd', 'odd|нечетная|нечет|числитель|тақ|алымы'],
  ['even', 'even|четная|чет|знаменатель|жұп|бөлімі'],
);
const LAST_WEEK = 60;

/** every, odd, even, or numbers: `1, 3, 5-9`. */
export function weeks(cell: Cell): PatternWeeks | typeof bad {
  const parity = parities.get(folded(textOf(cell)));
  if (parity !== undefined) return parity;
  const numbers = new Set<number>();
  const parts = typeof cell === 'string' ? cell.split(/[,;|\n]/) : cell;
  for (const part of parts.map((one) => one.trim()).filter(Boolean)) {
    const [, first, last = first] = /^(\d{1,2})(?:\s*[-–—]\s*(\d{1,2}))?$/.exec(part) ?? [];
    if (first === undefined || Number(first) < 1 || Number(last) > LAST_WEEK || Number(last) < Number(first)) return bad;
    for (let week = Number(first); week <= Number(last); week += 1) numbers.add(week);
  }
  return numbers.size === 0 ? bad : [...numbers].sort((a, b) => a - b);
}

/** `3`, or `3-4` for a lesson of two hours. */
export function bells(cell: Cell): readonly [number, number] | typeof bad {
  const [, first, last = first] = /^(\d{1,2})(?:\s*[-–—]\s*(\d{1,2}))?$/.exec(textOf(cell)) ?? [];
  if (first === undefined || Number(first) < 1 || Number(last) > 20 || Number(last) < Number(first)) return bad;
  return [Number(first), Number(last)];
}
