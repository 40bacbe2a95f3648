// Builds what holds on the local disk what the database cannot take, and has what an earlier run held written before anything else is built.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Kysely } from 'kysely';
import type { Config } from '../config/schema.ts';
import { ChatStore } from './chat/chat.store.ts';
import type { Database } from './database/tables.ts';
import { HeldFile } from './holding/held-file.ts';
import { HoldingService } from './holding/holding.service.ts';
import type { Log } from './log.ts';
import type { Clock } from './ports/clock.ts';
import { RecordingStore } from './recording/recording.store.ts';
import { RoomStore } from './room/room.store.ts';
import { type AlsoWrite, TraceStore } from './trace/trace.store.ts';

/** About 50,000 entries of the trace. */
const reservedBytes = 16 * 1_048_576;

interface Parts {
  readonly config: Pick<Config, 'dataDir' | 'retention'>;
  readonly db: Kysely<Database>;
  readonly clock: Clock;
  readonly log: Log;
  readonly alsoWrite: AlsoWrite | undefined;
}

/** Rejects when the database does not take what is held: a server that began without it would tell half of what was. */
export async function openHolding({ config, db, clock, log, alsoWrite }: Parts): Promise<HoldingService> {
  await mkdir(config.dataDir, { recursive: true, mode: 0o700 });
  const { file, lines } = await HeldFile.open(join(config.dataDir, 'held-for-database.jsonl'), reservedBytes);
  const holding = new HoldingService({ file, lines, clock, log, refusedDays: config.retention.refusedDays });
  // Each says how what it held is written. The rooms and the recordings build their own later, which say the same.
  new TraceStore(db, { alsoWrite, holding });
  new RoomStore(db, holding);
  new ChatStore(db, holding);
  new RecordingStore(db, holding);
  await holding.start();
  return holding;
}
