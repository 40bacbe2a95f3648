// What is told of ten seconds, from statistics as browsers give them.
import { expect, it } from 'vitest';
import { QualityReport } from '../../server/contract/quality-report.ts';
import { type Looked, reportOf, type Stat } from './report-figures.ts';

const voice = (more: Stat): Stat => ({
  ...{
    id: 'a1',
    type: 'inbound-rtp',
    kind: 'audio',
    packetsReceived: 0,
    totalSamplesReceived: 0,
    concealedSamples: 0,
    silentConcealedSamples: 0,
  },
  ...{ jitter: 0.004, ...more },
});
const picture = (more: Stat): Stat => ({
  ...{ id: 'v1', type: 'inbound-rtp', kind: 'video', trackIdentifier: 'camera', framesDecoded: 0, freezeCount: 0, totalFreezesDuration: 0 },
  ...{ frameHeight: 360, framesPerSecond: 15, ...more },
});
const own = (more: Stat): Stat => ({
  ...{ id: 'o1', type: 'outbound-rtp', kind: 'video', framesEncoded: 0, frameHeight: 360, framesPerSecond: 24 },
  ...{ qualityLimitationReason: 'none', qualityLimitationDurations: { none: 0, cpu: 0, bandwidth: 0, other: 0 }, ...more },
});
const looked = (receive: readonly Stat[] = [], send: readonly Stat[] = []): Looked => ({ receive, send });
const shown = { moving: new Set(['camera']), hidden: false };

it('Z4 nothing is told while nothing flows', () => {
  expect(reportOf(looked(), looked(), shown)).toBeNull();
  const resting = looked([voice({}), picture({})], [own({})]);
  expect(reportOf(resting, resting, shown)).toBeNull();
});

it('Z4 of voices the share that was made up is told, without silence, and the worst jitter', () => {
  const before = looked([voice({}), voice({ id: 'a2' })]);
  const now = looked([
    voice({ packetsReceived: 500, totalSamplesReceived: 480_000, concealedSamples: 100_000, silentConcealedSamples: 4_000 }),
    voice({ id: 'a2', packetsReceived: 500, totalSamplesReceived: 480_000, jitter: 0.09 }),
    voice({ id: 'new', packetsReceived: 10, totalSamplesReceived: 9_600, concealedSamples: 9_600 }),
  ]);
  expect(reportOf(before, now, shown)?.heard).toEqual({ concealed: 0.1, jitterMs: 90 });
});

it('Z4 a voice of which no packet came says nothing', () => {
  const now = looked([voice({ totalSamplesReceived: 480_000, concealedSamples: 480_000 })]);
  expect(reportOf(looked([voice({})]), now, shown)).toBeNull();
});

it('Z4 of pictures the largest is told, and how long cameras stood still; of screens and of what rested nothing', () => {
  const before = looked([picture({}), picture({ id: 'v2', trackIdentifier: 'screen' })]);
  const now = looked([
    picture({ framesDecoded: 120, freezeCount: 2, totalFreezesDuration: 1.5 }),
    picture({
      id: 'v2',
      trackIdentifier: 'screen',
      framesDecoded: 30,
      frameHeight: 1080,
      framesPerSecond: 5,
      freezeCount: 9,
      totalFreezesDuration: 8,
    }),
  ]);
  expect(reportOf(before, now, shown)?.seen).toEqual({ freezes: 2, frozenMs: 1500, pictures: 2, height: 1080, fps: 5 });
  expect(reportOf(before, now, { ...shown, moving: new Set() })?.seen).toMatchObject({ freezes: 0, frozenMs: 0 });
  expect(reportOf(before, now, { ...shown, hidden: true })).toBeNull();
});

it.each([
  [{ none: 9, cpu: 1, bandwidth: 0, other: 0 }, 'none'],
  [{ none: 5, cpu: 5, bandwidth: 0, other: 0 }, 'cpu'],
  [{ none: 2, cpu: 1, bandwidth: 7, other: 0 }, 'bandwidth'],
])('Z4 what held back the own picture is what did so for a third of the time: %j', (qualityLimitationDurations, limitedBy) => {
  const now = looked([], [own({ framesEncoded: 200, qualityLimitationDurations })]);
  expect(reportOf(looked([], [own({})]), now, shown)?.sent).toEqual({ limitedBy, height: 360, fps: 24 });
});

it('Z4 of several sizes of the own picture the largest that is sent is told, and the worst limit', () => {
  const before = looked([], [own({}), own({ id: 'o2', frameHeight: 720 }), own({ id: 'o3', frameHeight: 1080 })]);
  const durations = { none: 0, cpu: 10, bandwidth: 0, other: 0 };
  const now = looked(
    [],
    [
      own({ framesEncoded: 99, qualityLimitationDurations: durations }),
      own({ id: 'o2', framesEncoded: 99, frameHeight: 720 }),
      own({ id: 'o3', frameHeight: 1080 }),
    ],
  );
  expect(reportOf(before, now, shown)?.sent).toEqual({ limitedBy: 'cpu', height: 720, fps: 24 });
});

const now = voice({ packetsReceived: 500, totalSamplesReceived: 480_000 });
const candidate = { id: 'l1', type: 'local-candidate' };

it.each<[string, Stat[], object]>([
  [
    'Chrome over a relay by TLS',
    [
      { id: 't', type: 'transport', selectedCandidatePairId: 'p1' },
      { id: 'p1', type: 'candidate-pair', localCandidateId: 'l1' },
      { ...candidate, candidateType: 'relay', protocol: 'udp', relayProtocol: 'tls', networkType: 'wifi' },
    ],
    { candidate: 'relay', protocol: 'tls', network: 'wifi' },
  ],
  [
    'Firefox, which says nothing of networks',
    [
      { id: 'p0', type: 'candidate-pair', localCandidateId: 'l0', selected: false },
      { id: 'p1', type: 'candidate-pair', localCandidateId: 'l1', selected: true },
      { ...candidate, candidateType: 'host', protocol: 'tcp' },
    ],
    { candidate: 'host', protocol: 'tcp', network: 'unknown' },
  ],
  [
    'a network of a kind of its own',
    [
      { id: 't', type: 'transport', selectedCandidatePairId: 'p1' },
      { id: 'p1', type: 'candidate-pair', localCandidateId: 'l1' },
      { ...candidate, candidateType: 'strange', protocol: 'udp', networkType: 'bluetooth' },
    ],
    { candidate: 'host', protocol: 'udp', network: 'other' },
  ],
])('Z4 the way is told: %s', (_name, stats, path) => {
  expect(reportOf(looked([voice({})]), looked([now, ...stats]), shown)?.path).toEqual(path);
});

it('Z4 whatever a browser says, the report has the shape that the server takes', () => {
  const odd = looked(
    [
      voice({ packetsReceived: 1e12, totalSamplesReceived: 1, concealedSamples: 1e15, jitter: 1e9 }),
      picture({ framesDecoded: 1e12, freezeCount: 1e12, totalFreezesDuration: 1e12, frameHeight: 1e9, framesPerSecond: Number.NaN }),
    ],
    [
      own({
        framesEncoded: 9,
        frameHeight: 'tall',
        framesPerSecond: -4,
        qualityLimitationDurations: 'none',
        qualityLimitationReason: 'else',
      }),
    ],
  );
  const figures = reportOf(looked([voice({}), picture({})], [own({})]), odd, shown);
  expect(QualityReport.safeParse({ ...figures, ofMs: 10_000 }).success).toBe(true);
});
