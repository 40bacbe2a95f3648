// From what is measured of people's lines, and reported by their browsers, to the metrics of quality.
import type { ConnectionId } from '../../contract/ids.ts';
import type { ClientPath } from '../../contract/quality-report.ts';
import type { LineHearer } from '../../diagnosis/hearing.ts';
import type { Fact } from '../../facts.ts';
import type { ConnectionMedia } from '../../media/connection-media.ts';
import type { LineReadings, LineStats } from '../../media/line-watch.ts';
import { kindOf } from '../../media/publication.ts';
import { sampleOf } from '../../media/quality.ts';
import { networkOf, type QualityMetrics } from './quality.ts';

export interface LineMetrics extends Omit<LineHearer, 'measured'> {
  measured(connection: Pick<ConnectionMedia, 'ref'>, stats: LineStats, readings: LineReadings | null): void;
  heard(fact: Fact): void;
}

export function lineMetrics(quality: QualityMetrics): LineMetrics {
  /** As each browser said last: only it knows of a relay. */
  const ways = new Map<ConnectionId, { readonly protocol: 'udp' | 'tcp' | null; readonly client: ClientPath | null }>();
  const wayOf = (connectionId: ConnectionId) => ways.get(connectionId) ?? { protocol: null, client: null };
  return {
    measured({ ref: { connectionId } }, { send, receive }, readings) {
      // While nothing comes from a device its figures are old.
      if (readings === null) return;
      const { client, protocol: before } = wayOf(connectionId);
      const protocol = receive?.path?.protocol ?? send?.path?.protocol ?? before;
      ways.set(connectionId, { protocol, client });
      const tracks = (send?.tracks ?? []).map(({ source, jitterMs }) => ({ kind: kindOf[source], jitterMs }));
      quality.measured(networkOf(protocol, client), { ...sampleOf(send, receive), tracks });
    },
    reported({ connectionId }, report) {
      const { protocol } = wayOf(connectionId);
      ways.set(connectionId, { protocol, client: report.path });
      quality.reported(networkOf(protocol, report.path), report);
    },
    refused: () => undefined,
    heard(fact) {
      if (fact.type === 'connection-closed') ways.delete(fact.connectionId);
    },
  };
}
