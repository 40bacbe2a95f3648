// What is packed comes back, and is small.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { LadderReason, LadderStep } from '../contract/ladder.ts';
import { ClientPath, LimitedBy } from '../contract/quality-report.ts';
import { IceState, LossCause } from '../contract/reasons.ts';
import { fineStep } from './steps.fixture.ts';
import { type MinuteOfSteps, minuteOf, packMinute, type StepFigures, slotOf, stepAt, unpackMinute } from './steps.ts';

const count = fc.integer({ min: 0, max: 65_535 });
const byte = fc.integer({ min: 0, max: 255 });
const share = fc.double({ min: 0, max: 1, noNaN: true });
const bps = fc.integer({ min: 0, max: 4_000_000 }).map((kbps) => kbps * 1000);
const orNull = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: null });
const anyOf = <T>(list: readonly T[]) => fc.constantFrom(...list);

const anyStep: fc.Arbitrary<StepFigures> = fc.record({
  ice: anyOf(IceState.options),
  ladder: anyOf(LadderStep.options),
  ladderWhy: anyOf(LadderReason.options),
  ...{ isHidden: fc.boolean(), isCutOff: fc.boolean(), mediaFailed: fc.boolean() },
  lost: orNull(fc.record({ ms: byte.map((units) => units * 40), cause: orNull(anyOf(LossCause.options)) })),
  protocol: anyOf([null, 'udp', 'tcp'] as const),
  server: orNull(
    fc.record({ lossDown: share, lossUp: share, roundTripMs: orNull(count), jitterMs: orNull(count), downBps: bps, upBps: bps }),
  ),
  device: orNull(
    fc.record({
      path: orNull(
        fc.record({
          candidate: anyOf(ClientPath.shape.candidate.options),
          protocol: anyOf(ClientPath.shape.protocol.options),
          network: anyOf(ClientPath.shape.network.options),
        }),
      ),
      heard: orNull(fc.record({ concealed: share, jitterMs: count })),
      seen: orNull(fc.record({ freezes: count, frozenMs: count, pictures: byte, height: count, fps: byte })),
      sent: orNull(fc.record({ limitedBy: anyOf(LimitedBy.options), height: count, fps: byte })),
    }),
  ),
});
const anyMinute = fc.array(orNull(anyStep), { minLength: 6, maxLength: 6 });

/** Shares are kept by a byte of their root. */
function rounded(minute: MinuteOfSteps): MinuteOfSteps {
  const asKept = (value: number) => (Math.round(Math.sqrt(value) * 255) / 255) ** 2;
  return minute.map(
    (step) =>
      step && {
        ...step,
        server: step.server && { ...step.server, lossDown: asKept(step.server.lossDown), lossUp: asKept(step.server.lossUp) },
        device: step.device && {
          ...step.device,
          heard: step.device.heard && { ...step.device.heard, concealed: asKept(step.device.heard.concealed) },
        },
      },
  );
}

it('Z2 a minute of steps comes back as it was packed, whatever is in it', () => {
  fc.assert(
    fc.property(anyMinute, (minute) => {
      expect(unpackMinute(packMinute(minute))).toEqual(rounded(minute));
    }),
  );
});

it('Z2 small shares are kept to a hundredth of a per cent, and one per cent to a tenth of it', () => {
  const lossOf = (lossDown: number) => {
    const server = { ...{ lossUp: 0, roundTripMs: null, jitterMs: null, downBps: 0, upBps: 0 }, lossDown };
    return unpackMinute(packMinute([{ ...fineStep, server }, null, null, null, null, null]))[0]?.server?.lossDown ?? -1;
  };
  expect(lossOf(0)).toBe(0);
  expect(lossOf(1)).toBe(1);
  expect(Math.abs(lossOf(0.001) - 0.001)).toBeLessThan(0.0003);
  expect(Math.abs(lossOf(0.01) - 0.01)).toBeLessThan(0.001);
  expect(Math.abs(lossOf(0.3) - 0.3)).toBeLessThan(0.005);
});

it('Z2 a full minute takes less than 240 characters', () => {
  expect(packMinute(Array.from({ length: 6 }, () => fineStep)).length).toBeLessThan(240);
});

it('Z2 what is cut off, of a later version or no history at all is left out', () => {
  const packed = packMinute(Array.from({ length: 6 }, () => fineStep));
  const whole = Buffer.from(packed, 'base64');
  const cut = unpackMinute(whole.subarray(0, whole.length - 3).toString('base64'));
  expect(cut.slice(0, 5).every((step) => step !== null)).toBe(true);
  expect(cut[5]).toBeNull();
  whole[0] = 2;
  expect(unpackMinute(whole.toString('base64'))).toEqual([null, null, null, null, null, null]);
  fc.assert(fc.property(fc.base64String(), (text) => unpackMinute(text).length === 6));
});

it('Z1 steps lie at full tens of seconds', () => {
  const at = Date.parse('2026-09-07T10:07:34.567Z');
  expect(slotOf(at)).toBe(3);
  expect(new Date(stepAt(minuteOf(at), slotOf(at))).toISOString()).toBe('2026-09-07T10:07:30.000Z');
});
