// The HTTP calls of the page of a course, and of what one can choose from while typing.
import { Router } from 'express';
import { routes } from '../contract/http.ts';
import { bind } from '../edge/http.ts';
import type { CoursePageService } from './course-page.service.ts';
import type { FindService } from './find.service.ts';

export function coursePageHttp(courses: CoursePageService, find: FindService): Router {
  const router = Router();
  bind(router, routes.coursePage, ({ person, params, origin }) => courses.page(person, params.id, origin));
  bind(router, routes.courseNow, ({ person, params }) => courses.now(person, params.id));
  bind(router, routes.courseRecordings, ({ person, params }) => courses.recordings(person, params.id));
  bind(router, routes.courseAttendance, ({ person, params }) => courses.attendance(person, params.id));

  bind(router, routes.findGroups, ({ query }) => find.groups(query));
  bind(router, routes.findTeachers, ({ person, query }) => find.teachers(person, query));
  bind(router, routes.findCourses, ({ query }) => find.courses(query));
  bind(router, routes.findPlaces, ({ query }) => find.places(query));
  bind(router, routes.findFaculties, ({ query }) => find.faculties(query));
  return router;
}
