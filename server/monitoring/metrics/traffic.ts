// What flows between people and the server, over all lines.
import type { Traffic } from '../../media/line-watch.ts';
import { followAll, type Instruments } from './instruments.ts';

export interface TrafficMetrics {
  set(traffic: Traffic): void;
}

export function trafficMetrics(instruments: Instruments): TrafficMetrics {
  const sums = [
    [instruments.counter('rtp_received_bytes_total', 'Bytes of media received from people'), 'bytesIn'],
    [instruments.counter('rtp_sent_bytes_total', 'Bytes of media sent to people'), 'bytesOut'],
    [instruments.counter('rtp_received_packets_total', 'RTP packets received from people'), 'packetsIn'],
    [instruments.counter('rtp_lost_packets_total', 'RTP packets that people sent and the server never got'), 'packetsLostIn'],
  ] as const;
  const loss = instruments.gauge('rtp_loss_share', 'Mean loss over all lines that carry something, 0 to 1');
  return {
    set(traffic) {
      for (const [counter, sum] of sums) followAll(counter, [[{}, traffic[sum]]]);
      loss.set(traffic.lossShare);
    },
  };
}
