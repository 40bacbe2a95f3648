// The HTTP calls of planning: weekly patterns, changes of lessons, what clashes, the page of a course, and what one can choose from.
import { z } from 'zod';
import { CourseId, LessonId, SeriesId } from './ids.ts';
import {
  Conflicts,
  LessonChangePreview,
  LessonChangeRequest,
  LessonChanges,
  NewSeries,
  Series,
  SeriesChange,
  SeriesPage,
  SeriesQuery,
} from './planning.ts';
import { RecordingSummary } from './recording.ts';
import { route } from './route.ts';
import { CourseAttendance, CourseNow, CoursePage, FindQuery, Found, Lesson, NewLesson } from './timetable.ts';

const lesson = z.object({ id: LessonId });
const course = z.object({ id: CourseId });
const series = z.object({ id: SeriesId });
/** As `despiteConflicts` of LessonChangeRequest. */
const despite = z.object({ despiteConflicts: z.enum(['true', 'false']).default('false') });

export const planningRoutes = {
  series: route('GET', '/api/series', 'signed-in', 'Weekly patterns, searched and paged (coordinators, administrators)', {
    query: SeriesQuery,
    answer: SeriesPage,
  }),
  seriesConflicts: route('POST', '/api/series/conflicts', 'signed-in', 'What a weekly pattern would clash with; changes nothing', {
    query: z.object({ seriesId: SeriesId.optional() }),
    body: NewSeries,
    answer: Conflicts,
  }),
  addSeries: route('POST', '/api/series', 'signed-in', 'Add a weekly pattern and lay out its lessons', {
    query: despite,
    body: NewSeries,
    answer: Series,
  }),
  changeSeries: route('PATCH', '/api/series/{id}', 'signed-in', 'Change a weekly pattern; lessons that have not begun follow', {
    params: series,
    query: despite,
    body: SeriesChange,
    answer: Series,
  }),
  removeSeries: route('DELETE', '/api/series/{id}', 'signed-in', 'Remove a weekly pattern; coming lessons go or are cancelled', {
    params: series,
  }),

  lessonConflicts: route('POST', '/api/lessons/conflicts', 'signed-in', 'What a new lesson would clash with; changes nothing', {
    body: NewLesson,
    answer: Conflicts,
  }),
  previewChange: route('POST', '/api/lessons/{id}/changes/preview', 'signed-in', 'What a change would do; changes nothing', {
    params: lesson,
    body: LessonChangeRequest,
    answer: LessonChangePreview,
  }),
  changeLesson: route('POST', '/api/lessons/{id}/changes', 'signed-in', 'Substitute, move, cancel, restore, add groups, change the place', {
    params: lesson,
    body: LessonChangeRequest,
    answer: Lesson,
  }),
  lessonChanges: route('GET', '/api/lessons/{id}/changes', 'signed-in', 'What has been changed on a lesson', {
    params: lesson,
    answer: LessonChanges,
  }),

  coursePage: route('GET', '/api/courses/{id}/page', 'signed-in', 'A course with its people and its one lasting link', {
    params: course,
    answer: CoursePage,
  }),
  courseNow: route('GET', '/api/courses/{id}/now', 'signed-in', 'The lesson that the link of the course leads to', {
    params: course,
    answer: CourseNow,
  }),
  courseRecordings: route('GET', '/api/courses/{id}/recordings', 'signed-in', 'Recordings of a course that one may open, newest first', {
    params: course,
    answer: z.object({ recordings: z.array(RecordingSummary.extend({ lessonTitle: z.string() })) }),
  }),
  courseAttendance: route('GET', '/api/courses/{id}/attendance', 'signed-in', 'Attendance by lesson: one’s own, or for staff the totals', {
    params: course,
    answer: CourseAttendance,
  }),

  findGroups: route('GET', '/api/find/groups', 'signed-in', 'Groups to choose from while typing', { query: FindQuery, answer: Found }),
  findTeachers: route('GET', '/api/find/teachers', 'signed-in', 'Teachers to choose from while typing', {
    query: FindQuery,
    answer: Found,
  }),
  findCourses: route('GET', '/api/find/courses', 'signed-in', 'Courses to choose from while typing', { query: FindQuery, answer: Found }),
  findPlaces: route('GET', '/api/find/places', 'signed-in', 'Places to choose from while typing', { query: FindQuery, answer: Found }),
  findFaculties: route('GET', '/api/find/faculties', 'signed-in', 'Faculties to choose from', { query: FindQuery, answer: Found }),
} as const;
