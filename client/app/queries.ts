// How answers of the server are kept and asked for again.
import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiError, errorCode } from './api.ts';

export const meKey = ['me'] as const;

export function createQueryClient(): QueryClient {
  // Whatever call learns that the session is gone, the whole client learns it.
  const onError = (error: Error) => {
    if (errorCode(error) === 'not-signed-in') client.setQueryData(meKey, null);
  };
  const client = new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: { staleTime: 10_000, retry: worthRetrying },
      // The server, not the browser's guess about its network, decides whether a call fails.
      mutations: { networkMode: 'always' },
    },
  });
  return client;
}

/** A refusal stays a refusal; only silence and breakdowns are asked again, twice. */
function worthRetrying(failures: number, error: Error): boolean {
  if (error instanceof ApiError && error.status !== 0 && error.status < 500) return false;
  return failures < 2;
}
