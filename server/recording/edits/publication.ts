// Who may see a recording and when, as its teachers have said it.
import type { Publication } from '../../contract/recording-edits.ts';
import type { StoredRecording } from '../recording.store.ts';

export function publicationOf(recording: StoredRecording): Publication {
  const { title, hidden, visibleFrom, visibleUntil, audience, download } = recording;
  return { title, hidden, from: visibleFrom, until: visibleUntil, audience, download };
}
