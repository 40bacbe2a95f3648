// Writes what a browser shows of one notification, or of many together.
import { createHash } from 'node:crypto';
import type { Instant } from '../contract/ids.ts';
import type { PushMessage } from '../ports/push.ts';
import type { ServerNews } from './server-news.ts';
import { headlineOf, leadOf, ofServer, pathOf, type Told, type Words, when } from './words.ts';

const LONGEST_NOTE = 120;
const HIGH: readonly string[] = ['lesson-starts-soon', 'called-to-class', 'lesson-cancelled', 'lesson-moved'];

/** As client/service-worker.ts reads it. */
interface Payload {
  readonly title: string;
  readonly body: string;
  /** A path of the client. */
  readonly path: string;
  /** A later one with the same tag takes the place of this. */
  readonly tag: string;
  readonly language: string;
}

export function pushOf(told: Told, words: Words, secondsLeft: number): PushMessage {
  const { detail, kind, lessonId } = told;
  const news = ofServer(told, words);
  if (news !== null) return serverPush(news, words, secondsLeft);
  const swap = kind === 'teacher-substituted' && detail.after !== null ? detail.after : null;
  const lines = [
    when(detail, words),
    detail.courseTitle,
    swap,
    kind === 'lesson-starts-soon' || kind === 'recording-ready' ? null : detail.note.slice(0, LONGEST_NOTE) || leadOf(told, words),
  ];
  return message({
    payload: {
      ...{ title: headlineOf(told, words), body: lines.filter((line) => line !== null).join('\n'), path: pathOf(told, words) },
      ...{ tag: kind === 'recording-ready' ? `recording-${lessonId}` : `lesson-${lessonId}`, language: words.language },
    },
    secondsLeft,
    urgency: HIGH.includes(kind) ? 'high' : 'normal',
  });
}

function serverPush({ headline, lead, path, tag }: ServerNews, { language }: Words, secondsLeft: number): PushMessage {
  const payload = { title: headline, body: lead, path, tag, language };
  return message({ payload, secondsLeft, urgency: 'high' });
}

export function pushDigestOf(all: readonly Told[], words: Words, secondsLeft: number): PushMessage {
  const { t, language } = words;
  const payload = { title: t('push.digest', { count: all.length }), body: t('push.digest-body'), path: '/', tag: 'timetable', language };
  return message({ payload, secondsLeft, urgency: 'normal' });
}

function message({
  payload,
  secondsLeft,
  urgency,
}: {
  payload: Payload;
  secondsLeft: number;
  urgency: PushMessage['urgency'];
}): PushMessage {
  // RFC 8030, 5.4: 32 signs at most, and the push service reads it: no id of ours.
  const topic = createHash('sha256').update(payload.tag).digest('base64url').slice(0, 32);
  return { payload: JSON.stringify(payload), ttlSeconds: Math.max(0, Math.round(secondsLeft)), urgency, topic };
}

export function secondsUntil(expiresAt: Instant, now: Instant): number {
  return (expiresAt - now) / 1000;
}
