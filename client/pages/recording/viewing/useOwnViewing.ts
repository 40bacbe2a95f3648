// What this person has seen of a recording, for the seek bar and in words; kept fresh by what the player reports.
import { useQuery } from '@tanstack/react-query';
import type { RecordingId } from '../../../../server/contract/ids.ts';
import { recordingRoutes } from '../../../../server/contract/routes-recordings.ts';
import type { OwnViewing } from '../../../../server/contract/viewing.ts';
import { api } from '../../../app/api.ts';
import { useSession } from '../../../app/session.tsx';

export const ownViewingKey = (id: RecordingId) => ['recording', id, 'watched'] as const;

/** Undefined while it is not known, and for who is not signed in. */
export function useOwnViewing(id: RecordingId): OwnViewing | undefined {
  const { person } = useSession();
  const { data } = useQuery({
    queryKey: ownViewingKey(id),
    queryFn: ({ signal }) => api(recordingRoutes.ownViewing, { params: { id }, signal }),
    enabled: person !== null,
    staleTime: 60_000,
  });
  return data;
}
