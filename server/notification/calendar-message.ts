// The message to a person's calendar that goes with a mail (iTIP, RFC 5546): the lesson as it is now, or that it is off for this person.
import type { Language } from '../contract/identity.ts';
import type { NotificationKind } from '../contract/notification.ts';
import { lessonUid, placeOf } from '../feeds/lesson-event.ts';
import { calendarOf } from '../ical/write-calendar.ts';
import type { MailAddress, OutgoingMail } from '../ports/mail.ts';
import { text } from '../texts/texts.ts';
import type { ToldLesson } from './audience.store.ts';
import { isUrgent } from './notification.ts';

interface Asked {
  readonly kind: NotificationKind;
  /** The person no longer has to do with the lesson. */
  readonly isOut: boolean;
  /** As it is now: a mail that waited long must not bring an older state back. */
  readonly lesson: ToldLesson;
  readonly attendee: MailAddress;
  readonly organizer: MailAddress;
  readonly language: Language;
  readonly timeZone: string;
  readonly origin: string;
}

/** Null: nothing for a calendar. */
export function calendarMessage({ kind, isOut, lesson, attendee, organizer, language, timeZone, origin }: Asked): OutgoingMail['calendar'] {
  if (kind === 'recording-ready' || isUrgent(kind)) return null;
  const cancelled = lesson.cancelled || isOut || kind === 'lesson-removed-for-group';
  const method = cancelled ? 'CANCEL' : 'REQUEST';
  const url = `${origin}/lessons/${lesson.id}`;
  const event = {
    uid: lessonUid(lesson.id),
    sequence: lesson.sequence,
    ...{ startsAt: lesson.startsAt, endsAt: lesson.endsAt, cancelled, changedAt: lesson.changedAt },
    title: lesson.title === lesson.courseTitle ? lesson.title : `${lesson.title} · ${lesson.courseTitle}`,
    description: [
      text(language, 'calendar.course', { title: lesson.courseTitle }),
      text(language, 'calendar.teacher', { name: lesson.teacherName }),
      ...(cancelled ? [] : [text(language, 'calendar.join', { link: url })]),
    ].join('\n'),
    location: placeOf(lesson.where, language),
    url,
    organizer: { name: organizer.name, email: organizer.address },
    attendee: { name: attendee.name, email: attendee.address },
  };
  return { method, content: calendarOf([event], { name: '', language, timeZone, method }) };
}
