// What is fetched, skipped, said to be missing, and how loud it is.
import { describe, expect, test } from 'vitest';
import { ParticipantId, TrackId } from '../../server/contract/ids.ts';
import type { RecordingManifest } from '../../server/contract/recording.ts';
import { type Choice, chosenOf } from './choice.ts';
import { volumesOf } from './gains.ts';
import { lacksAt } from './lacks.ts';
import { towards } from './lead.ts';
import { LiveEdge } from './live-edge.ts';
import { Skips } from './skips.ts';
import { Stalls } from './stalls.ts';

const parts = [{ startMs: 0, endMs: 60_000 }];
const track = (id: string, source: 'camera' | 'screen' | 'microphone', on = parts) => ({
  ...{ trackId: TrackId.parse(`${id}-${source}`), participantId: ParticipantId.parse(id), source, parts: on },
});
const all = [track('t', 'microphone'), track('t', 'screen'), ...['a', 'b', 'c', 'd'].map((id) => track(id, 'camera'))];

describe('V82 of the tracks is fetched', () => {
  const chosen = (choice: Partial<Choice>, speaker: string | null = null, open: readonly string[] = []) =>
    chosenOf(
      all,
      { saver: 'all', mostCameras: 2, pinned: null, ...choice },
      {
        at: 1000,
        speaker: speaker === null ? null : ParticipantId.parse(speaker),
        isOpen: (trackId) => open.includes(trackId),
      },
    ).map(({ trackId }) => trackId);

  test('everything but the cameras that are not shown', () => {
    expect(chosen({})).toEqual(['t-microphone', 't-screen', 'a-camera', 'b-camera']);
  });

  test('the camera of who speaks, and those that are open already', () => {
    expect(chosen({}, 'd', ['a-camera', 'b-camera'])).toEqual(['t-microphone', 't-screen', 'a-camera', 'd-camera']);
    expect(chosen({}, null, ['c-camera', 'd-camera'])).toEqual(['t-microphone', 't-screen', 'c-camera', 'd-camera']);
  });

  test('the camera that the viewer wants, whoever speaks', () => {
    expect(chosen({ pinned: TrackId.parse('b-camera'), mostCameras: 1 }, 'd')).toContain('b-camera');
  });

  test('no camera and no picture when data is to be saved', () => {
    expect(chosen({ saver: 'screen' })).toEqual(['t-microphone', 't-screen']);
    expect(chosen({ saver: 'sound' })).toEqual(['t-microphone']);
  });
});

const manifest: Pick<RecordingManifest, 'durationMs' | 'state' | 'pauses' | 'cuts' | 'gaps' | 'tracks'> = {
  ...{ durationMs: 60_000, state: 'recording', pauses: [{ fromMs: 10_000, toMs: 20_000 }], cuts: [], gaps: [], tracks: [] },
};

describe('V83 silence', () => {
  const skips = new Skips(manifest);
  skips.setSilences([
    { fromMs: 30_000, toMs: 34_000 },
    { fromMs: 40_000, toMs: 41_200 },
    { fromMs: 5000, toMs: 10_300 },
  ]);

  test('is played as it was unless the viewer wants it left out', () => {
    expect(skips.after(31_000)).toBe(31_000);
    expect(skips.after(12_000)).toBe(20_000);
  });

  test('is left out but for a moment at either end, and short silence not at all', () => {
    skips.skipsSilence = true;
    expect(skips.after(30_200)).toBe(30_200);
    expect(skips.after(31_000)).toBe(33_700);
    expect(skips.after(40_600)).toBe(40_600);
  });

  test('before a pause is skipped together with it', () => {
    expect(skips.after(6000)).toBe(20_000);
  });
});

test('V83 the live moment goes on between two manifests, and not when the class is paused or nothing comes any more', () => {
  const edge = new LiveEdge(manifest, 1000);
  expect(edge.at(3000)).toBe(62_000);
  expect(edge.at(1_000_000)).toBe(75_000);
  edge.update({ ...manifest, durationMs: 64_000, state: 'paused' }, 5000);
  expect(edge.at(9000)).toBe(64_000);
  edge.update({ ...manifest, state: 'ended' }, 9000);
  expect(edge.at(9500)).toBeNull();
});

test('V81 what is missing is said while it is passed and a little longer', () => {
  const said = (at: number) =>
    lacksAt({
      manifest: { gaps: [{ fromMs: 1000, toMs: 3000, why: 'server' }], tracks: [] },
      ...{ at, brokenOf: () => [], toWatching: (ms) => ms },
    }).map(({ why, lengthMs }) => [why, lengthMs]);
  expect(said(500)).toEqual([]);
  expect(said(3000)).toEqual([['server', 2000]]);
  expect(said(9500)).toEqual([]);
});

test('loud voices are turned down for soft ones, up to a bound', () => {
  const volumes = volumesOf([
    { trackId: 'loud', db: -3 },
    { trackId: 'soft', db: 20 },
  ]);
  expect(volumes.of('soft')).toBe(1);
  expect(volumes.of('loud')).toBeCloseTo(10 ** (-11 / 20));
  expect(volumesOf([]).of('any')).toBe(1);
});

test('V80 the clock is drawn to the sound gently when it is near, and at once when it is far', () => {
  expect(towards(1000, 1040)).toBe(1012);
  expect(towards(1000, 1400)).toBe(1400);
});

test('V82 saving data is offered after three stops within a minute, or when the device asks for it, until the viewer has decided', () => {
  const stalls = new Stalls(false);
  stalls.stalled(0);
  stalls.stalled(70_000);
  stalls.stalled(80_000);
  expect(stalls.offersSaver).toBe(false);
  stalls.stalled(90_000);
  expect(stalls.offersSaver).toBe(true);
  stalls.dismiss();
  expect(stalls.offersSaver).toBe(false);
  expect(new Stalls(true).offersSaver).toBe(true);
});
