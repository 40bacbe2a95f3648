// Every HTTP call with its input and answer; the server's routers, the client's calls and the OpenAPI document are derived from here.
import { z } from 'zod';
import {
  FirstRun,
  FirstRunDone,
  FirstRunState,
  GuestEntered,
  GuestEntry,
  GuestInvitation,
  ImportFault,
  Me,
  NewPerson,
  OwnChange,
  PasswordChange,
  People,
  PeopleImport,
  PeopleImported,
  PeopleQuery,
  Person,
  PersonChange,
  SignIn,
  SignInAnswer,
} from './identity.ts';
import { LessonId, PersonId } from './ids.ts';
import { route } from './route.ts';
import { accountRoutes } from './routes-accounts.ts';
import { calendarRoutes } from './routes-calendar.ts';
import { capacityRoutes } from './routes-capacity.ts';
import { catalogueRoutes } from './routes-catalogue.ts';
import { connectionTestRoutes } from './routes-connection-test.ts';
import { feedRoutes } from './routes-feeds.ts';
import { importRoutes } from './routes-import.ts';
import { monitoringRoutes } from './routes-monitoring.ts';
import { notificationRoutes } from './routes-notification.ts';
import { planningRoutes } from './routes-planning.ts';
import { providerRoutes } from './routes-providers.ts';
import { recordingRoutes } from './routes-recordings.ts';
import { recordsRoutes } from './routes-records.ts';
import { sharesRoutes } from './routes-shares.ts';
import { situationRoutes } from './routes-situation.ts';
import { GuestLink, Lesson, LessonEntered, LessonExtension, Lessons, LessonsQuery, NewLesson, TimetableChoices } from './timetable.ts';

export type { Route } from './route.ts';

const lesson = z.object({ id: LessonId });
const person = z.object({ id: PersonId });
const invitation = z.object({ link: z.string().min(16).max(128) });

export const routes = {
  signIn: route('POST', '/api/session', 'anyone', 'Sign in; sets the session cookie and answers the same token, or asks for a code', {
    body: SignIn,
    answer: SignInAnswer,
  }),
  signOut: route('DELETE', '/api/session', 'enrolling', 'End this session'),
  signOutEverywhere: route('DELETE', '/api/sessions', 'enrolling', 'End all sessions of the person'),
  me: route('GET', '/api/me', 'enrolling', 'Who is signed in', { answer: Me }),
  changeMe: route('PATCH', '/api/me', 'enrolling', 'Change one’s own language', { body: OwnChange, answer: Me }),
  changePassword: route('PUT', '/api/me/password', 'enrolling', 'Change one’s own password; ends the other sessions', {
    body: PasswordChange,
  }),

  firstRunState: route('GET', '/api/first-run', 'anyone', 'Whether the server waits for its first administrator', {
    answer: FirstRunState,
  }),
  firstRun: route('POST', '/api/first-run', 'anyone', 'Make the first administrator or the demo university', {
    body: FirstRun,
    answer: FirstRunDone,
  }),

  people: route('GET', '/api/people', 'administrator', 'People, searched and paged', { query: PeopleQuery, answer: People }),
  addPerson: route('POST', '/api/people', 'administrator', 'Add a person', { body: NewPerson, answer: Person }),
  changePerson: route('PATCH', '/api/people/{id}', 'administrator', 'Change a person', {
    params: person,
    body: PersonChange,
    answer: Person,
  }),
  importPeople: route('POST', '/api/people/import', 'administrator', 'Add people from CSV: all or nothing, faults by line', {
    body: PeopleImport,
    answer: PeopleImported,
  }),

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

  ...accountRoutes,
  ...calendarRoutes,
  ...catalogueRoutes,
  ...connectionTestRoutes,
  ...feedRoutes,
  ...planningRoutes,
  ...sharesRoutes,
  ...recordsRoutes,
  ...recordingRoutes,
  ...notificationRoutes,
  ...importRoutes,
  ...providerRoutes,
  ...capacityRoutes,
  ...situationRoutes,
  ...monitoringRoutes,
} as const;

/** `details` of a refusal `import-faulty`. */
export const ImportFaults = z.object({ faults: z.array(ImportFault) });
