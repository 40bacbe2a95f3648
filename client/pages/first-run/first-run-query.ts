// Whether this server still waits for its first administrator.
import { queryOptions } from '@tanstack/react-query';
import { routes } from '../../../server/contract/http.ts';
import { api } from '../../app/api.ts';

export const firstRunQuery = queryOptions({
  queryKey: ['first-run'],
  queryFn: ({ signal }) => api(routes.firstRunState, { signal }),
  staleTime: 60_000,
});
