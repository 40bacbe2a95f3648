// Who gets which track.
import { describe, expect, test } from 'vitest';
import type { Pressure } from '../contract/capacity.ts';
import { ParticipantId, PersonId, TrackId } from '../contract/ids.ts';
import type { LadderStep } from '../contract/ladder.ts';
import type { TrackSource, View } from '../contract/media.ts';
import type { RoomRole } from '../contract/room.ts';
import { heardNow } from './loudest.ts';
import { needOf, steps } from './steps.ts';
import { checkView, competing, emptyView, mostCameras, type OfferedTrack, offerOf, stillsFor, wantedBy } from './wanted.ts';

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
    expect(wants([track('a', 'microphone')], { hidden: true, most: 'floor' })).toEqual(['a-microphone']);
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

describe('L1 what each step lets through', () => {
  const students = Array.from({ length: 8 }, (_, index) => track(`s${index}`, 'camera'));
  const tracks = [
    ...students,
    ...[track('t', 'camera', 'teacher'), track('t', 'microphone', 'teacher'), track('t', 'screen', 'teacher')],
    ...[track('t', 'screen-audio', 'teacher'), track('s1', 'microphone'), track('s7', 'microphone')],
  ];
  const page = viewOf({
    tiles: [tile('t', 'screen', 1280, 720), ...students.map((one) => tile(one.participantId, 'camera')), tile('t', 'camera', 900, 500)],
  });
  const offer = (pressure: Pressure = 'none', ...voices: readonly string[]) =>
    offerOf(tracks, new Map([[TrackId.parse('s1-microphone'), 0]]), {
      voices: (voices.length === 0 ? ['person-s7'] : voices).map((id) => PersonId.parse(id)),
      pressure,
    });
  const on = (step: LadderStep, pressure: Pressure = 'none') => [...wantedBy(me, page, offer(pressure), step).values()];
  const moving = (step: LadderStep, pressure?: Pressure) =>
    on(step, pressure).flatMap(({ track: { trackId }, tile: picture }) => (picture ? [`${trackId} ${picture.detail}`] : []));
  const voices = (step: LadderStep) =>
    on(step).flatMap(({ track: { trackId }, flows, tile: picture }) => (picture || !flows ? [] : [trackId]));

  test('all: every picture on the page, as large as its tile', () => {
    expect(moving('all')).toHaveLength(10);
    expect(moving('all')).toContain('t-camera fitting');
  });
  test('fewer cameras: who speaks, the teacher and three others, small; the screen as it is', () => {
    const low = ['s0-camera lowest', 's1-camera lowest', 's2-camera lowest', 's7-camera lowest', 't-camera lowest'];
    expect(moving('fewer-cameras').toSorted()).toEqual([...low, 't-screen highest']);
  });
  test('speaker: one camera, that of who speaks, else the teacher’s', () => {
    expect(moving('speaker').toSorted()).toEqual(['s7-camera lowest', 't-screen highest']);
    const silent = wantedBy(me, page, offer('none', 'person-nobody'), 'speaker');
    expect([...silent.keys()]).toContain('t-camera');
  });
  test('screen low: no camera, and the screen at its lowest', () => {
    expect(moving('screen-low')).toEqual(['t-screen lowest']);
  });
  test('stills and floor: no moving picture; still ones of the screens that the page shows, and none on a hidden page', () => {
    expect([...moving('stills'), ...moving('floor')]).toEqual([]);
    expect(stillsFor(me, page, offer(), 'floor')).toEqual(['t-screen']);
    expect(stillsFor(me, { ...page, hidden: true }, offer(), 'floor')).toEqual([]);
    expect(stillsFor(me, page, offer(), 'screen-low')).toEqual([]);
  });
  test('sound flows on every step: on the floor the teacher’s and that of who speaks; who speaks themself hears who spoke before', () => {
    const everyone = ['t-microphone', 't-screen-audio', 's1-microphone', 's7-microphone'];
    for (const step of ['all', 'speaker', 'screen-low', 'stills'] as const)
      expect(voices(step).toSorted()).toEqual(everyone.slice(0, 3).toSorted());
    expect(voices('floor')).toEqual(['t-microphone']);
    const heard = offerOf(tracks, new Map([[TrackId.parse('s7-microphone'), 0]]), {
      voices: [me, PersonId.parse('person-s7')],
      pressure: 'none',
    });
    const onFloor = [...wantedBy(me, page, heard, 'floor').values()].filter(({ flows }) => flows).map(({ track: { trackId } }) => trackId);
    expect(onFloor.toSorted()).toEqual(['s7-microphone', 't-microphone']);
  });
  test('pressure on the server makes students’ cameras small, then leaves them out; never the teacher’s', () => {
    expect(moving('all', 'low-layers')).toEqual(expect.arrayContaining(['s0-camera lowest', 't-camera fitting', 't-screen highest']));
    expect(moving('all', 'no-student-cameras').toSorted()).toEqual(['t-camera fitting', 't-screen highest']);
  });
  test('no step takes more than the one above it, and the floor fits into 64 kbit/s', () => {
    const needs = steps.map((step) => needOf(step, on(step), stillsFor(me, page, offer(), step).length));
    expect(needs).toEqual(needs.toSorted((one, other) => other - one));
    expect(needs.at(-1)).toBeLessThanOrEqual(64_000);
  });
});
