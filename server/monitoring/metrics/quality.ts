// How sound and picture travel: loss, ways there and back, jitter, and what people's browsers made of it; by the kind of line and of media.
import type { MediaKind } from '../../contract/media.ts';
import type { ClientPath, QualityReport } from '../../contract/quality-report.ts';
import type { Instruments } from './instruments.ts';

/** How a line goes through the network; `relay` whatever lies behind it. */
export type Network = 'udp' | 'tcp' | 'relay' | 'unknown';

export function networkOf(protocol: 'udp' | 'tcp' | null, client: ClientPath | null): Network {
  if (client?.candidate === 'relay') return 'relay';
  return protocol ?? 'unknown';
}

const shares = [0.001, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5];
const roundTripSeconds = [0.025, 0.05, 0.1, 0.2, 0.35, 0.5, 0.8, 1.5, 3];
const jitterSeconds = [0.002, 0.005, 0.01, 0.02, 0.03, 0.05, 0.1, 0.3];
/** Lines in trouble are measured as often as this, good ones less often (B9): counted once, they would make all others look worse. */
const measuredMs = 2_500;
const mostTimesMeasured = 12;
/** Of one report of a browser. */
const reportSeconds = 10;
const mostStepsOfReport = 3;

/** One measurement of a device's line, as the server made it. */
export interface MeasuredLine {
  readonly lossUp: number;
  readonly lossDown: number;
  readonly roundTripMs: number | null;
  readonly upBps: number;
  readonly downBps: number;
  readonly tracks: readonly { readonly kind: MediaKind; readonly jitterMs: number | null }[];
  /** Since it was measured before; 0 the first time. */
  readonly forMs: number;
}

export interface QualityMetrics {
  measured(network: Network, line: MeasuredLine): void;
  reported(network: Network, report: QualityReport): void;
}

export function qualityMetrics(instruments: Instruments): QualityMetrics {
  const loss = instruments.histogram('line_loss_ratio', 'Share of packets that were lost, of each line and 2.5 seconds', shares, [
    'direction',
    'network',
  ]);
  const roundTrip = instruments.histogram(
    'line_round_trip_seconds',
    'Time there and back, of each line and 2.5 seconds',
    roundTripSeconds,
    ['network'],
  );
  const jitter = instruments.histogram(
    'jitter_seconds',
    'Jitter of sound and picture, towards the server and towards people',
    jitterSeconds,
    ['direction', 'kind', 'network'],
  );
  const concealed = instruments.histogram(
    'concealed_ratio',
    'Share of the sound that a browser had to make up, of each ten seconds',
    shares,
    ['network'],
  );
  const frozen = instruments.histogram(
    'frozen_ratio',
    'Share of the time that pictures stood still, of each ten seconds of a browser',
    shares,
    ['network'],
  );
  const freezes = instruments.counter('freezes_total', 'Pictures that stood still, as browsers report it', ['network']);
  const limited = instruments.counter('sent_reports_total', 'Ten seconds of browsers that send pictures, by what held them back', [
    'limited_by',
  ]);
  const observe = (network: Network, { heard, seen, sent }: QualityReport): void => {
    if (heard !== null) {
      concealed.observe({ network }, heard.concealed);
      jitter.observe({ direction: 'down', kind: 'audio', network }, heard.jitterMs / 1000);
    }
    if (seen !== null && seen.pictures > 0)
      frozen.observe({ network }, Math.min(1, seen.frozenMs / 1000 / (reportSeconds * seen.pictures)));
    if (sent !== null) limited.inc({ limited_by: sent.limitedBy });
  };
  return {
    measured(network, { lossUp, lossDown, roundTripMs, upBps, downBps, tracks, forMs }) {
      for (let times = timesOf(forMs); times > 0; times -= 1) {
        // Of a direction in which nothing flows nothing is known.
        if (upBps > 0) loss.observe({ direction: 'up', network }, lossUp);
        if (downBps > 0) loss.observe({ direction: 'down', network }, lossDown);
        if (roundTripMs !== null) roundTrip.observe({ network }, roundTripMs / 1000);
      }
      for (const { kind, jitterMs } of tracks) if (jitterMs !== null) jitter.observe({ direction: 'up', kind, network }, jitterMs / 1000);
    },
    reported(network, report) {
      if (report.seen !== null && report.seen.pictures > 0) freezes.inc({ network }, report.seen.freezes);
      for (let step = 0; step < stepsOf(report); step += 1) observe(network, report);
    },
  };
}

function timesOf(forMs: number): number {
  return Math.min(mostTimesMeasured, Math.max(1, Math.round(forMs / measuredMs)));
}

/** What is well is told every third time: counted once, it would make all others look worse. No device counts for more than that. */
function stepsOf({ ofMs }: QualityReport): number {
  return Math.min(mostStepsOfReport, Math.max(1, Math.round(ofMs / 1000 / reportSeconds)));
}
