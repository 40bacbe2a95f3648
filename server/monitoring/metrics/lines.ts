// From what is measured of people's lines, and reported by their browsers, to the metrics of quality.
import type { ConnectionId, Instant } from '../../contract/ids.ts';
import type { ClientPath } from '../../contract/quality-report.ts';
import type { IceState } from '../../contract/reasons.ts';
import type { LineHearer } from '../../diagnosis/hearing.ts';
import type { Fact } from '../../facts.ts';
import type { ConnectionMedia } from '../../media/connection-media.ts';
import type { LineReadings, LineStats } from '../../media/line-watch.ts';
import { kindOf } from '../../media/publication.ts';
import { sampleOf } from '../../media/quality.ts';
import type { JoinMetrics } from './joins.ts';
import { networkOf, type QualityMetrics } from './quality.ts';

export interface LineMetrics extends Omit<LineHearer, 'measured'> {
  measured(connection: Pick<ConnectionMedia, 'ref' | 'ice'>, stats: LineStats, readings: LineReadings | null): void;
  heard(fact: Fact): void;
}

interface Known {
  protocol: 'udp' | 'tcp' | null;
  /** As the browser said last: only it knows of a relay. */
  client: ClientPath | null;
  /** Whether its media have found a way has been told. */
  isTold: boolean;
  measuredAt: Instant | null;
}

export function lineMetrics(quality: QualityMetrics, joins: JoinMetrics): LineMetrics {
  const lines = new Map<ConnectionId, Known>();
  const lineOf = (connectionId: ConnectionId): Known => {
    const line = lines.get(connectionId) ?? { protocol: null, client: null, isTold: false, measuredAt: null };
    lines.set(connectionId, line);
    return line;
  };
  const tellWay = (line: Known, ice: IceState) => {
    if (line.isTold || (ice !== 'connected' && ice !== 'failed')) return;
    line.isTold = true;
    joins.step('media', ice === 'connected' ? 'ok' : 'no-way');
  };
  return {
    measured({ ref: { connectionId }, ice }, { send, receive }, readings) {
      const line = lineOf(connectionId);
      tellWay(line, ice);
      // While nothing comes from a device its figures are old.
      if (readings === null) return;
      line.protocol = receive?.path?.protocol ?? send?.path?.protocol ?? line.protocol;
      const tracks = (send?.tracks ?? []).map(({ source, jitterMs }) => ({ kind: kindOf[source], jitterMs }));
      const { at } = readings.down;
      const forMs = line.measuredAt === null ? 0 : at - line.measuredAt;
      line.measuredAt = at;
      quality.measured(networkOf(line.protocol, line.client), { ...sampleOf(send, receive), tracks, forMs });
    },
    reported({ connectionId }, report) {
      const line = lineOf(connectionId);
      line.client = report.path;
      quality.reported(networkOf(line.protocol, line.client), report);
    },
    refused: () => undefined,
    heard(fact) {
      if (fact.type === 'connection-closed') lines.delete(fact.connectionId);
    },
  };
}
