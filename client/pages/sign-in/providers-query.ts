// By which systems of the university one can sign in.
import { queryOptions } from '@tanstack/react-query';
import { providerRoutes } from '../../../server/contract/routes-providers.ts';
import { api } from '../../app/api.ts';

export const providersQuery = queryOptions({
  queryKey: ['sign-in-providers'],
  queryFn: async ({ signal }) => (await api(providerRoutes.signInProviders, { signal })).providers,
  staleTime: 60_000,
});
