// Whether this server still waits for its first administrator.
import { queryOptions } from '@tanstack/react-query';
import { sessionRoutes } from '../../../server/contract/routes-session.ts';
import { api } from '../../app/api.ts';

export const firstRunQuery = queryOptions({
  queryKey: ['first-run'],
  queryFn: ({ signal }) => api(sessionRoutes.firstRunState, { signal }),
  staleTime: 60_000,
});
