// The whole server on an empty disk with one lesson that runs now and is being recorded by somebody else's recorder: it serves those who look back.
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Config } from '../../../config/schema.ts';
import { openApp } from '../../../server/app.ts';
import { RecordingId } from '../../../server/contract/ids.ts';
import { openDatabase } from '../../../server/database/open.ts';
import { hashOfToken } from '../../../server/identity/token-hash.ts';
import { RecordingStore } from '../../../server/recording/recording.store.ts';
import { fillCampus, lessonId, studentId, teacherId } from '../../support/campus.ts';
import { FakeMedia } from '../../support/fake-media.ts';

const students = Number(process.argv[2] ?? 200);
const dataDir = await mkdtemp(join(tmpdir(), 'auditoria-bench-rewind-'));
const database = await openDatabase(join(dataDir, 'auditoria.sqlite'));
await fillCampus(database.db, { students });
const now = Date.now();
await database.db
  .updateTable('lesson')
  .set({ starts_at: now - 60_000, ends_at: now + 50 * 60_000 })
  .execute();
// Who shows the own id is signed in.
const tokens = Array.from({ length: students }, (_, index) => studentId(index + 1));
const times = { created_at: now, last_seen_at: now, expires_at: now + 86_400_000 };
await database.db
  .insertInto('session')
  .values(tokens.map((id) => ({ token_hash: hashOfToken(id), person_id: id, ...times, user_agent: 'bench', address: '127.0.0.1' })))
  .execute();
const root = join(dataDir, 'recordings');
await mkdir(root);

const app = await openApp(Config.parse({ dataDir, port: 0, logLevel: 'error' }), { clientDir: null, media: new FakeMedia() });
// Only now: at its start the server would take it for one that a crash left behind.
const id = RecordingId.parse('recording-0');
const recordings = new RecordingStore(database.db);
await recordings.add({ id, lessonId, startedAt: now, startedBy: teacherId, directory: id });
process.send?.({ url: app.url, root, tokens });

// What a server records itself it knows by heart; of what another wrote it knows by heart what has ended.
process.once('message', async () => {
  await recordings.end(id, Date.now(), 'stopped', 1);
  process.send?.({ ended: true });
});

process.once('disconnect', async () => {
  await app.close('server-stopped');
  await database.close();
  await rm(dataDir, { recursive: true, force: true });
  process.exit(0);
});
