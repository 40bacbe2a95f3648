// What can be chosen from while typing, as the server finds it.
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { FacultyId } from '../../../server/contract/ids.ts';
import { planningRoutes } from '../../../server/contract/routes-planning.ts';
import { api } from '../../app/api.ts';

export type Findable = 'group' | 'teacher' | 'faculty' | 'place' | 'course';
export type Found = { readonly id: string; readonly name: string; readonly detail: string };

const routeOf = {
  group: planningRoutes.findGroups,
  teacher: planningRoutes.findTeachers,
  faculty: planningRoutes.findFaculties,
  place: planningRoutes.findPlaces,
  course: planningRoutes.findCourses,
} as const;

export function useFound(what: Findable, search: string, facultyId?: FacultyId) {
  return useQuery({
    queryKey: ['find', what, search, facultyId],
    queryFn: async ({ signal }) => (await api(routeOf[what], { query: { search: search.slice(0, 120), facultyId }, signal })).found,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
}

/** The name of one thing whose id alone is known, as from an address; undefined while it is looked up, null when it cannot be had. */
export function useNameOf(what: Findable | undefined, id: string | undefined): Found | null | undefined {
  const { data, isError } = useQuery({
    queryKey: ['find', what, 'id', id],
    queryFn: async ({ signal }) => {
      if (!what || !id) return null;
      const { found } = await api(routeOf[what], { query: { search: '', id }, signal });
      return found.find((one) => one.id === id) ?? null;
    },
    enabled: what !== undefined && id !== undefined,
    staleTime: 5 * 60_000,
  });
  return isError ? null : data;
}
