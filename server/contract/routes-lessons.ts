// Every call on single lessons, on coming into their rooms, and on guests.
import { z } from 'zod';
import { GuestEntered, GuestEntry, GuestInvitation } from './identity.ts';
import { LessonId } from './ids.ts';
import { route } from './route.ts';
import { GuestLink, Lesson, LessonEntered, LessonExtension, Lessons, LessonsQuery, NewLesson, TimetableChoices } from './timetable.ts';

const lesson = z.object({ id: LessonId });
const invitation = z.object({ link: z.string().min(16).max(128) });

export const lessonRoutes = {
  lessons: route('GET', '/api/lessons', 'signed-in', 'Lessons that touch a span of time', { query: LessonsQuery, answer: Lessons }),
  lesson: route('GET', '/api/lessons/{id}', 'signed-in', 'One lesson', { params: lesson, answer: Lesson }),
  addLesson: route('POST', '/api/lessons', 'signed-in', 'Add a single lesson (teachers, coordinators, administrators)', {
    body: NewLesson,
    answer: Lesson,
  }),
  cancelLesson: route('DELETE', '/api/lessons/{id}', 'signed-in', 'Cancel a lesson that has not begun', { params: lesson }),
  extendLesson: route('POST', '/api/lessons/{id}/extension', 'signed-in', 'Let the door stay open longer', {
    params: lesson,
    body: LessonExtension,
    answer: Lesson,
  }),
  choices: route('GET', '/api/timetable/choices', 'signed-in', 'What a new lesson can be made of', { answer: TimetableChoices }),
  enter: route('POST', '/api/lessons/{id}/enter', 'anyone', 'Get a token for the room; guests send their guest token as Bearer', {
    params: lesson,
    answer: LessonEntered,
  }),
  guestLink: route('GET', '/api/lessons/{id}/guest-link', 'signed-in', 'The link for guests, if there is one', {
    params: lesson,
    answer: GuestLink,
  }),
  makeGuestLink: route('POST', '/api/lessons/{id}/guest-link', 'signed-in', 'Make a link for guests; the one before stops working', {
    params: lesson,
    answer: GuestLink,
  }),
  revokeGuestLink: route('DELETE', '/api/lessons/{id}/guest-link', 'signed-in', 'Revoke the link for guests', { params: lesson }),
  invitation: route('GET', '/api/guests/{link}', 'anyone', 'What a guest is invited to', { params: invitation, answer: GuestInvitation }),
  enterAsGuest: route('POST', '/api/guests/{link}', 'anyone', 'Come in as a guest, through the lobby', {
    params: invitation,
    body: GuestEntry,
    answer: GuestEntered,
  }),
} as const;
