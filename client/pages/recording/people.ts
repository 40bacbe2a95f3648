// Who is in a recording: with what, and from when on.
import type { RecordingManifest, RecordingTrack } from '../../../server/contract/recording.ts';
import { compareNames } from '../../i18n/index.ts';

export type RecordedPerson = {
  readonly participantId: RecordingTrack['participantId'];
  readonly name: string;
  readonly sources: readonly RecordingTrack['source'][];
  /** Class time of the first sound or picture. */
  readonly fromMs: number;
};

const order: readonly RecordingTrack['source'][] = ['microphone', 'camera', 'screen'];

export function peopleOf(manifest: Pick<RecordingManifest, 'tracks'>): RecordedPerson[] {
  const people = new Map<string, RecordedPerson>();
  for (const { participantId, name, source, parts } of manifest.tracks) {
    const known = people.get(participantId);
    const fromMs = Math.min(known?.fromMs ?? Number.POSITIVE_INFINITY, parts[0]?.startMs ?? Number.POSITIVE_INFINITY);
    const sources = order.filter((one) => one === source || known?.sources.includes(one));
    people.set(participantId, { participantId, name, sources, fromMs });
  }
  return [...people.values()].toSorted((a, b) => a.fromMs - b.fromMs || compareNames(a.name, b.name));
}
