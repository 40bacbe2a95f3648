// What stands around the player; asked for again while something of it is being made.
import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import type { RecordingId } from '../../../server/contract/ids.ts';
import type { RecordingPage } from '../../../server/contract/recording-page.ts';
import { recordingRoutes } from '../../../server/contract/routes-recordings.ts';
import { api } from '../../app/api.ts';

const madeMs = 4000;
const growsMs = 15_000;

export const pageKey = (id: RecordingId) => ['recording', id, 'page'] as const;

export function useRecordingPage(id: RecordingId): UseQueryResult<RecordingPage> {
  return useQuery({
    queryKey: pageKey(id),
    queryFn: ({ signal }) => api(recordingRoutes.recordingPage, { params: { id }, signal }),
    refetchInterval: ({ state: { data } }) => {
      if (data?.exports.some(({ state }) => state === 'waiting' || state === 'running')) return madeMs;
      return data && data.state !== 'ended' ? growsMs : false;
    },
  });
}
