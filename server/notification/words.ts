// What a notification says, in one language: the same facts for mail and push, each as plain text.
import type { Language } from '../contract/identity.ts';
import type { Instant } from '../contract/ids.ts';
import type { NotificationDetail, NotificationKind } from '../contract/notification.ts';
import { formatDate, formatSpan } from '../texts/dates.ts';
import { type TextKey, text } from '../texts/texts.ts';
import { isOfServer, type ServerNews, serverNewsOf } from './server-news.ts';

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

/** Null: it is of a lesson. */
export function ofServer({ kind, detail }: Told, words: Words): ServerNews | null {
  return isOfServer(kind) ? serverNewsOf(kind, detail, words) : null;
}

export function headlineOf(told: Told, words: Words): string {
  const { kind, detail } = told;
  if (isOfServer(kind)) return serverNewsOf(kind, detail, words).headline;
  return words.t(`notification.${kind}`, { title: detail.title });
}

export function leadOf({ kind, detail }: Told, words: Words): string {
  return isOfServer(kind) ? serverNewsOf(kind, detail, words).lead : words.t(`mail.lead.${kind}`);
}

interface Span {
  readonly startsAt: Instant;
  readonly endsAt: Instant;
}

/** Saturday 21 November 2026, 08:00–08:50 */
export function when(span: Span, { language, timeZone }: Words): string {
  return `${formatDate(language, 'day', span.startsAt, timeZone)}, ${formatSpan(language, span, timeZone)}`;
}

/** What changed first, then what one needs to go there. */
export function factsOf(told: Told, words: Words): readonly Fact[] {
  const { kind, detail } = told;
  const { t } = words;
  if (isOfServer(kind)) return serverNewsOf(kind, detail, words).facts;
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
export function pathOf(told: Told, words: Words): string {
  const { kind, lessonId, detail } = told;
  if (isOfServer(kind)) return serverNewsOf(kind, detail, words).path;
  if (kind === 'recording-ready' && detail.recordingId !== null) return `/recordings/${detail.recordingId}`;
  return `/lessons/${lessonId}`;
}
