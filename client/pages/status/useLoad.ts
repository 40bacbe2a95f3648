// Asks the server for the load as it is now, and for the last hour.
import { useQuery } from '@tanstack/react-query';
import type { LessonId } from '../../../server/contract/ids.ts';
import { monitoringRoutes } from '../../../server/contract/routes-monitoring.ts';
import { api } from '../../app/api.ts';

const nowAgainMs = 5_000;
/** As often as the server adds to it. */
const hourAgainMs = 15_000;

export const statusKey = ['status'] as const;

export function useStatus() {
  return useQuery({
    queryKey: statusKey,
    queryFn: ({ signal }) => api(monitoringRoutes.status, { signal }),
    refetchInterval: nowAgainMs,
    staleTime: 0,
  });
}

/** Of the server, or of one worker or room. */
export type HourOf = Readonly<Record<never, never>> | { readonly worker: number } | { readonly room: LessonId };

export const ofServer: HourOf = {};

export function useHour(of: HourOf) {
  return useQuery({
    queryKey: ['status-hour', of],
    queryFn: ({ signal }) => api(monitoringRoutes.loadHistory, { query: of, signal }),
    refetchInterval: hourAgainMs,
    staleTime: 0,
    // One that has ended is not there any more: the list says so first.
    retry: false,
  });
}
