// Kazakh dates by our own words, because Chromium has none although it claims the language.
import { two, type ZonedTime } from './zone.ts';

const months = [
  'қаңтар',
  'ақпан',
  'наурыз',
  'сәуір',
  'мамыр',
  'маусым',
  'шілде',
  'тамыз',
  'қыркүйек',
  'қазан',
  'қараша',
  'желтоқсан',
] as const;
const shortMonths = ['қаң.', 'ақп.', 'нау.', 'сәу.', 'мам.', 'мау.', 'шіл.', 'там.', 'қыр.', 'қаз.', 'қар.', 'жел.'] as const;
const weekdays = ['дүйсенбі', 'сейсенбі', 'сәрсенбі', 'бейсенбі', 'жұма', 'сенбі', 'жексенбі'] as const;
const shortWeekdays = ['дс', 'сс', 'ср', 'бс', 'жм', 'сб', 'жс'] as const;

export function kazakhMonth(time: ZonedTime): string {
  return months[time.month - 1] ?? '';
}

export function kazakhWeekday(time: ZonedTime, style: 'long' | 'short'): string {
  return (style === 'long' ? weekdays : shortWeekdays)[time.weekday - 1] ?? '';
}

/** 2026 ж. 21 қараша, сенбі */
export function kazakhFull(time: ZonedTime): string {
  return `${kazakhLong(time)}, ${kazakhWeekday(time, 'long')}`;
}

/** 2026 ж. 21 қараша */
export function kazakhLong(time: ZonedTime): string {
  return `${time.year} ж. ${kazakhDayMonth(time)}`;
}

/** 21 қараша, сенбі */
export function kazakhDay(time: ZonedTime): string {
  return `${kazakhDayMonth(time)}, ${kazakhWeekday(time, 'long')}`;
}

/** 21 қараша */
export function kazakhDayMonth(time: ZonedTime): string {
  return `${time.day} ${kazakhMonth(time)}`;
}

/** 21 қар. */
export function kazakhShort(time: ZonedTime): string {
  return `${time.day} ${shortMonths[time.month - 1] ?? ''}`;
}

/** 2026 ж. қараша */
export function kazakhMonthOfYear(time: ZonedTime): string {
  return `${time.year} ж. ${kazakhMonth(time)}`;
}

/** 21.11.2026 */
export function kazakhNumeric(time: ZonedTime): string {
  return `${two(time.day)}.${two(time.month)}.${time.year}`;
}

const units = {
  minute: ['минут', 'минуттан'],
  hour: ['сағат', 'сағаттан'],
  day: ['күн', 'күннен'],
} as const;

const nearDays: Readonly<Record<number, string>> = { [-1]: 'кеше', 0: 'бүгін', 1: 'ертең', 2: 'бүрсігүні' };

/** 5 минуттан кейін, 5 минут бұрын, ертең; zero minutes is now. */
export function kazakhRelative(value: number, unit: 'minute' | 'hour' | 'day'): string {
  if (unit === 'day') {
    const word = nearDays[value];
    if (word) return word;
  }
  if (value === 0) return 'қазір';
  const [plain, from] = units[unit];
  return value < 0 ? `${-value} ${plain} бұрын` : `${value} ${from} кейін`;
}
