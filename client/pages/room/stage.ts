// Who is on the stage, in which order, and who is large: decided from the room alone.
import type { ParticipantId } from '../../../server/contract/ids.ts';
import type { ParticipantView, RoomView } from '../../../server/contract/room.ts';

export interface StagePicture {
  readonly key: string;
  readonly participantId: ParticipantId;
  readonly source: 'camera' | 'screen';
}

export type StageMode = 'auto' | 'grid' | 'speaker';

export interface StageWish {
  readonly mode: StageMode;
  /** The key of the picture that the person has pinned. */
  readonly pinned: string | null;
}

export interface StagePlan {
  readonly focus: StagePicture | null;
  readonly others: readonly StagePicture[];
}

export interface StageRoom {
  readonly room: Pick<RoomView, 'kind' | 'leadId'>;
  readonly participants: ReadonlyMap<ParticipantId, ParticipantView>;
  readonly selfId: ParticipantId;
  /** Who speaks, or spoke a moment ago; loudest first. */
  readonly speakers: readonly ParticipantId[];
}

/** A voice keeps its place this long after it fell silent. */
export const speakerHeldMs = 2_000;

const talks: ReadonlySet<RoomView['kind']> = new Set(['lecture', 'conference', 'public-event']);

export function pictureOf(participantId: ParticipantId, source: StagePicture['source']): StagePicture {
  return { key: `${participantId} ${source}`, participantId, source };
}

/**
 * Order: who leads, then who speaks, then raised hands, then cameras, then the rest as they came; oneself after those who act.
 * `steady`: everyone fits on the stage, so nobody changes places for a word or a hand.
 */
export function planStage(state: StageRoom, wish: StageWish, steady = false): StagePlan {
  const people = [...state.participants.values()].filter((person) => person.role !== 'observer' || isOn(person, 'camera'));
  const screens = people.filter((person) => isOn(person, 'screen')).map((person) => pictureOf(person.id, 'screen'));
  const cameras = ordered(people, state, steady).map((person) => pictureOf(person.id, 'camera'));
  const all = [...screens, ...cameras];
  const focus = focusOf(all, screens, state, wish);
  return { focus, others: all.filter((picture) => picture.key !== focus?.key) };
}

/** Beside a large picture stand only those whom one wants to see: not two hundred initials. */
export function worthStrip(
  pictures: readonly StagePicture[],
  { participants, selfId, speakers, room }: StageRoom,
): readonly StagePicture[] {
  return pictures.filter(({ participantId, source }) => {
    const person = participants.get(participantId);
    if (!person) return false;
    if (source === 'screen' || isOn(person, 'camera')) return true;
    return (
      person.personId === room.leadId ||
      person.handRaisedAt !== null ||
      speakers.includes(participantId) ||
      (participantId === selfId && participants.size <= 12)
    );
  });
}

function focusOf(all: readonly StagePicture[], screens: readonly StagePicture[], state: StageRoom, wish: StageWish): StagePicture | null {
  const pinned = all.find((picture) => picture.key === wish.pinned);
  if (pinned) return pinned;
  if (wish.mode === 'grid') return null;
  const [screen] = screens;
  if (screen) return screen;
  const people = [...state.participants.values()];
  const lead = people.find((person) => person.personId === state.room.leadId);
  if (wish.mode === 'speaker') {
    const voice = state.speakers.find((speaker) => speaker !== state.selfId && state.participants.has(speaker));
    const shown = voice ?? lead?.id ?? people.find((person) => person.id !== state.selfId)?.id;
    return shown ? pictureOf(shown, 'camera') : null;
  }
  const seen = people.filter((person) => person.role !== 'observer');
  const other = seen.length === 2 && seen.find((person) => person.id !== state.selfId);
  if (other) return pictureOf(other.id, 'camera');
  const isAudience = lead && lead.id !== state.selfId;
  return talks.has(state.room.kind) && isAudience ? pictureOf(lead.id, 'camera') : null;
}

function ordered(people: readonly ParticipantView[], { room, speakers, selfId }: StageRoom, steady: boolean): readonly ParticipantView[] {
  const rank = (person: ParticipantView): number => {
    if (person.personId === room.leadId) return 0;
    if (person.role === 'teacher' || person.role === 'assistant') return 1;
    const voice = steady ? -1 : speakers.indexOf(person.id);
    if (voice >= 0) return 2 + voice / 100;
    if (!steady && person.handRaisedAt !== null) return 3;
    if (person.id === selfId) return 4;
    return isOn(person, 'camera') ? 5 : 6;
  };
  return people
    .map((person) => ({ person, rank: rank(person) }))
    .sort(
      (one, other) =>
        one.rank - other.rank || (steady ? 0 : hand(one.person) - hand(other.person)) || one.person.joinedAt - other.person.joinedAt,
    )
    .map(({ person }) => person);
}

function hand(person: ParticipantView): number {
  return person.handRaisedAt ?? 0;
}

export function isOn(person: ParticipantView, source: ParticipantView['tracks'][number]['source']): boolean {
  return person.tracks.some((track) => track.source === source && track.pausedBy.length === 0);
}

export interface HeldSpeaker {
  readonly id: ParticipantId;
  readonly lastHeardAt: number;
}

/** Those who speak now, then those who fell silent less than the hold ago, in the order that they already had. */
export function holdSpeakers(before: readonly HeldSpeaker[], speaking: readonly ParticipantId[], now: number): readonly HeldSpeaker[] {
  const kept = before.filter(({ id, lastHeardAt }) => speaking.includes(id) || now - lastHeardAt < speakerHeldMs);
  const known = kept.map(({ id, lastHeardAt }) => ({ id, lastHeardAt: speaking.includes(id) ? now : lastHeardAt }));
  const fresh = speaking.filter((id) => !kept.some((held) => held.id === id)).map((id) => ({ id, lastHeardAt: now }));
  return [...known, ...fresh];
}
