// A recording's manifest, asked for again while the recording grows.
import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import type { RecordingId } from '../../../server/contract/ids.ts';
import type { RecordingManifest } from '../../../server/contract/recording.ts';
import { recordingRoutes } from '../../../server/contract/routes-recordings.ts';
import { api } from '../../app/api.ts';

/** How soon a recording that still runs is looked at again. */
const growsMs = 2000;

export const manifestKey = (id: RecordingId) => ['recording', id] as const;

/** While nothing has changed the manifest stays the same object. */
export function useManifest(id: RecordingId): UseQueryResult<RecordingManifest> {
  return useQuery({
    queryKey: manifestKey(id),
    queryFn: ({ signal }) => api(recordingRoutes.recording, { params: { id }, signal }),
    refetchInterval: ({ state }) => (state.data?.state === 'ended' ? false : growsMs),
    staleTime: growsMs,
  });
}
