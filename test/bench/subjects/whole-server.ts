// The whole server on a university of its own that has lessons running now; says where it listens, and ends when its parent hangs up.
import { join } from 'node:path';
import { z } from 'zod';
import { Config } from '../../../config/schema.ts';
import { openApp } from '../../../server/app.ts';
import { openDatabase } from '../../../server/database/open.ts';
import { fillUniversity } from './university.ts';

const { rooms, perRoom, workers, viewersPerCore, dataDir } = z
  .object({ rooms: z.number(), perRoom: z.number(), workers: z.number(), viewersPerCore: z.number(), dataDir: z.string() })
  .parse(JSON.parse(process.argv[2] ?? '{}'));

const database = await openDatabase(join(dataDir, 'auditoria.sqlite'));
await fillUniversity(database.db, rooms, perRoom, Date.now());
await database.close();

// Cores are filled on purpose: what is measured is what all of it costs, so nothing may be left out.
const config = Config.parse({
  dataDir,
  port: 0,
  logLevel: 'warn',
  media: { workers, portBase: 0, listenIp: '127.0.0.1' },
  capacity: { viewersPerCore, relief: false },
});
const app = await openApp(config, { clientDir: null });
process.send?.({ url: app.url });

process.once('disconnect', async () => {
  await app.close('server-stopped');
  process.exit(0);
});
