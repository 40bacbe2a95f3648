// The whole server on an empty disk with one lesson that runs now; says where it listens and hands out room tokens.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Config } from '../../../config/schema.ts';
import { systemClock } from '../../../server/adapters/system-clock.ts';
import { openApp } from '../../../server/app.ts';
import { openDatabase } from '../../../server/database/open.ts';
import { secretKey } from '../../../server/identity/secrets.ts';
import { Tokens } from '../../../server/identity/tokens.ts';
import { fillCampus, lessonId, studentId, teacherId } from '../../support/campus.ts';

const students = Number(process.argv[2] ?? 200);
const dataDir = await mkdtemp(join(tmpdir(), 'auditoria-bench-'));
const database = await openDatabase(join(dataDir, 'auditoria.sqlite'));
await fillCampus(database.db, { students, rules: { capacity: students + 10 } });
const startsAt = Date.now() - 60_000;
await database.db
  .updateTable('lesson')
  .set({ starts_at: startsAt, ends_at: startsAt + 50 * 60_000 })
  .execute();
await database.close();

const config = Config.parse({ dataDir, port: 0, logLevel: 'error', media: { workers: 1, portBase: 0 } });
const app = await openApp(config, { clientDir: null });
const tokens = new Tokens({ key: secretKey(dataDir, 'tokens'), clock: systemClock });
const token = (personId: typeof teacherId) => tokens.roomToken({ personId, lessonId, name: `Name of ${personId}`, guest: false });
process.send?.({
  url: app.url,
  teacher: token(teacherId),
  students: Array.from({ length: students }, (_, index) => token(studentId(index + 1))),
});

process.once('disconnect', async () => {
  await app.close('server-stopped');
  await rm(dataDir, { recursive: true, force: true });
  process.exit(0);
});
