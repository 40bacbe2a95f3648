// The whole server with so many classes that run now, media made up; says where it listens, hands out tokens, and how long its event loop stood still.
import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Config } from '../../../config/schema.ts';
import { systemClock } from '../../../server/adapters/system-clock.ts';
import { openApp } from '../../../server/app.ts';
import { LessonId } from '../../../server/contract/ids.ts';
import { openDatabase } from '../../../server/database/open.ts';
import { secretKey } from '../../../server/identity/secrets.ts';
import { Tokens } from '../../../server/identity/tokens.ts';
import { fillCampus, openRules, studentId, teacherId } from '../../support/campus.ts';
import { FakeMedia } from '../../support/fake-media.ts';
import { fillTerm } from '../records/fill.ts';

const [url = '', classes = '40', perClass = '25', judged = '0'] = process.argv.slice(2);
const dataDir = await mkdtemp(join(tmpdir(), 'auditoria-bench-'));
const where = url === '' ? join(dataDir, 'auditoria.sqlite') : url;
const now = Date.now();
const students = Number(classes) * Number(perClass);
const lessons = Array.from({ length: Number(classes) }, (_, index) => LessonId.parse(`class${index + 1}`));

const database = await openDatabase(where);
await fillCampus(database.db, { students: Math.max(1, students) });
for (const id of lessons) {
  await database.db
    .insertInto('lesson')
    .values({
      ...{ id, course_id: 'course', kind: 'laboratory', title: 'Diffraction', starts_at: now - 60_000, ends_at: now + 3 * 3_600_000 },
      ...{ extended_to: null, ended_at: null, cancelled: 0, teacher_id: teacherId, rules: JSON.stringify({ ...openRules, capacity: 500 }) },
      ...{ guest_link_hash: null, guest_link: null, created_by: null, created_at: now },
    })
    .execute();
  await database.db.insertInto('lesson_group').values({ lesson_id: id, group_id: 'group' }).execute();
}
await database.db
  .insertInto('person')
  .values({
    ...{
      id: 'admin',
      sign_in_name: 'admin',
      display_name: 'Administrator',
      sort_key: '',
      search_text: 'administrator',
      email: null,
      language: null,
    },
    ...{ roles: '["administrator"]', password_hash: null, disabled: 0, created_at: now, second_factor_exempt: 1 },
  })
  .execute();
if (Number(judged) > 0) {
  const began = performance.now();
  const { lessons: held, results } = await fillTerm(database, Number(judged), now);
  console.log(
    `${database.dialect}: a term of ${held} lessons and ${results} results filled in ${((performance.now() - began) / 1000).toFixed(1)} s`,
  );
}
await database.close();

/** A session for whoever is named, as signing in would make it. */
async function sessionOf(externalIdOrId: string): Promise<string> {
  const token = randomBytes(32).toString('base64url');
  const { db, close } = await openDatabase(where);
  const { id } = await db
    .selectFrom('person')
    .select('id')
    .where((eb) => eb.or([eb('external_id', '=', externalIdOrId), eb('id', '=', externalIdOrId)]))
    .executeTakeFirstOrThrow();
  const times = { created_at: now, last_seen_at: Date.now(), expires_at: now + 24 * 3_600_000 };
  const token_hash = createHash('sha256').update(token).digest('hex');
  await db
    .insertInto('session')
    .values({ token_hash, person_id: id, ...times, user_agent: 'bench', address: '127.0.0.1' })
    .execute();
  await close();
  return token;
}

const config = Config.parse({ dataDir, port: 0, logLevel: 'error', ...(url !== '' && { databaseUrl: url }) });
const app = await openApp(config, { clientDir: null, media: new FakeMedia() });
const tokens = new Tokens({ key: secretKey(dataDir, 'tokens'), clock: systemClock });
const stalls = monitorEventLoopDelay({ resolution: 2 });
stalls.enable();

process.on('message', async (asked: { readonly what: string; readonly who?: string }) => {
  if (asked.what === 'session') process.send?.({ what: 'session', token: await sessionOf(asked.who ?? '') });
  if (asked.what === 'stalls') {
    process.send?.({ what: 'stalls', longestMs: stalls.max / 1e6 });
    stalls.reset();
  }
});
process.send?.({
  what: 'started',
  url: app.url,
  admin: await sessionOf('admin'),
  students: lessons.flatMap((lessonId, index) =>
    Array.from({ length: Number(perClass) }, (_, place) => {
      const personId = studentId(index * Number(perClass) + place + 1);
      return tokens.roomToken({ personId, lessonId, name: `Name of ${personId}`, guest: false });
    }),
  ),
});
process.once('disconnect', async () => {
  await app.close('server-stopped');
  await rm(dataDir, { recursive: true, force: true });
  process.exit(0);
});
