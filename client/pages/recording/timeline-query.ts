// A recording's chapters, chat and speech: asked for by the player's panels and by those who edit it.

import type { RecordingId } from '../../../server/contract/ids.ts';
import { recordingRoutes } from '../../../server/contract/routes-recordings.ts';
import { api } from '../../app/api.ts';

export const timelineQuery = (id: RecordingId) => ({
  queryKey: ['recording', id, 'timeline'],
  queryFn: ({ signal }: { signal: AbortSignal }) => api(recordingRoutes.recordingTimeline, { params: { id }, signal }),
});
