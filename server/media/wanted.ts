// Who gets which track: from a room's tracks and one client's page to what should flow to it.
import { isAtLeast, type Pressure } from '../contract/capacity.ts';
import type { ParticipantId, PersonId, TrackId } from '../contract/ids.ts';
import type { LadderStep } from '../contract/ladder.ts';
import type { TrackSource, View } from '../contract/media.ts';
import { Refused } from '../contract/reply.ts';
import type { RoomRole } from '../contract/room.ts';
import { camerasOn, isHeardOn, movesOn, screenDetailOn } from './steps.ts';

/** A track of the room as the room itself knows it. */
export interface OfferedTrack {
  readonly trackId: TrackId;
  readonly source: TrackSource;
  readonly participantId: ParticipantId;
  readonly personId: PersonId;
  readonly role: RoomRole;
  /** Nothing holds it silent or dark. */
  readonly live: boolean;
}

/** The tracks of a room, arranged so that one client's choice needs no walk through all of them. */
export interface Offer {
  /** To everybody: teachers' microphones, the sound of screens, the microphones that are heard, and some that wait. */
  readonly sounds: readonly Sound[];
  readonly pictures: ReadonlyMap<string, readonly OfferedTrack[]>;
  /** Who speaks or spoke last, and who did before: whoever listens hears another than themself. */
  readonly voices: readonly PersonId[];
  readonly pressure: Pressure;
}

/** `fitting`: as the tile is large; else the smallest or the largest of what is published. */
export type Detail = 'fitting' | 'lowest' | 'highest';

interface Sound {
  readonly track: OfferedTrack;
  readonly flows: boolean;
}

export interface Want {
  readonly track: OfferedTrack;
  /** False: only held ready. */
  readonly flows: boolean;
  /** The tile that a picture fills, in device pixels; null for sound. */
  readonly tile: { readonly width: number; readonly height: number; readonly detail: Detail } | null;
}

export const mostCameras = 25;
/** Up to so many microphones are offered even while they are muted or not among the loudest: then they are heard at once. */
const offeredAhead = 8;

export const emptyView: View = { tiles: [], hidden: false, most: 'all', deaf: false };

const pictureKey = (participantId: ParticipantId, source: TrackSource): string => `${source} ${participantId}`;

/** The microphones among which `heardNow` chooses. */
export function competing(tracks: readonly OfferedTrack[]): readonly TrackId[] {
  return tracks.flatMap(({ source, role, live, trackId }) => (source === 'microphone' && role !== 'teacher' && live ? [trackId] : []));
}

export function offerOf(
  tracks: readonly OfferedTrack[],
  heard: { has(trackId: TrackId): boolean },
  { voices, pressure }: Pick<Offer, 'voices' | 'pressure'> = { voices: [], pressure: 'none' },
): Offer {
  const microphones = tracks.filter(({ source }) => source === 'microphone').length;
  const sounds: Sound[] = [];
  const pictures = new Map<string, OfferedTrack[]>();
  for (const track of tracks) {
    if (track.source === 'camera' || track.source === 'screen') {
      const key = pictureKey(track.participantId, track.source);
      pictures.set(key, [...(pictures.get(key) ?? []), track]);
      continue;
    }
    const always = track.source === 'screen-audio' || track.role === 'teacher';
    const isCarried = always || heard.has(track.trackId);
    // What is muted carries nothing, and needs no second step when it is opened.
    if (isCarried || microphones <= offeredAhead) sounds.push({ track, flows: isCarried || !track.live });
  }
  return { sounds, pictures, voices, pressure };
}

/** Never the person's own tracks, from whichever device: they would hear themselves. Sound flows on every step (L1). */
export function wantedBy(personId: PersonId, view: View, offer: Offer, step: LadderStep = 'all'): ReadonlyMap<TrackId, Want> {
  const wanted = new Map<TrackId, Want>();
  const voice = offer.voices.find((speaking) => speaking !== personId) ?? null;
  for (const { track, flows } of view.deaf ? [] : offer.sounds)
    if (track.personId !== personId) wanted.set(track.trackId, { track, flows: flows && isHeardOn(step, track, voice), tile: null });
  if (!movesOn(step)) return wanted;
  const shown = picturesOf(personId, view, offer);
  const cameras = camerasOn(step, shown, voice);
  for (const { track, width, height } of shown) {
    if (track.source === 'camera' && !cameras.has(track.trackId)) continue;
    const detail = track.source === 'screen' ? screenDetailOn(step) : cameraDetail(step, track, offer.pressure);
    wanted.set(track.trackId, { track, flows: true, tile: { width, height, detail } });
  }
  return wanted;
}

/** The screens that the page shows and the step leaves out: still pictures stand in for them. */
export function stillsFor(personId: PersonId, view: View, offer: Offer, step: LadderStep): readonly TrackId[] {
  if (movesOn(step)) return [];
  return picturesOf(personId, view, offer).flatMap(({ track }) => (track.source === 'screen' && track.live ? [track.trackId] : []));
}

export interface ShownTrack {
  readonly track: OfferedTrack;
  readonly width: number;
  readonly height: number;
}

/** What stands on the page; of a picture that stands there twice the larger one counts. */
function picturesOf(personId: PersonId, view: View, offer: Offer): readonly ShownTrack[] {
  const shown = new Map<TrackId, ShownTrack>();
  for (const { participantId, source, width, height } of view.hidden ? [] : view.tiles) {
    if (width === 0 || height === 0) continue;
    for (const track of offer.pictures.get(pictureKey(participantId, source)) ?? []) {
      if (track.personId === personId || isUnseen(track, offer)) continue;
      const known = shown.get(track.trackId);
      if (known === undefined || known.width < width) shown.set(track.trackId, { track, width, height });
    }
  }
  return [...shown.values()];
}

/** B13: no page shows it while the server is pressed. */
export function isUnseen(track: OfferedTrack, { pressure }: Offer): boolean {
  return track.source === 'camera' && !isLeading(track) && isAtLeast(pressure, 'no-student-cameras');
}

function cameraDetail(step: LadderStep, track: OfferedTrack, pressure: Pressure): Detail {
  if (step !== 'all') return 'lowest';
  return !isLeading(track) && isAtLeast(pressure, 'low-layers') ? 'lowest' : 'fitting';
}

/** Pressure on the server touches nothing that these send, and what they send is watched. */
export function isLeading({ role }: OfferedTrack): boolean {
  return role === 'teacher' || role === 'assistant';
}

export function checkView(view: View): void {
  if (view.tiles.filter(({ source }) => source === 'camera').length > mostCameras)
    throw new Refused('bad-request', `A page shows at most ${mostCameras} cameras.`);
}
