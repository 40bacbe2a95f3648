// What a notification says, in one language: the same facts for mail and push, each as plain text.
import type { Language } from '../contract/identity.ts';
import type { Instant } from '../contract/ids.ts';
import type { NotificationDetail, NotificationKind } from '../contract/notification.ts';
import { formatDate, formatSpan } from '../texts/dates.ts';
import { localeTags, type TextKey, text } from '../texts/texts.ts';

/** Of people who have chosen no language. */
export const usualLanguage: Language = 'ru';

export interface Told {
  readonly kind: NotificationKind;
  readonly lessonId: string;
  readonly detail: NotificationDetail;
}

export interface Fact {
  readonly name: string;
  readonly value: string;
}

export interface Words {
  readonly language: Language;
  readonly timeZone: string;
  readonly t: (key: TextKey, values?: Readonly<Record<string, string | number>>) => string;
}

export function wordsOf(language: Language, timeZone: string): Words {
  return { language, timeZone, t: (key, values) => text(language, key, values) };
}

export function headlineOf({ kind, detail }: Told, { t }: Words): string {
  if (detail.space) return t(`space.${detail.space.level}`);
  if (kind === 'space-low') throw new Error('There is no news of space');
  return t(`notification.${kind}`, { title: detail.title });
}

export function leadOf({ kind, detail }: Told, { t }: Words): string {
  if (detail.space) return t(`space.lead.${detail.space.level}`);
  if (kind === 'space-low') throw new Error('There is no news of space');
  return t(`mail.lead.${kind}`);
}

interface Span {
  readonly startsAt: Instant;
  readonly endsAt: Instant;
}

/** Saturday 21 November 2026, 08:00–08:50 */
export function when(span: Span, { language, timeZone }: Words): string {
  return `${formatDate(language, 'day', span.startsAt, timeZone)}, ${formatSpan(language, span, timeZone)}`;
}

function gigabytes(bytes: number, { language }: Words): string {
  const format = new Intl.NumberFormat(localeTags[language], { style: 'unit', unit: 'gigabyte', maximumFractionDigits: 1 });
  return format.format(bytes / 1_000_000_000);
}

/** What changed first, then what one needs to go there. */
export function factsOf(told: Told, words: Words): Fact[] {
  const { kind, detail } = told;
  const { t } = words;
  if (detail.space) return [{ name: t('space.free'), value: gigabytes(detail.space.freeBytes, words) }];
  const facts: Fact[] = [];
  const add = (key: TextKey, value: string | null) => {
    if (value !== null && value !== '') facts.push({ name: t(key), value });
  };
  const swapped = detail.before !== null || detail.after !== null;
  if (kind === 'lesson-moved') {
    add('mail.was', detail.from && when(detail.from, words));
    add('mail.now', when(detail, words));
  } else add('mail.when', when(detail, words));
  add('mail.course', detail.courseTitle);
  if ((kind === 'lesson-moved' || kind === 'place-changed') && swapped) {
    const none = t('mail.place-none');
    add('mail.place', `${detail.before ?? none} → ${detail.after ?? none}`);
  } else add('mail.place', detail.place);
  if (kind === 'teacher-substituted' && swapped)
    add('mail.teacher', [detail.before, detail.after].filter((name) => name !== null).join(' → '));
  else add('mail.teacher', detail.teacherName);
  add('mail.reason', detail.note);
  return facts;
}

/** Where it leads: a path of the client. */
export function pathOf({ kind, lessonId, detail }: Told): string {
  if (kind === 'space-low') return '/storage';
  if (kind === 'recording-ready' && detail.recordingId !== null) return `/recordings/${detail.recordingId}`;
  return `/lessons/${lessonId}`;
}
