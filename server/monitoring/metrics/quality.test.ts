// How the quality of lines is told: by network, direction and kind, and only of what flows. Rule Y9.
import { expect, test } from 'vitest';
import { ConnectionId, LessonId, ParticipantId, PersonId, TrackId } from '../../contract/ids.ts';
import type { QualityReport } from '../../contract/quality-report.ts';
import type { TransportStats } from '../../ports/media.ts';
import { Metrics } from './metrics.ts';
import { nothingRead } from './testing.ts';

const ref = {
  lessonId: LessonId.parse('lesson'),
  personId: PersonId.parse('person'),
  participantId: ParticipantId.parse('participant'),
  connectionId: ConnectionId.parse('connection'),
};

const readings = {
  down: { at: 1, loss: 0, roundTripMs: 40, availableBps: null, sentBps: 1 },
  up: { at: 1, loss: 0, roundTripMs: null, availableBps: null, sentBps: 1 },
};

function stats(changes: Partial<TransportStats>): TransportStats {
  return {
    ...{ bytesIn: 1, bytesOut: 1, packetsIn: 1, packetsLostIn: 0, bpsIn: 0, bpsOut: 0, lossIn: 0, lossOut: 0, roundTripMs: null },
    ...{ availableBps: null, worker: 1, path: null, tracks: [] },
    ...changes,
  };
}

const udp = { protocol: 'udp', remoteAddress: '192.0.2.1' } as const;
const report: QualityReport = {
  ofMs: 10_000,
  path: { candidate: 'relay', protocol: 'tls', network: 'wifi' },
  heard: { concealed: 0.15, jitterMs: 30 },
  seen: { freezes: 2, frozenMs: 1000, pictures: 1, height: 360, fps: 15 },
  sent: { limitedBy: 'cpu', height: 180, fps: 10 },
};

async function told(metrics: Metrics): Promise<string[]> {
  return (await metrics.text(nothingRead)).split('\n');
}

test('Y9 a line is told by the way that it takes, and a direction in which nothing flows is not', async () => {
  const metrics = new Metrics('1');
  const send = stats({
    ...{ bpsIn: 30_000, lossIn: 0.03, path: udp },
    tracks: [{ trackId: TrackId.parse('t'), source: 'microphone', bytes: 1, smallestBytes: 1, packets: 1, score: 10, jitterMs: 4 }],
  });
  metrics.lines.measured({ ref, ice: 'connected' }, { send, receive: stats({ path: udp, roundTripMs: 40 }) }, readings);
  const lines = await told(metrics);
  for (const line of [
    'auditoria_line_loss_ratio_bucket{le="0.02",direction="up",network="udp"} 0',
    'auditoria_line_loss_ratio_bucket{le="0.05",direction="up",network="udp"} 1',
    'auditoria_line_round_trip_seconds_bucket{le="0.05",network="udp"} 1',
    'auditoria_jitter_seconds_count{direction="up",kind="audio",network="udp"} 1',
  ])
    expect(lines).toContain(line);
  expect(lines.join()).not.toContain('direction="down"');
});

test('Y9 whose browser tells of a relay is counted under it, until the connection is closed', async () => {
  const metrics = new Metrics('1');
  const receive = stats({ bpsOut: 500_000, lossOut: 0.01, path: udp });
  metrics.lines.reported(ref, report);
  metrics.lines.measured({ ref, ice: 'connected' }, { send: null, receive }, readings);
  metrics.lines.heard({ type: 'connection-closed', ...ref, at: 1, reason: 'left', beside: null });
  metrics.lines.measured({ ref, ice: 'connected' }, { send: null, receive }, readings);
  const lines = await told(metrics);
  for (const line of [
    'auditoria_line_loss_ratio_count{direction="down",network="relay"} 1',
    'auditoria_line_loss_ratio_count{direction="down",network="udp"} 1',
    'auditoria_concealed_ratio_bucket{le="0.1",network="relay"} 0',
    'auditoria_concealed_ratio_bucket{le="0.2",network="relay"} 1',
    'auditoria_frozen_ratio_bucket{le="0.1",network="relay"} 1',
    'auditoria_freezes_total{network="relay"} 2',
    'auditoria_sent_reports_total{limited_by="cpu"} 1',
    'auditoria_jitter_seconds_count{direction="down",kind="audio",network="relay"} 1',
  ])
    expect(lines).toContain(line);
});

test('Y5 whether media found a way is told once for each connection', async () => {
  const metrics = new Metrics('1');
  const nothing = { send: null, receive: null };
  for (const ice of ['none', 'new', 'failed', 'connected'] as const) metrics.lines.measured({ ref, ice }, nothing, null);
  const other = { ...ref, connectionId: ConnectionId.parse('other') };
  for (const ice of ['connected', 'disconnected', 'failed'] as const) metrics.lines.measured({ ref: other, ice }, nothing, null);
  const lines = await told(metrics);
  expect(lines).toContain('auditoria_joins_total{step="media",outcome="no-way"} 1');
  expect(lines).toContain('auditoria_joins_total{step="media",outcome="ok"} 1');
});

test('Y9 of a device from which nothing comes nothing is told', async () => {
  const metrics = new Metrics('1');
  metrics.lines.measured({ ref, ice: 'connected' }, { send: null, receive: stats({ bpsOut: 1 }) }, null);
  expect((await told(metrics)).filter((line) => line.startsWith('auditoria_line_loss_ratio_count'))).toEqual([]);
});

test('Y9 a report counts for the time that it stands for, so that who is well and tells of it less often counts as much', async () => {
  const metrics = new Metrics('1');
  const well = { ...report, heard: { concealed: 0, jitterMs: 4 } };
  for (const ofMs of [0, 10_000, 30_000, 120_000]) metrics.lines.reported(ref, { ...well, ofMs });
  const lines = await told(metrics);
  expect(lines).toContain('auditoria_concealed_ratio_count{network="relay"} 8');
  expect(lines).toContain('auditoria_frozen_ratio_count{network="relay"} 8');
  expect(lines).toContain('auditoria_sent_reports_total{limited_by="cpu"} 8');
  expect(lines).toContain('auditoria_freezes_total{network="relay"} 8');
});

test('Y9 a measurement counts for the time since the one before, so that lines in trouble, looked at more often, count no more than others', async () => {
  const metrics = new Metrics('1');
  const receive = stats({ bpsOut: 500_000, path: udp });
  for (const at of [1_000, 8_500, 11_000, 300_000])
    metrics.lines.measured({ ref, ice: 'connected' }, { send: null, receive }, { ...readings, down: { ...readings.down, at } });
  expect(await told(metrics)).toContain('auditoria_line_loss_ratio_count{direction="down",network="udp"} 17');
});
