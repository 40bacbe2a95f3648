// What of a recording this person has watched so far, for the seek bar.
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { routes } from '../../../server/contract/http.ts';
import type { RecordingId } from '../../../server/contract/ids.ts';
import type { Span } from '../../../server/contract/watching-time.ts';
import { api } from '../../app/api.ts';
import { useSession } from '../../app/session.tsx';

const againMs = 60_000;

export function useSeen(id: RecordingId): readonly Span[] {
  const { person } = useSession();
  const { data } = useQuery({
    queryKey: ['recording', id, 'watched'],
    queryFn: ({ signal }) => api(routes.ownViewing, { params: { id }, signal }),
    enabled: person !== null,
    refetchInterval: againMs,
    // Without it the bar says less; nothing else fails.
    retry: false,
  });
  const parts = data?.parts;
  return useMemo(() => (parts ?? []).map(([fromMs, toMs]) => ({ fromMs, toMs })), [parts]);
}
