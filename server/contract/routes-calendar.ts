// The HTTP calls of the academic calendar. Everybody reads it; administrators write it, and coordinators the days of their own faculty.
import { z } from 'zod';
import {
  AcademicCalendar,
  AcademicYear,
  BellSchedule,
  CalendarDay,
  NewAcademicYear,
  NewBellSchedule,
  NewCalendarDay,
  NewTerm,
  Term,
} from './calendar.ts';
import { AcademicYearId, BellScheduleId, CalendarDayId, TermId } from './ids.ts';
import { route } from './route.ts';

const year = z.object({ id: AcademicYearId });
const term = z.object({ id: TermId });
const schedule = z.object({ id: BellScheduleId });
const day = z.object({ id: CalendarDayId });

export const calendarRoutes = {
  calendar: route('GET', '/api/calendar', 'signed-in', 'Years, terms, bells and special days', { answer: AcademicCalendar }),
  addYear: route('POST', '/api/calendar/years', 'signed-in', 'Add an academic year', { body: NewAcademicYear, answer: AcademicYear }),
  changeYear: route('PUT', '/api/calendar/years/{id}', 'signed-in', 'Change an academic year', {
    params: year,
    body: NewAcademicYear,
    answer: AcademicYear,
  }),
  removeYear: route('DELETE', '/api/calendar/years/{id}', 'signed-in', 'Remove an academic year without terms', { params: year }),
  addTerm: route('POST', '/api/calendar/terms', 'signed-in', 'Add a term', { body: NewTerm, answer: Term }),
  changeTerm: route('PUT', '/api/calendar/terms/{id}', 'signed-in', 'Change a term; its lessons are laid out anew', {
    params: term,
    body: NewTerm,
    answer: Term,
  }),
  removeTerm: route('DELETE', '/api/calendar/terms/{id}', 'signed-in', 'Remove a term without lessons', { params: term }),
  addSchedule: route('POST', '/api/calendar/schedules', 'signed-in', 'Add a bell schedule', {
    body: NewBellSchedule,
    answer: BellSchedule,
  }),
  changeSchedule: route('PUT', '/api/calendar/schedules/{id}', 'signed-in', 'Change a bell schedule; coming lessons follow', {
    params: schedule,
    body: NewBellSchedule,
    answer: BellSchedule,
  }),
  removeSchedule: route('DELETE', '/api/calendar/schedules/{id}', 'signed-in', 'Remove a bell schedule that no lesson uses', {
    params: schedule,
  }),
  addDay: route('POST', '/api/calendar/days', 'signed-in', 'Add days that differ; coming lessons follow', {
    body: NewCalendarDay,
    answer: CalendarDay,
  }),
  changeDay: route('PUT', '/api/calendar/days/{id}', 'signed-in', 'Change days that differ', {
    params: day,
    body: NewCalendarDay,
    answer: CalendarDay,
  }),
  removeDay: route('DELETE', '/api/calendar/days/{id}', 'signed-in', 'Let the days be as usual again', { params: day }),
} as const;
