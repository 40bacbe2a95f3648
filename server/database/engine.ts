// What each kind of database gives to whoever opens it.
import type { Dialect, Kysely } from 'kysely';
import type { PoolFigures } from './figures.ts';
import type { Database } from './tables.ts';

export interface Engine {
  readonly name: 'sqlite' | 'postgres';
  readonly dialect: Dialect;
  /** On SQLite nothing of this process is written while `work` runs, so that another thread can write; PostgreSQL needs no such thing. */
  holdWriting<T>(work: () => Promise<T>): Promise<T>;
  pool(): PoolFigures;
  bytes(db: Kysely<Database>): Promise<number>;
}
