// What is asked of the page, as its address says it, and which time that means. Pure.
import { z } from 'zod';
import { Severity, TroubleKind } from '../../../server/contract/diagnosis.ts';
import { LessonId, PersonId } from '../../../server/contract/ids.ts';
import { addDays, dayKey, instantAt, zonedTime } from '../../i18n/index.ts';
import { two } from '../../i18n/zone.ts';

export type Asked = {
  /** ISO day; with neither day nor time, the hour up to now. */
  readonly day: string | undefined;
  /** HH:MM; without an end it is a moment, and a few minutes around it are looked at. */
  readonly time: string | undefined;
  readonly until: string | undefined;
  readonly search: string | undefined;
  readonly network: string | undefined;
  readonly person: PersonId | undefined;
  readonly lesson: LessonId | undefined;
  readonly kind: TroubleKind | undefined;
  readonly severity: Severity | undefined;
  /** Also those who had no trouble. */
  readonly everybody: true | undefined;
  /** One person's stay in one lesson is open, perhaps at a moment of it. */
  readonly stay: StayKey | undefined;
  readonly at: number | undefined;
};

export type StayKey = { readonly lessonId: LessonId; readonly personId: PersonId };

export type Span = { readonly kind: 'last-hour' | 'moment' | 'span' | 'day' | 'month'; readonly from: number; readonly to: number };

const minuteMs = 60_000;
const dayMs = 1440 * minuteMs;
/** Nobody remembers the minute: so much before and after a moment is looked at. */
export const aroundMinutes = 5;
/** As much as the server looks through for one person or one lesson. */
export const monthDays = 31;

const Day = z.iso.date();
const Time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
const Words = z.string().trim().min(1).max(120);
const Instant = z.coerce.number().int().positive();
const Stay = z.string().transform((text) => {
  const [lessonId, personId] = text.split('/');
  return { lessonId, personId };
});
const StayIds = Stay.pipe(z.object({ lessonId: LessonId, personId: PersonId }));

/** What cannot be read is as if it had not been asked: an address may be cut off in a message. */
export function readAsked(params: URLSearchParams): Asked {
  const read = <S extends z.ZodType>(name: string, schema: S): z.output<S> | undefined =>
    schema.safeParse(params.get(name) ?? undefined).data;
  const time = read('time', Time);
  return {
    day: read('day', Day),
    time,
    until: time === undefined ? undefined : read('until', Time),
    search: read('search', Words),
    network: read('network', Words),
    person: read('person', PersonId),
    lesson: read('lesson', LessonId),
    kind: read('kind', TroubleKind),
    severity: read('severity', Severity),
    everybody: params.get('show') === 'everybody' ? true : undefined,
    stay: read('stay', StayIds),
    at: read('at', Instant),
  };
}

export function writeAsked({ everybody, stay, at, ...plain }: Asked): Record<string, string> {
  const more = {
    show: everybody ? 'everybody' : undefined,
    stay: stay ? `${stay.lessonId}/${stay.personId}` : undefined,
    at: stay && at !== undefined ? String(at) : undefined,
  };
  return Object.fromEntries(Object.entries({ ...plain, ...more }).filter((entry): entry is [string, string] => Boolean(entry[1])));
}

/** Where a link with this in it leads. */
export function linkTo(asked: Asked): string {
  const params = new URLSearchParams(writeAsked(asked));
  return params.size > 0 ? `/diagnosis?${params}` : '/diagnosis';
}

/** An end that lies before the beginning is one of the next day. */
export function spanOf({ day, time, until, person, lesson }: Asked, now: number): Span {
  if (day === undefined && time === undefined) {
    if (person !== undefined || lesson !== undefined) return { kind: 'month', from: now - monthDays * dayMs, to: now };
    return { kind: 'last-hour', from: now - 60 * minuteMs, to: now };
  }
  const on = day ?? dayKey(now);
  if (time === undefined) return { kind: 'day', from: instantAt(on), to: instantAt(addDays(on, 1)) };
  const from = instantAt(on, time);
  if (until === undefined || until === time) {
    return { kind: 'moment', from: from - aroundMinutes * minuteMs, to: from + aroundMinutes * minuteMs };
  }
  return { kind: 'span', from, to: instantAt(until > time ? on : addDays(on, 1), until) };
}

/** Of the moment in the middle, for words. */
export function momentOf({ from, to }: Span): number {
  return (from + to) / 2;
}

/** What the server is asked for. */
export function queryOf({ person, lesson, network, search }: Asked, { from, to }: Span) {
  return { from, to, personId: person, lessonId: lesson, network, search };
}

export const nothingAsked: Asked = readAsked(new URLSearchParams());

/** The whole minutes that a stretch of time lies in, as they are asked for. */
export function minutesOf(from: number, to: number): Pick<Asked, 'day' | 'time' | 'until'> {
  const { hour, minute } = zonedTime(from);
  const end = zonedTime(Math.ceil(to / minuteMs) * minuteMs);
  const time = `${two(hour)}:${two(minute)}`;
  const until = `${two(end.hour)}:${two(end.minute)}`;
  return { day: dayKey(from), time, until: until === time ? undefined : until };
}
