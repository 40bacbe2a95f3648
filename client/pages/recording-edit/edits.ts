// What of the edits holds, and the people that could be left out.
import type { ParticipantId } from '../../../server/contract/ids.ts';
import type { RecordingManifest } from '../../../server/contract/recording.ts';
import type { RecordingEdit } from '../../../server/contract/recording-edits.ts';

export type Cut = Extract<RecordingEdit, { kind: 'cut' }>;
export type Drop = Extract<RecordingEdit, { kind: 'drop' }>;
export type Dropped = Drop['what'];

export interface EditedPerson {
  readonly participantId: ParticipantId;
  readonly name: string;
  /** What was captured of the person. */
  readonly has: ReadonlySet<Dropped>;
  /** The edits that leave it out. */
  readonly dropped: ReadonlyMap<Dropped, Drop>;
}

export const isCut = (edit: RecordingEdit): edit is Cut => edit.kind === 'cut';

/** In the order of what they cut. */
export function cutsOf(edits: readonly RecordingEdit[]): Cut[] {
  return edits
    .filter(isCut)
    .filter(({ undoneAt }) => undoneAt === null)
    .toSorted((one, other) => one.fromMs - other.fromMs);
}

export function peopleOf(manifest: Pick<RecordingManifest, 'tracks'>, edits: readonly RecordingEdit[]): EditedPerson[] {
  const people = new Map<ParticipantId, { name: string; has: Set<Dropped>; dropped: Map<Dropped, Drop> }>();
  for (const { participantId, name, source } of manifest.tracks) {
    const person = people.get(participantId) ?? { name, has: new Set(), dropped: new Map() };
    person.has.add(source === 'camera' || source === 'screen' ? 'picture' : 'voice');
    people.set(participantId, person);
  }
  for (const edit of edits)
    if (edit.kind === 'drop' && edit.undoneAt === null) people.get(edit.participantId)?.dropped.set(edit.what, edit);
  return [...people].map(([participantId, person]) => ({ participantId, ...person }));
}

/** A passage that can be cut: begun before it ends, within the recording. */
export function passageOf(fromMs: number | null, toMs: number | null): { readonly fromMs: number; readonly toMs: number } | null {
  return fromMs === null || toMs === null || toMs <= fromMs ? null : { fromMs: Math.round(fromMs), toMs: Math.round(toMs) };
}
