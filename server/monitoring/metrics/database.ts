// The database: how many queries, how many failed, how long they took; who waits for a connection; how large it is.
import type { DatabaseFigures } from '../../database/figures.ts';
import { type HeardQuery, queryKinds } from '../../database/heard.ts';
import { type Instruments, setAll } from './instruments.ts';

export interface DatabaseMetrics {
  heard(query: HeardQuery): void;
  /** Null while it cannot be asked. */
  set(reading: DatabaseFigures | null): void;
}

const querySeconds = [0.0005, 0.002, 0.01, 0.05, 0.2, 1, 5];

export function databaseMetrics(instruments: Instruments): DatabaseMetrics {
  const seconds = instruments.histogram('database_query_seconds', 'Time that a query took', querySeconds, ['kind']);
  const errors = instruments.counter(
    'database_errors_total',
    'Queries that failed: refused by a rule of the tables, or because the database is away',
    ['kind', 'outcome'],
  );
  for (const kind of queryKinds) for (const outcome of ['refused', 'away'] as const) errors.inc({ kind, outcome }, 0);
  const connections = instruments.gauge('database_connections', 'Connections to the database: in use, at rest', ['state']);
  const most = instruments.gauge('database_connections_most', 'How many connections there may be');
  const waiting = instruments.gauge('database_waiting', 'Those who wait for a connection');
  const bytes = instruments.gauge('database_bytes', 'Size of the database');
  return {
    heard({ kind, outcome, durationMs }) {
      seconds.observe({ kind }, durationMs / 1000);
      if (outcome !== 'ok') errors.inc({ kind, outcome });
    },
    set(reading) {
      if (reading === null) return;
      const { pool, bytes: size } = reading;
      setAll(connections, [
        [{ state: 'used' }, pool.open - pool.idle],
        [{ state: 'idle' }, pool.idle],
      ]);
      most.set(pool.most);
      waiting.set(pool.waiting);
      if (size !== null) bytes.set(size);
    },
  };
}
