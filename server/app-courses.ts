// Builds the pages of courses, and the search for what one can choose from, over the timetable, the register and the recordings.
import type { Router } from 'express';
import type { Kysely } from 'kysely';
import type { Attendance } from './app-attendance.ts';
import { Refused } from './contract/reply.ts';
import type { Database } from './database/tables.ts';
import type { Clock } from './ports/clock.ts';
import type { RecordingAccess } from './recording/access/access.ts';
import { summaryOf } from './recording/recording.store.ts';
import { coursePageHttp } from './timetable/course-page.http.ts';
import { CoursePageService, type OfLessons } from './timetable/course-page.service.ts';
import { CoursePageStore } from './timetable/course-page.store.ts';
import { FindService } from './timetable/find.service.ts';
import { FindStore } from './timetable/find.store.ts';
import { RosterStore } from './timetable/roster.store.ts';
import type { TimetableService } from './timetable/timetable.service.ts';

export function openCourses({
  db,
  timetable,
  attendance,
  recordings,
  clock,
}: {
  readonly db: Kysely<Database>;
  readonly timetable: TimetableService;
  readonly attendance: Pick<Attendance, 'service' | 'results'>;
  readonly recordings: Pick<RecordingAccess, 'watchable'>;
  readonly clock: Clock;
}): Router {
  const lessons: OfLessons = {
    recordings: async (person, ids) => (await recordings.watchable(person, ids)).map(summaryOf),
    // What is judged is looked up; only what is not yet is computed from its trace.
    register: async (person, id, now) =>
      (await attendance.results.of(id, person.id)) ?? attendance.service.registerFor(person, id, now).catch(nullWhenRefused),
  };
  const courses = new CoursePageService({ store: new CoursePageStore(db), rosters: new RosterStore(db), timetable, lessons, clock });
  return coursePageHttp(courses, new FindService(new FindStore(db)));
}

function nullWhenRefused(error: unknown): null {
  if (error instanceof Refused) return null;
  throw error;
}
