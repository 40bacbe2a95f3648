// A lesson as an event of a calendar, in the words of a language.
import type { Language } from '../contract/identity.ts';
import type { CalendarEvent } from '../ical/calendar-event.ts';
import { text } from '../texts/texts.ts';
import type { AgendaLesson } from '../timetable/agenda.store.ts';

/** `origin` like https://class.example.edu. */
export function lessonEvent(lesson: AgendaLesson, language: Language, origin: string): CalendarEvent {
  const { id, sequence, startsAt, endsAt, cancelled, changedAt, courseTitle, groups, note } = lesson;
  const url = `${origin}/lessons/${id}`;
  const about = lesson.title === courseTitle ? courseTitle : `${lesson.title} · ${courseTitle}`;
  const location = placeOf(lesson, language);
  const description = [
    text(language, `calendar.kind.${lesson.kind}`),
    text(language, 'calendar.course', { title: courseTitle }),
    text(language, 'calendar.teacher', { name: lesson.teacherName }),
    ...(groups.length > 0 ? [text(language, 'calendar.groups', { count: groups.length, names: groups.join(', ') })] : []),
    ...(note === '' ? [] : [text(language, 'calendar.note', { note })]),
    ...(cancelled ? [] : [text(language, 'calendar.join', { link: url })]),
  ].join('\n');
  return {
    uid: lessonUid(id),
    ...{ sequence, startsAt, endsAt, cancelled, changedAt, description, location, url },
    title: cancelled ? text(language, 'calendar.cancelled', { title: about }) : about,
  };
}

/** F4: the same in every feed and every message, for as long as the lesson lives. */
export function lessonUid(lessonId: string): string {
  return `${lessonId}@auditoria`;
}

export function placeOf({ place, mode }: Pick<AgendaLesson, 'place' | 'mode'>, language: Language): string {
  if (place === null) return mode === 'on-site' ? '' : text(language, 'calendar.online');
  const name = place.building === '' ? place.name : `${place.name}, ${place.building}`;
  return mode === 'hybrid' ? text(language, 'calendar.place-and-online', { place: name }) : name;
}
