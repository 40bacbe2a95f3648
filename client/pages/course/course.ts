// What the page of a course asks the server.
import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import type { CourseId } from '../../../server/contract/ids.ts';
import { planningRoutes } from '../../../server/contract/routes-planning.ts';
import type { CoursePage } from '../../../server/contract/timetable.ts';
import { api } from '../../app/api.ts';
import { lessonsKey } from '../timetable/useLessons.ts';

export type Page = z.output<typeof CoursePage>;

export const pageQuery = (id: CourseId) =>
  queryOptions({ queryKey: ['course', id], queryFn: ({ signal }) => api(planningRoutes.coursePage, { params: { id }, signal }) });

/** Below the key of all lessons, so that a changed lesson changes it too. */
export const nowQuery = (id: CourseId) =>
  queryOptions({
    queryKey: [lessonsKey, 'course-now', id],
    queryFn: async ({ signal }) => (await api(planningRoutes.courseNow, { params: { id }, signal })).lesson,
    refetchInterval: 30_000,
    refetchOnWindowFocus: 'always',
  });

export const recordingsQuery = (id: CourseId) =>
  queryOptions({
    queryKey: ['course-recordings', id],
    queryFn: async ({ signal }) => (await api(planningRoutes.courseRecordings, { params: { id }, signal })).recordings,
  });

export const attendanceQuery = (id: CourseId) =>
  queryOptions({
    queryKey: ['course-attendance', id],
    queryFn: async ({ signal }) => (await api(planningRoutes.courseAttendance, { params: { id }, signal })).lessons,
  });
