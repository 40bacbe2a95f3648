// The picture shows all that was measured, nothing that was not, and the worst where there is room for one only.
import { describe, expect, it } from 'vitest';
import { type StayEvent, stepMs } from '../../../server/contract/diagnosis.ts';
import { ConnectionId } from '../../../server/contract/ids.ts';
import { frameOf, type LaneId, lanesOf, stepAt } from './lanes.ts';
import { marksOf } from './marks.ts';
import { minutes, start, stepOf } from './trouble.fixture.ts';

const frame = { from: start, to: minutes(1) };
const lane = (id: LaneId, steps: Parameters<typeof lanesOf>[0], of = frame) => {
  const found = lanesOf(steps, of).find((one) => one.id === id);
  if (!found) throw new Error(`no lane ${id}`);
  return found;
};
const connection = { connectionId: ConnectionId.parse('k1'), device: 'Chrome, Windows', network: null, closedBy: null };

describe('Z33 the frame', () => {
  it('reaches from the first thing known to the end of the last step', () => {
    const connections = [{ ...connection, openedAt: start + 3000, closedAt: minutes(1) + 1 }];
    expect(frameOf({ steps: [stepOf(0)], connections, events: [], now: minutes(9) })).toEqual({ from: start, to: minutes(1) + stepMs });
  });

  it('goes up to now while the stay lasts, and is none when nothing is known', () => {
    const connections = [{ ...connection, openedAt: start, closedAt: null }];
    expect(frameOf({ steps: [], connections, events: [], now: minutes(9) })?.to).toBe(minutes(9));
    expect(frameOf({ steps: [], connections: [], events: [], now: minutes(9) })).toBeNull();
  });
});

describe('Z33 a lane', () => {
  it('has no bar where nothing was measured, and a low one where nothing was lost', () => {
    const { bars, least, most } = lane('lossDown', [stepOf(0), stepOf(1, { lossDown: null })]);
    expect(bars).toEqual([{ from: start, to: start + stepMs, height: 0.03, level: 'fine' }]);
    expect([least, most]).toEqual([0, 0]);
    expect(lane('lossUp', [stepOf(0, { lossUp: null })])).toMatchObject({ bars: [], most: null });
  });

  it('has a scale on which its most fits, and little is still seen', () => {
    const tops = [0.01, 0.12, 0.4].map((lossDown) => lane('lossDown', [stepOf(0, { lossDown })]).top);
    expect(tops).toEqual([0.05, 0.2, 1]);
    expect(lane('roundTrip', [stepOf(0, { roundTripMs: 350 })]).bars[0]?.height).toBeCloseTo(0.7);
  });

  it('is coloured by what it shows, not by other trouble of the same moment', () => {
    const step = stepOf(0, { kinds: ['loss'], severity: 'bad', lossDown: 0.2 });
    expect(lane('lossDown', [step]).bars[0]?.level).toBe('bad');
    expect(lane('roundTrip', [step]).bars[0]?.level).toBe('fine');
    expect(lane('trouble', [step]).bars[0]).toMatchObject({ level: 'bad', height: 2 / 3 });
  });

  it('falls where less was sent, and rises where the way was roundabout', () => {
    expect(lane('ladder', [stepOf(0)]).bars[0]?.height).toBe(1);
    expect(lane('ladder', [stepOf(0, { ladder: 'floor', kinds: ['reduced'], severity: 'bad' })]).bars[0]).toMatchObject({
      ...{ height: expect.closeTo(1 / 6), level: 'bad' },
    });
    const relay = { protocol: 'udp', client: { candidate: 'relay', protocol: 'tls', network: 'unknown' } } as const;
    expect([stepOf(0), stepOf(0, { way: relay })].map((step) => lane('way', [step]).bars[0]?.height)).toEqual([0.25, 1]);
  });

  it('shows no pictures that stood still where none were shown', () => {
    const { device } = stepOf(0);
    expect(lane('frozen', [stepOf(0, { device: device && { ...device, height: null } })]).bars).toEqual([]);
    expect(lane('concealed', [stepOf(0, { device: null })]).bars).toEqual([]);
  });

  it('keeps the worst of what shares a column in a long class', () => {
    const steps = Array.from({ length: 1080 }, (_, n) => stepOf(n, n === 500 ? { lossDown: 0.3 } : {}));
    const { bars, most } = lane('lossDown', steps, { from: start, to: minutes(180) });
    expect(bars.length).toBeLessThanOrEqual(240);
    expect([most, bars.filter(({ height }) => height > 0.1)].flat()).toHaveLength(2);
  });
});

it('Z33 of two devices at one moment, the one is read that had it worse', () => {
  const worse = stepOf(1, { connection: 1, severity: 'slight', kinds: ['delay'] });
  expect(stepAt([stepOf(1), worse, stepOf(2)], start + stepMs + 5000)).toBe(worse);
  expect(stepAt([stepOf(1)], start)).toBeNull();
});

describe('Z33 the marks of presence', () => {
  const known = (events: readonly StayEvent[]) => ({
    connections: [{ ...connection, openedAt: start, closedAt: minutes(1) }],
    events: [...events],
  });

  it('lay what broke it over it, each up to its own end', () => {
    const marks = marksOf(
      known([
        { type: 'dropped', at: start + 10, connection: 0, cause: 'line-silent', ice: 'failed', lossPercent: null },
        { type: 'resumed', at: start + 15, connection: 1, gapMs: 5 },
        { type: 'resumed', at: start + 20, connection: 0, gapMs: 10 },
      ]),
      frame,
    );
    expect(marks).toEqual([
      { kind: 'there', from: start, to: minutes(1) },
      { kind: 'lost', from: start + 10, to: start + 20 },
    ]);
  });

  it('last to the end where no end is known, and refusals are points', () => {
    const refused = { type: 'refused', at: start, where: 'door', refusal: 'room-full', times: 1, device: '' } as const;
    expect(marksOf(known([refused, { type: 'page-hidden', at: start + 5, connection: 0 }]), frame).slice(1)).toEqual([
      { kind: 'hidden', from: start + 5, to: frame.to },
      { kind: 'refused', at: start },
    ]);
  });
});
