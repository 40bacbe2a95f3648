// How busy the database's connections are, and how large it is.
import { stat } from 'node:fs/promises';
import { type Kysely, sql } from 'kysely';
import type { Pool } from 'pg';
import type { Database } from './tables.ts';

export interface PoolFigures {
  readonly open: number;
  readonly idle: number;
  readonly most: number;
  /** Who has to wait for one. SQLite has one that writes: those who wait for their turn. */
  readonly waiting: number;
}

export interface DatabaseFigures {
  readonly pool: PoolFigures;
  /** Null while it cannot be measured. */
  readonly bytes: number | null;
}

export function poolFigures({ totalCount, idleCount, waitingCount, options }: Pool): PoolFigures {
  return { open: totalCount, idle: idleCount, most: options.max ?? totalCount, waiting: waitingCount };
}

/** With what was written and is not in the file itself yet. */
export async function fileBytes(path: string): Promise<number> {
  const sizes = await Promise.all(
    [path, `${path}-wal`].map((file) =>
      stat(file).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

export async function postgresBytes(db: Kysely<Database>): Promise<number> {
  const { rows } = await sql<{ bytes: number }>`select pg_database_size(current_database()) as bytes`.execute(db);
  return Number(rows[0]?.bytes ?? 0);
}
