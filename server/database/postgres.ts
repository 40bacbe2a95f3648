// How Kysely speaks to PostgreSQL here: through a few connections, none of which is waited for when it hangs.
import { Socket } from 'node:net';
import { PostgresDialect } from 'kysely';
import pg from 'pg';
import { DatabaseAway, noConnection } from './away.ts';
import type { Engine } from './engine.ts';
import { poolFigures, postgresBytes } from './figures.ts';
import { Pulse } from './pulse.ts';

const BIGINT = 20;
const MOST_CONNECTIONS = 10;
const MOST_READING = 4;

export interface Patience {
  /** For a connection. */
  readonly connectMs: number;
  /** For a row that another transaction holds; an import holds some for seconds. */
  readonly lockMs: number;
  /** How often it is asked for a sign of life, and how long that may take. */
  readonly pulseEveryMs: number;
  readonly pulseMs: number;
}

const usual: Patience = { connectMs: 5_000, lockMs: 30_000, pulseEveryMs: 2_000, pulseMs: 5_000 };

/** @param onIdleError told when a resting connection breaks, which the pool replaces, and when it hangs */
export function openPostgres(url: string, onIdleError: (error: Error) => void, isReadOnly: boolean, patience = usual): Engine {
  const sockets = new Set<Socket>();
  const stream = () => {
    const socket = new Socket();
    sockets.add(socket);
    return socket.once('close', () => sockets.delete(socket));
  };
  const common = { connectionString: url, connectionTimeoutMillis: patience.connectMs, stream };
  const pool = new pg.Pool({
    ...common,
    max: isReadOnly ? MOST_READING : MOST_CONNECTIONS,
    lock_timeout: patience.lockMs,
    // Who only reads takes one processor: the others are for those who wait for a class.
    ...(isReadOnly && { options: '-c default_transaction_read_only=on -c max_parallel_workers_per_gather=0' }),
    // pg hands bigint out as text, lest a number lose digits: ours are milliseconds and counts.
    // To compile a statement takes PostgreSQL far longer than to run one of ours, and it would do so wherever it overestimates the work, as after an import.
    // The pool waits for it, and gives up a connection that breaks meanwhile: one that Kysely lost here would be lost to the pool for good.
    verify: (client, done) => void client.query('set jit = off').then(() => done(), done),
    types: { getTypeParser: (oid: number, format?: 'text' | 'binary') => (oid === BIGINT ? Number : pg.types.getTypeParser(oid, format)) },
  });
  pool.on('error', onIdleError);
  // One that breaks while it is in use fails its query, and says so a second time: unheard, that would end the server.
  pool.on('connect', (client) => client.on('error', () => undefined));
  // What cannot even be connected to in time hangs, and must not look as if it refused.
  const life = signsOfLife({ ...common, connectionTimeoutMillis: 2 * patience.pulseMs });
  /** Whoever waits for an answer is told that there is none: what they wrote is held, or asked again. */
  const breakAll = () => {
    for (const socket of sockets) socket.destroy(new DatabaseAway());
  };
  const pulse = new Pulse({
    ...{ everyMs: patience.pulseEveryMs, withinMs: patience.pulseMs, ask: life.ask },
    hangs: () => {
      onIdleError(new Error(`PostgreSQL did not answer within ${patience.pulseMs / 1000} s: its connections were given up`));
      breakAll();
    },
  });
  const connect = () => {
    if (pulse.hangs) return Promise.reject(new DatabaseAway());
    return pool.connect().catch((error: unknown) => Promise.reject(noConnection(error)));
  };
  const end = async () => {
    pulse.close();
    // It may hang just now, and would not say good-bye.
    const timer = setTimeout(() => breakAll(), patience.connectMs);
    await Promise.all([life.close(), pool.end()]);
    clearTimeout(timer);
  };
  return {
    name: 'postgres',
    dialect: new PostgresDialect({ pool: { connect, end, options: pool.options }, controlClient: pg.Client }),
    holdWriting: (work) => work(),
    pool: () => poolFigures(pool),
    bytes: postgresBytes,
  };
}

/** A connection beside the pool's, which may all be in use. */
function signsOfLife(options: pg.ClientConfig) {
  let client: pg.Client | null = null;
  const open = async () => {
    const fresh = new pg.Client(options);
    fresh.on('error', () => forget(fresh));
    fresh.on('end', () => forget(fresh));
    client = fresh;
    await fresh.connect();
    return fresh;
  };
  const forget = (one: pg.Client) => {
    if (client === one) client = null;
  };
  return {
    async ask() {
      const asked = client ?? (await open());
      try {
        await asked.query('select 1');
      } catch (error) {
        forget(asked);
        throw error;
      }
    },
    async close() {
      const last = client;
      client = null;
      await last?.end().catch(() => undefined);
    },
  };
}
