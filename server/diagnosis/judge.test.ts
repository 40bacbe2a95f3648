// What a step says of what was noticed, and how bad it was.
import { expect, it } from 'vitest';
import { TroubleKind } from '../contract/diagnosis.ts';
import { judgeStep, kindsMask, ofTheWay, severityFrom, severityNumber, worstOf } from './judge.ts';
import { fineStep, measured, step, told } from './steps.fixture.ts';

const seen = (frozenMs: number) => ({ seen: { freezes: 1, frozenMs, pictures: 1, height: 360, fps: 15 } });

it('Z5 a step that is fine, or of which nothing is known, has no trouble', () => {
  expect(judgeStep(fineStep)).toEqual({ kinds: [], severity: null });
  expect(judgeStep(null)).toEqual({ kinds: [], severity: null });
  expect(judgeStep(step({ server: null, device: null }))).toEqual({ kinds: [], severity: null });
});

it.each([
  ['2 % lost', measured({ lossDown: 0.02 }), [], null],
  ['3 % lost on the way down', measured({ lossDown: 0.03 }), ['loss'], 'slight'],
  ['10 % lost on the way up', measured({ lossUp: 0.1 }), ['loss'], 'bad'],
  ['30 % lost', measured({ lossDown: 0.3 }), ['loss'], 'unusable'],
  ['350 ms there and back', measured({ roundTripMs: 350 }), ['delay'], 'slight'],
  ['2 s there and back', measured({ roundTripMs: 2000 }), ['delay'], 'unusable'],
  ['2 % of the sound made up', told({ heard: { concealed: 0.02, jitterMs: 20 } }), ['sound-gaps'], 'slight'],
  ['a quarter of the sound made up', told({ heard: { concealed: 0.25, jitterMs: 20 } }), ['sound-gaps'], 'unusable'],
  ['0.4 s frozen', told(seen(400)), [], null],
  ['2 s frozen', told(seen(2000)), ['frozen'], 'bad'],
  ['2 s frozen on a page that nobody sees', { ...told(seen(2000)), isHidden: true }, [], null],
  ['fewer cameras, as the line carries no more', step({ ladder: 'fewer-cameras' }), ['reduced'], 'slight'],
  ['the floor, as the line carries no more', step({ ladder: 'floor' }), ['reduced'], 'bad'],
  ['the floor by choice', step({ ladder: 'floor', ladderWhy: 'chosen' }), [], null],
  ['a slow device', told({ sent: { limitedBy: 'cpu', height: 180, fps: 7 } }), ['slow-device'], 'slight'],
  ['a browser that spares the line', told({ sent: { limitedBy: 'bandwidth', height: 180, fps: 7 } }), [], null],
  ['a line lost for a moment', step({ lost: { ms: 800, cause: 'line-broken' } }), ['dropped'], 'bad'],
  ['a line lost for the whole step', step({ lost: { ms: 10_000, cause: 'line-silent' } }), ['dropped'], 'unusable'],
  ['no way for media', step({ isCutOff: true, ice: 'failed' }), ['no-media'], 'unusable'],
  ['a media worker that ended', step({ mediaFailed: true }), ['no-media'], 'bad'],
] as const)('Z6 %s', (_what, figures, kinds, severity) => {
  expect(judgeStep(figures)).toEqual({ kinds, severity });
});

it('Z5 several troubles are told in one order, and the worst counts', () => {
  const all = { ...measured({ lossDown: 0.12, roundTripMs: 900 }), lost: { ms: 9000, cause: null } };
  expect(judgeStep(all)).toEqual({ kinds: ['dropped', 'loss', 'delay'], severity: 'unusable' });
});

it('Z5 severities have numbers by their order', () => {
  expect([null, 'slight', 'bad', 'unusable'].map((_, number) => severityNumber(severityFrom(number)))).toEqual([0, 1, 2, 3]);
  expect(worstOf(['slight', null, 'bad'])).toBe('bad');
  expect(worstOf([])).toBeNull();
});

it('Z5 what is the device’s own or a rule of the door says nothing of the way', () => {
  const others = TroubleKind.options.filter((kind) => !ofTheWay.includes(kind));
  expect(others).toEqual(['not-let-in', 'slow-device']);
  expect(kindsMask(others) & kindsMask(ofTheWay)).toBe(0);
});
