// Layers, line quality and speakers: small rules with exact edges.
import { describe, expect, test } from 'vitest';
import { ParticipantId, PersonId } from '../contract/ids.ts';
import { layerFor } from './layers.ts';
import { judge, qualityOf } from './quality.ts';
import { speakingHoldMs, speakingNow, voicesNow } from './speaking.ts';

describe('the layer follows the tile', () => {
  test.each([
    [160, 90, 3, 0],
    [400, 225, 3, 0],
    [640, 360, 3, 1],
    [1280, 720, 3, 2],
    [1280, 720, 2, 1],
    [1280, 720, 1, 0],
    [800, 100, 3, 1], // wide and flat: the width demands the lines
    [0, 0, 3, 0],
  ])('%i × %i of %i layers: %i', (width, height, layers, layer) => {
    expect(layerFor({ width, height }, layers)).toBe(layer);
  });
});

describe('the quality of a line', () => {
  const line = { lossUp: 0, lossDown: 0, roundTripMs: 40, upBps: 1000, downBps: 1000 };
  test.each([
    [{}, 'good'],
    [{ lossUp: 0.04 }, 'fair'],
    [{ lossDown: 0.2 }, 'bad'],
    [{ roundTripMs: 400 }, 'fair'],
    [{ roundTripMs: 900 }, 'bad'],
    [{ upBps: 0, downBps: 0, lossUp: 0.5 }, 'unknown'],
  ])('%j is %s', (change, quality) => {
    expect(qualityOf({ ...line, ...change })).toBe(quality);
  });
  test('worse counts at once, better only the second time', () => {
    const good = judge(null, line);
    const bad = judge(good, { ...line, lossUp: 0.3 });
    const once = judge(bad, line);
    const twice = judge(once, line);
    expect([good, bad, once, twice].map(({ quality }) => quality)).toEqual(['good', 'bad', 'bad', 'good']);
  });
});

test('who spoke is shown for two seconds more', () => {
  const [a, b] = [ParticipantId.parse('a'), ParticipantId.parse('b')];
  const one = speakingNow(new Map(), [a], 0);
  const two = speakingNow(one, [b], speakingHoldMs - 1);
  expect([...two.keys()]).toEqual([a, b]);
  expect([...speakingNow(two, [], speakingHoldMs).keys()]).toEqual([b]);
});

test('L1 of the voices that matter, who speaks keeps their place, and who fell silent comes last', () => {
  const [a, b, c] = [PersonId.parse('a'), PersonId.parse('b'), PersonId.parse('c')];
  expect(voicesNow([], [a])).toEqual([a]);
  expect(voicesNow([a], [a, b])).toEqual([a, b]);
  expect(voicesNow([a, b], [c, b, a])).toEqual([a, b]);
  expect(voicesNow([a, b], [b, c])).toEqual([b, c]);
  expect(voicesNow([a, b], [])).toEqual([a, b]);
});
