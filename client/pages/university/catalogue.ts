// The faculties, courses and groups as the server has them.
import { infiniteQueryOptions, keepPreviousData, type QueryClient, queryOptions } from '@tanstack/react-query';
import { catalogueRoutes } from '../../../server/contract/routes-catalogue.ts';
import { api } from '../../app/api.ts';
import { lessonsKey } from '../timetable/useLessons.ts';

/** Begins the key of every question about the catalogue. */
export const universityKey = 'university';

export const facultiesQuery = queryOptions({
  queryKey: [universityKey, 'faculties'],
  queryFn: async ({ signal }) => (await api(catalogueRoutes.faculties, { signal })).faculties,
});

export function coursesQuery(search: string) {
  return infiniteQueryOptions({
    queryKey: [universityKey, 'courses', search],
    queryFn: ({ pageParam, signal }) => api(catalogueRoutes.courses, { query: { search: search || undefined, after: pageParam }, signal }),
    ...paged,
  });
}

export function groupsQuery(search: string) {
  return infiniteQueryOptions({
    queryKey: [universityKey, 'groups', search],
    queryFn: ({ pageParam, signal }) => api(catalogueRoutes.groups, { query: { search: search || undefined, after: pageParam }, signal }),
    ...paged,
  });
}

export const paged = {
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (page: { readonly next: string | null }) => page.next ?? undefined,
  // While the next letters are looked up the table stays, so that nothing jumps.
  placeholderData: keepPreviousData,
};

/** What is planned shows names and numbers of all this, too. */
export async function catalogueChanged(client: QueryClient): Promise<void> {
  await Promise.all([[universityKey], ['timetable-choices'], [lessonsKey]].map((queryKey) => client.invalidateQueries({ queryKey })));
}

export const peopleKey = (of: 'course' | 'group', id: string) => [universityKey, 'people', of, id];
