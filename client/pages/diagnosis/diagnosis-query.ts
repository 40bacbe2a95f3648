// Asks the server for trouble, stays and one stay; what reaches up to now is asked for again.
import { keepPreviousData, queryOptions, useInfiniteQuery } from '@tanstack/react-query';
import { diagnosisRoutes } from '../../../server/contract/routes-diagnosis.ts';
import { api } from '../../app/api.ts';
import { type Asked, queryOf, type Span, type StayKey, spanOf } from './asked.ts';

const askAgainMs = 15_000;

/** Later pages are of the same time as the first. */
type Page = { readonly span: Span; readonly before: string };

function spanOfPage(asked: Asked, page: Page | undefined): Span {
  return page?.span ?? spanOf(asked, Date.now());
}

function again(asked: Asked): number | false {
  const now = Date.now();
  return spanOf(asked, now).to >= now ? askAgainMs : false;
}

export function useTroubles(asked: Asked) {
  const { day, time, until, search, network, person, lesson, kind, severity } = asked;
  return useInfiniteQuery({
    queryKey: ['diagnosis', 'troubles', { day, time, until, search, network, person, lesson, kind, severity }],
    queryFn: async ({ pageParam, signal }) => {
      const span = spanOfPage(asked, pageParam);
      const query = { ...queryOf(asked, span), kind, severity, before: pageParam?.before };
      return { span, ...(await api(diagnosisRoutes.troubles, { query, signal })) };
    },
    initialPageParam: undefined as Page | undefined,
    getNextPageParam: ({ span, next }) => (next === null ? undefined : { span, before: next }),
    placeholderData: keepPreviousData,
    refetchInterval: () => again(asked),
  });
}

export function useStays(asked: Asked) {
  const { day, time, until, search, network, person, lesson } = asked;
  return useInfiniteQuery({
    queryKey: ['diagnosis', 'stays', { day, time, until, search, network, person, lesson }],
    queryFn: async ({ pageParam, signal }) => {
      const span = spanOfPage(asked, pageParam);
      return { span, ...(await api(diagnosisRoutes.stays, { query: { ...queryOf(asked, span), before: pageParam?.before }, signal })) };
    },
    initialPageParam: undefined as Page | undefined,
    getNextPageParam: ({ span, next }) => (next === null ? undefined : { span, before: next }),
    placeholderData: keepPreviousData,
    refetchInterval: () => again(asked),
  });
}

export function stayQuery({ lessonId, personId }: StayKey) {
  return queryOptions({
    queryKey: ['diagnosis', 'stay', lessonId, personId],
    queryFn: ({ signal }) => api(diagnosisRoutes.stay, { params: { lessonId, personId }, signal }),
    refetchInterval: ({ state }) => (state.data?.connections.some(({ closedAt }) => closedAt === null) ? askAgainMs : false),
  });
}
