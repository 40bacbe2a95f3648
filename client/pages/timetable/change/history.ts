// What a change of the history did, in words: each field with what it was and what it became.
import type { z } from 'zod';
import type { LessonChanges } from '../../../../server/contract/planning.ts';
import { TeachingMode } from '../../../../server/contract/timetable.ts';
import { dayKey, type Texts } from '../../../i18n/index.ts';

type Change = z.output<typeof LessonChanges>['changes'][number];
type Side = Change['before'];
type Words = Pick<Texts, 't' | 'dateTime' | 'time' | 'timeRange'>;

const none = '–';

export function historyWords({ before, after }: Pick<Change, 'before' | 'after'>, texts: Words): readonly string[] {
  const { t } = texts;
  const lines: string[] = [];
  const line = (name: string, from: string, to: string) => lines.push(t('timetable.history.line', { name, from, to }));
  if ('cancelled' in after) lines.push(t(after.cancelled === true ? 'timetable.state.cancelled' : 'timetable.history.restored'));
  if ('startsAt' in after || 'endsAt' in after) {
    const [from, to] = [timeOf(before, after, texts), timeOf(after, before, texts)];
    line(t('timetable.field.time'), from, to);
  }
  if ('teacher' in after) line(t('timetable.field.teacher'), said(before.teacher), said(after.teacher));
  if ('groups' in after) line(t('timetable.field.groups'), said(before.groups), said(after.groups));
  if ('place' in after) line(t('timetable.field.place'), said(before.place), said(after.place));
  if ('mode' in after) line(t('timetable.field.mode'), modeOf(before, texts), modeOf(after, texts));
  if ('title' in after) line(t('timetable.field.title'), said(before.title), said(after.title));
  return lines;
}

/** One end may be told only on the other side's day: what did not change is not repeated there. */
function timeOf({ startsAt, endsAt }: Side, other: Side, { dateTime, time, timeRange }: Words): string {
  if (typeof startsAt !== 'number') return typeof endsAt === 'number' ? time(endsAt) : none;
  const sameDay = typeof other.startsAt === 'number' && dayKey(other.startsAt) === dayKey(startsAt);
  if (typeof endsAt !== 'number') return sameDay ? time(startsAt) : dateTime(startsAt);
  return sameDay ? timeRange(startsAt, endsAt) : `${dateTime(startsAt)}–${time(endsAt)}`;
}

function modeOf({ mode }: Side, { t }: Pick<Words, 't'>): string {
  const known = TeachingMode.safeParse(mode);
  return known.success ? t(`timetable.mode.${known.data}`) : none;
}

function said(value: unknown): string {
  if (Array.isArray(value)) return value.filter((one) => typeof one === 'string').join(', ') || none;
  return typeof value === 'string' && value !== '' ? value : none;
}
