// What the editing page asks the server for, and what it asks anew after each act.
import { type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query';
import type { RecordingId } from '../../../server/contract/ids.ts';
import { recordingRoutes } from '../../../server/contract/routes-recordings.ts';
import { api } from '../../app/api.ts';
import { announce } from '../../ui/live.ts';

/** With all that was cut out and left out. */
export const manifestQuery = (id: RecordingId) => ({
  queryKey: ['recording', id, 'editor'],
  queryFn: ({ signal }: { signal: AbortSignal }) => api(recordingRoutes.recording, { params: { id }, query: { as: 'editor' }, signal }),
});

export const editsQuery = (id: RecordingId) => ({
  queryKey: ['recording', id, 'edits'],
  queryFn: async ({ signal }: { signal: AbortSignal }) => (await api(recordingRoutes.recordingEdits, { params: { id }, signal })).edits,
});

export const linksQuery = (id: RecordingId) => ({
  queryKey: ['recording', id, 'links'],
  queryFn: async ({ signal }: { signal: AbortSignal }) => (await api(recordingRoutes.recordingLinks, { params: { id }, signal })).links,
});

const recordingChanged = (client: QueryClient, id: RecordingId) => client.invalidateQueries({ queryKey: ['recording', id] });

/** One act on the recording: all that is shown of it is asked for anew, and `done` is said to screen readers. */
export function useRecordingAct<I, O>(id: RecordingId, act: (input: I) => Promise<O>, done?: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSuccess: async () => {
      if (done !== undefined) announce(done);
      await recordingChanged(client, id);
    },
  });
}
