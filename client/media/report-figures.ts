// From the browser's statistics of its transports to what is told of the last ten seconds. https://www.w3.org/TR/webrtc-stats/
import type { ClientPath, LimitedBy, QualityReport } from '../../server/contract/quality-report.ts';

/** One entry of a statistics report; browsers leave out what they do not know. */
export type Stat = Readonly<Record<string, unknown>>;

export interface Looked {
  readonly receive: readonly Stat[];
  readonly send: readonly Stat[];
}

export interface Shown {
  /** Ids of the tracks of cameras that have flowed ever since the look before: of these alone a standing picture is known to be a fault. */
  readonly moving: ReadonlySet<unknown>;
  readonly hidden: boolean;
}

/** The maker is slowed down by its processor for so much of the time. */
const oftenSlow = 0.3;

/** Of the time between two looks. */
export type Figures = Omit<QualityReport, 'ofMs'>;

/** Nobody notices so little. */
const hardlyConcealed = 0.01;

export function isFine({ heard, seen, sent }: Figures): boolean {
  return (heard?.concealed ?? 0) < hardlyConcealed && (seen?.frozenMs ?? 0) === 0 && sent?.limitedBy !== 'cpu';
}

/** Null: nothing is received or sent that could be told of. */
export function reportOf(before: Looked, now: Looked, shown: Shown): Figures | null {
  const heard = heardOf(before.receive, now.receive);
  const seen = shown.hidden ? null : seenOf(before.receive, now.receive, shown.moving);
  const sent = sentOf(before.send, now.send);
  const path = pathOf(now.receive) ?? pathOf(now.send);
  return heard === null && seen === null && sent === null ? null : { path, heard, seen, sent };
}

/** Over all voices together. What was made up of silence is not missed by anybody. */
function heardOf(before: readonly Stat[], now: readonly Stat[]): QualityReport['heard'] {
  let [all, concealed, jitterMs] = [0, 0, 0];
  for (const [stat, earlier] of pairs(before, now, 'inbound-rtp', 'audio')) {
    if (grown(stat, earlier, 'packetsReceived') <= 0) continue;
    all += grown(stat, earlier, 'totalSamplesReceived');
    concealed += grown(stat, earlier, 'concealedSamples') - grown(stat, earlier, 'silentConcealedSamples');
    jitterMs = Math.max(jitterMs, numberOf(stat, 'jitter') * 1000);
  }
  return all <= 0 ? null : { concealed: within(concealed / all, 1), jitterMs: within(jitterMs, 65_535) };
}

function seenOf(before: readonly Stat[], now: readonly Stat[], moving: ReadonlySet<unknown>): QualityReport['seen'] {
  let [freezes, frozenMs, pictures, height, fps] = [0, 0, 0, 0, 0];
  for (const [stat, earlier] of pairs(before, now, 'inbound-rtp', 'video')) {
    if (grown(stat, earlier, 'framesDecoded') <= 0) continue;
    pictures += 1;
    if (moving.has(stat.trackIdentifier)) {
      freezes += grown(stat, earlier, 'freezeCount');
      frozenMs += grown(stat, earlier, 'totalFreezesDuration') * 1000;
    }
    if (numberOf(stat, 'frameHeight') >= height) [height, fps] = [numberOf(stat, 'frameHeight'), numberOf(stat, 'framesPerSecond')];
  }
  if (pictures === 0) return null;
  return {
    ...{ freezes: whole(freezes, 65_535), frozenMs: within(frozenMs, 65_535), pictures: whole(pictures, 255) },
    ...{ height: whole(height, 16_384), fps: within(fps, 255) },
  };
}

/** Of the largest picture that is really sent. */
function sentOf(before: readonly Stat[], now: readonly Stat[]): QualityReport['sent'] {
  const sizes = [...pairs(before, now, 'outbound-rtp', 'video')].filter(([stat, earlier]) => grown(stat, earlier, 'framesEncoded') > 0);
  const largest = sizes.toSorted(([a], [b]) => numberOf(b, 'frameHeight') - numberOf(a, 'frameHeight'))[0]?.[0];
  if (largest === undefined) return null;
  const limits = sizes.map(([stat, earlier]) => limitOf(stat, earlier));
  return {
    limitedBy: reasons.findLast((reason) => limits.includes(reason)) ?? 'none',
    height: whole(numberOf(largest, 'frameHeight'), 16_384),
    fps: within(numberOf(largest, 'framesPerSecond'), 255),
  };
}

/** Worst last. */
const reasons: readonly LimitedBy[] = ['none', 'other', 'bandwidth', 'cpu'];

/** A moment at the beginning does not count: every picture begins small. */
function limitOf(stat: Stat, earlier: Stat): LimitedBy {
  const [times, timesBefore] = [durationsOf(stat), durationsOf(earlier)];
  const of = (reason: LimitedBy) => numberOf(times, reason) - numberOf(timesBefore, reason);
  const all = reasons.reduce((sum, reason) => sum + of(reason), 0);
  if (all > 0) return reasons.findLast((reason) => of(reason) / all >= oftenSlow) ?? 'none';
  return reasons.find((reason) => reason === stat.qualityLimitationReason) ?? 'none';
}

function durationsOf(stat: Stat): Stat {
  const { qualityLimitationDurations: durations } = stat;
  return typeof durations === 'object' && durations !== null ? { ...durations } : {};
}

/** The way that is taken: named by the transport, or by Firefox in the pair itself. */
function pathOf(stats: readonly Stat[]): ClientPath | null {
  const named = stats.find(({ type }) => type === 'transport')?.selectedCandidatePairId;
  const pair = stats.find(
    ({ type, id, selected }) => type === 'candidate-pair' && (named === undefined ? selected === true : id === named),
  );
  const local = pair && stats.find(({ type, id }) => type === 'local-candidate' && id === pair.localCandidateId);
  if (local === undefined) return null;
  return {
    candidate: oneOf(['host', 'srflx', 'prflx', 'relay'] as const, local.candidateType, 'host'),
    // Towards a relay it may be another than the relay's own.
    protocol: oneOf(['udp', 'tcp', 'tls'] as const, local.relayProtocol ?? local.protocol, 'udp'),
    network:
      local.networkType === undefined || local.networkType === 'unknown'
        ? 'unknown'
        : oneOf(['wifi', 'ethernet', 'cellular', 'vpn'] as const, local.networkType, 'other'),
  };
}

function* pairs(before: readonly Stat[], now: readonly Stat[], type: string, kind: string): Generator<readonly [Stat, Stat]> {
  const earlier = new Map(before.map((stat) => [stat.id, stat]));
  // What has only just begun is told with the next report.
  for (const stat of now) {
    const known = earlier.get(stat.id);
    if (stat.type === type && stat.kind === kind && known !== undefined) yield [stat, known];
  }
}

function numberOf(stat: Stat, name: string): number {
  const value = stat[name];
  return typeof value === 'number' && Number.isFinite(value) ? value : 0;
}

const grown = (stat: Stat, earlier: Stat, name: string): number => numberOf(stat, name) - numberOf(earlier, name);
const within = (value: number, most: number): number => Math.min(most, Math.max(0, value));
const whole = (value: number, most: number): number => Math.round(within(value, most));

function oneOf<const T, const U>(known: readonly T[], value: unknown, otherwise: U): T | U {
  return known.find((one) => one === value) ?? otherwise;
}
