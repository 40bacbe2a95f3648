// Who gets which track: from a room's tracks and one client's page to what should flow to it.
import type { ParticipantId, PersonId, TrackId } from '../contract/ids.ts';
import type { TrackSource, View } from '../contract/media.ts';
import { Refused } from '../contract/reply.ts';
import type { RoomRole } from '../contract/room.ts';

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
}

interface Sound {
  readonly track: OfferedTrack;
  readonly flows: boolean;
}

export interface Want {
  readonly track: OfferedTrack;
  /** False: only held ready. */
  readonly flows: boolean;
  /** The tile that a picture fills, in device pixels; null for sound. */
  readonly tile: { readonly width: number; readonly height: number } | null;
}

export const mostCameras = 25;
/** Up to so many microphones are offered even while they are muted or not among the loudest: then they are heard at once. */
const offeredAhead = 8;

export const emptyView: View = { tiles: [], hidden: false, saveData: false, most: 'all', deaf: false };

const pictureKey = (participantId: ParticipantId, source: TrackSource): string => `${source} ${participantId}`;

/** The microphones among which `heardNow` chooses. */
export function competing(tracks: readonly OfferedTrack[]): readonly TrackId[] {
  return tracks.flatMap(({ source, role, live, trackId }) => (source === 'microphone' && role !== 'teacher' && live ? [trackId] : []));
}

export function offerOf(tracks: readonly OfferedTrack[], heard: { has(trackId: TrackId): boolean }): Offer {
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
  return { sounds, pictures };
}

/** Never the person's own tracks, from whichever device: they would hear themselves. */
export function wantedBy(personId: PersonId, view: View, offer: Offer): ReadonlyMap<TrackId, Want> {
  const wanted = new Map<TrackId, Want>();
  for (const { track, flows } of view.deaf ? [] : offer.sounds)
    if (track.personId !== personId) wanted.set(track.trackId, { track, flows, tile: null });
  if (view.hidden) return wanted;
  for (const { participantId, source, width, height } of view.tiles) {
    if (width === 0 || height === 0 || (view.saveData && source === 'camera')) continue;
    for (const track of offer.pictures.get(pictureKey(participantId, source)) ?? []) {
      if (track.personId === personId) continue;
      // The same picture may stand on the page twice; the larger tile decides.
      const tile = wanted.get(track.trackId)?.tile;
      if (!tile || tile.width < width) wanted.set(track.trackId, { track, flows: true, tile: { width, height } });
    }
  }
  return wanted;
}

export function checkView(view: View): void {
  if (view.tiles.filter(({ source }) => source === 'camera').length > mostCameras)
    throw new Refused('bad-request', `A page shows at most ${mostCameras} cameras.`);
}
