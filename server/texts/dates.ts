// Days and times in words, in the language of whoever reads them and the time zone of the university.
import type { Language } from '../contract/identity.ts';
import type { Instant } from '../contract/ids.ts';
import { localeTags } from './texts.ts';

const styles = {
  /** Saturday 21 November 2026 */
  day: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
  /** 21 November 2026 */
  date: { day: 'numeric', month: 'long', year: 'numeric' },
  /** 21 November */
  'day-month': { day: 'numeric', month: 'long' },
  /** Saturday */
  weekday: { weekday: 'long' },
  /** 08:00 */
  time: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;
export type DateStyle = keyof typeof styles;

const formats = new Map<string, Intl.DateTimeFormat>();

/** Throws RangeError on an unknown time zone. */
export function formatDate(language: Language, style: DateStyle, instant: Instant, timeZone: string): string {
  return formatOf(language, style, timeZone).format(instant);
}

/** 23–28 November 2026 */
export function formatDays(
  language: Language,
  { first, last }: { readonly first: Instant; readonly last: Instant },
  timeZone: string,
): string {
  return formatOf(language, 'date', timeZone).formatRange(first, last);
}

function formatOf(language: Language, style: DateStyle, timeZone: string): Intl.DateTimeFormat {
  const id = `${language} ${style} ${timeZone}`;
  let format = formats.get(id);
  if (!format) {
    format = new Intl.DateTimeFormat(localeTags[language], { ...styles[style], timeZone });
    formats.set(id, format);
  }
  return format;
}

/** 08:00–08:50; with both days when the span crosses midnight. */
export function formatSpan(language: Language, { startsAt, endsAt }: { startsAt: Instant; endsAt: Instant }, timeZone: string): string {
  const [first, last] = [startsAt, endsAt].map((instant) => formatDate(language, 'day-month', instant, timeZone));
  const [from, until] = [startsAt, endsAt].map((instant) => formatDate(language, 'time', instant, timeZone));
  return first === last ? `${from}–${until}` : `${first}, ${from} – ${last}, ${until}`;
}
