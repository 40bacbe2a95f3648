// For tests: readings of a server on which nothing happens.
import type { Readings } from './metrics.ts';

export const nothingRead: Readings = {
  sockets: 0,
  rooms: { rooms: 0, participants: { here: 0, dropped: 0, waiting: 0 } },
  workers: { wanted: 1, capacity: { overall: 'none', workers: [], roomsPressed: 0 } },
  traffic: { bytesIn: 0, bytesOut: 0, packetsIn: 0, packetsLostIn: 0, bpsIn: 0, bpsOut: 0, lossShare: 0 },
  recorder: { recording: 0, paused: 0, space: { level: 'ample', freeBytes: 1, totalBytes: 2 } },
  records: { outbox: [], historyLost: 0, holding: { count: 0, isStuck: false, awaySeconds: 0 } },
  database: { pool: { open: 1, idle: 1, most: 10, waiting: 0 }, bytes: 1 },
  machine: { disk: { freeBytes: 1, totalBytes: 2 }, certificateEndsAt: null },
  board: { states: {}, troubles: {} },
};
