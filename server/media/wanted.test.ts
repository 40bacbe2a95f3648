// Who gets which track.
import { describe, expect, test } from 'vitest';
import { ParticipantId, PersonId, TrackId } from '../contract/ids.ts';
import type { TrackSource, View } from '../contract/media.ts';
import type { RoomRole } from '../contract/room.ts';
import { heardNow } from './loudest.ts';
import { checkView, competing, emptyView, mostCameras, type OfferedTrack, offerOf, wantedBy } from './wanted.ts';

const track = (who: string, source: TrackSource, role: RoomRole = 'student', live = true): OfferedTrack => ({
  trackId: TrackId.parse(`${who}-${source}`),
  source,
  participantId: ParticipantId.parse(who),
  personId: PersonId.parse(`person-${who}`),
  role,
  live,
});
const tile = (who: string, source: 'camera' | 'screen', width = 320, height = 180) => ({
  participantId: ParticipantId.parse(who),
  source,
  width,
  height,
});
const viewOf = (view: Partial<View>): View => ({ ...emptyView, ...view });
const me = PersonId.parse('person-me');
const wants = (tracks: readonly OfferedTrack[], view: Partial<View> = {}, heard: readonly string[] = []): string[] =>
  [...wantedBy(me, viewOf(view), offerOf(tracks, new Map(heard.map((id) => [TrackId.parse(id), 0])))).keys()].toSorted();
const crowd = Array.from({ length: 12 }, (_, index) => track(`s${index}`, 'microphone'));

describe('sound', () => {
  test('in a small room every microphone is offered, muted ones too', () => {
    expect(wants([track('a', 'microphone', 'student', false), track('b', 'microphone')])).toEqual(['a-microphone', 'b-microphone']);
  });
  test('whoever listens to what was said before is sent no voice of now, and the pictures that are on the page', () => {
    const tracks = [track('t', 'microphone', 'teacher'), track('t', 'screen', 'teacher')];
    expect(wants(tracks, { deaf: true, tiles: [tile('t', 'screen')] })).toEqual(['t-screen']);
  });
  test('in a large room only those that are heard, the teacher always, and the sound of a screen always', () => {
    const tracks = [...crowd, track('t', 'microphone', 'teacher'), track('s3', 'screen-audio')];
    expect(wants(tracks, {}, ['s1-microphone'])).toEqual(['s1-microphone', 's3-screen-audio', 't-microphone']);
  });
  test('of eight live microphones five flow and three are held ready; muted ones and the teacher’s need not be held back', () => {
    const live = Array.from({ length: 6 }, (_, index) => track(`s${index}`, 'microphone'));
    const tracks = [...live, track('muted', 'microphone', 'student', false), track('t', 'microphone', 'teacher')];
    const heard = heardNow(new Map(), competing(tracks), [], 0);
    const wanted = [...wantedBy(me, emptyView, offerOf(tracks, heard)).values()];
    expect(wanted).toHaveLength(8);
    expect(wanted.filter(({ flows }) => !flows).map((want) => want.track.trackId)).toEqual(['s5-microphone']);
  });
  test('it stays when the page is hidden or data is saved', () => {
    expect(wants([track('a', 'microphone')], { hidden: true, saveData: true })).toEqual(['a-microphone']);
  });
  test('teachers and muted microphones do not compete for places', () => {
    expect(competing([track('t', 'microphone', 'teacher'), track('a', 'microphone', 'student', false), track('b', 'microphone')])).toEqual([
      'b-microphone',
    ]);
  });
});

describe('pictures', () => {
  const tracks = [track('a', 'camera'), track('b', 'camera'), track('a', 'screen')];
  test('only those on the page', () => {
    expect(wants(tracks)).toEqual([]);
    expect(wants(tracks, { tiles: [tile('b', 'camera'), tile('a', 'screen')] })).toEqual(['a-screen', 'b-camera']);
  });
  test('none on a hidden page, none in a tile without size', () => {
    expect(wants(tracks, { tiles: [tile('b', 'camera')], hidden: true })).toEqual([]);
    expect(wants(tracks, { tiles: [tile('b', 'camera', 0, 0)] })).toEqual([]);
  });
  test('saving data turns cameras off and keeps the screen', () => {
    expect(wants(tracks, { tiles: [tile('b', 'camera'), tile('a', 'screen')], saveData: true })).toEqual(['a-screen']);
  });
  test('the larger of two tiles decides', () => {
    const wanted = wantedBy(
      me,
      viewOf({ tiles: [tile('b', 'camera', 100, 60), tile('b', 'camera', 900, 500), tile('b', 'camera', 200, 90)] }),
      offerOf(tracks, new Map()),
    );
    expect([...wanted.values()].map((want) => want.tile?.width)).toEqual([900]);
  });
  test('at most 25 cameras fit on a page', () => {
    const tiles = (count: number) => viewOf({ tiles: Array.from({ length: count }, (_, index) => tile(`s${index}`, 'camera')) });
    checkView(tiles(mostCameras));
    expect(() => checkView(tiles(mostCameras + 1))).toThrow(expect.objectContaining({ code: 'bad-request' }));
  });
});

test('nobody gets a track of their own person, from whichever device', () => {
  const own = [track('me', 'microphone'), track('me', 'camera'), track('me', 'screen-audio')];
  expect(wants(own, { tiles: [tile('me', 'camera')] })).toEqual([]);
});
