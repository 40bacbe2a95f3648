// What the page of a course asks the server.
import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import { routes } from '../../../server/contract/http.ts';
import type { CourseId } from '../../../server/contract/ids.ts';
import type { CoursePage } from '../../../server/contract/timetable.ts';
import { api } from '../../app/api.ts';
import { lessonsKey } from '../timetable/useLessons.ts';

export type Page = z.output<typeof CoursePage>;

export const pageQuery = (id: CourseId) =>
  queryOptions({ queryKey: ['course', id], queryFn: ({ signal }) => api(routes.coursePage, { params: { id }, signal }) });

/** Below the key of all lessons, so that a changed lesson changes it too. */
export const nowQuery = (id: CourseId) =>
  queryOptions({
    queryKey: [lessonsKey, 'course-now', id],
    queryFn: async ({ signal }) => (await api(routes.courseNow, { params: { id }, signal })).lesson,
    refetchInterval: 30_000,
    refetchOnWindowFocus: 'always',
  });

export const recordingsQuery = (id: CourseId) =>
  queryOptions({
    queryKey: ['course-recordings', id],
    queryFn: async ({ signal }) => (await api(routes.courseRecordings, { params: { id }, signal })).recordings,
  });

export const attendanceQuery = (id: CourseId) =>
  queryOptions({
    queryKey: ['course-attendance', id],
    queryFn: async ({ signal }) => (await api(routes.courseAttendance, { params: { id }, signal })).lessons,
  });
