// School days in minutes, one after the other: lessons begin, people drop, leave and come back, are recorded and end; what the server holds stays flat.
// npm run chaos -- soak --minutes=12 --seed=n --database=sqlite|postgres --json=file
import { stat, writeFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { sql } from 'kysely';
import type { Class } from './support/class.ts';
import { lostOf } from './support/ledger.ts';
import { sqliteFile } from './support/school.ts';
import { describe, type Point, slopeOf } from './support/slope.ts';
import { type DatabaseKind, World } from './support/world.ts';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '12' },
    seed: { type: 'string', default: '1' },
    database: { type: 'string', default: 'sqlite' },
    json: { type: 'string', default: 'soak.json' },
  },
});
const database: DatabaseKind = values.database === 'postgres' ? 'postgres' : 'sqlite';
const lessonsAtOnce = 4;
const lessonMs = 15_000;
const pauseMs = 3000;
/** The first ones fill what is filled once. */
const warmUpShare = 0.5;
/** A room that everybody left stays in memory for five minutes: before that the first ones are not gone. */
const warmUpMs = 330_000;
const leastPoints = 8;
/** Each of the server's two connections to a SQLite file keeps the pages that it has seen, until they are so many: the driver's own default. */
const pageCaches = { connections: 2, bytes: 16_000 * 1024 } as const;
/** What may be added for each lesson that was held, beyond what the points are spread by: no day would show it. */
const bounds = { heapBytes: 20_000, rssBytes: 60_000, handles: 0.05, databaseBytes: 600 } as const;

const began = performance.now();
const deadline = began + Number(values.minutes) * 60_000;
const most = Math.ceil((Number(values.minutes) * 60_000) / (lessonMs + pauseMs)) + 2;
const world = await World.open({ database, seed: Number(values.seed), lessons: most * lessonsAtOnce, students: 5 });
const points: (Point & { readonly afterMs: number; readonly lost: number })[] = [];
let held = 0;
let bytesBefore = await databaseBytes();
console.log('lessons  heap MB  RSS MB  handles  database KB per lesson  lost');
while (performance.now() < deadline) {
  const classes = Array.from({ length: lessonsAtOnce }, (_, index) => world.class(held + index));
  await holdLessons(classes);
  held += lessonsAtOnce;
  await wait(pauseMs);
  const level = await world.server.level();
  const lost = await world.look((db) => lostOf(db, classes));
  const bytes = await databaseBytes();
  const afterMs = Math.round(performance.now() - began);
  const point = { lessons: held, afterMs, ...level, databaseBytes: (bytes - bytesBefore) / lessonsAtOnce, lost: lost.length };
  bytesBefore = bytes;
  points.push(point);
  const figures = [held, (level.heapBytes / 1e6).toFixed(1), (level.rssBytes / 1e6).toFixed(0), level.handles];
  console.log([...figures, (point.databaseBytes / 1000).toFixed(1), lost.length].join('\t'));
  for (const what of lost.slice(0, 5)) console.log(`    BROKEN: ${what}`);
}
await world.close();

const steady = points.slice(Math.floor(points.length * warmUpShare)).filter(({ afterMs }) => afterMs > warmUpMs);
let isFlat = true;
for (const name of ['heapBytes', 'rssBytes', 'handles', 'databaseBytes'] as const) {
  const slope = slopeOf(steady, name);
  // Within its own spread it is not known to be more than nothing.
  const bound = bounds[name] + (name === 'rssBytes' ? cachedPerLesson() : 0);
  const isGrowing = steady.length >= leastPoints && slope.perLesson - 2 * slope.spread > bound;
  if (isGrowing) isFlat = false;
  console.log(`${name.padEnd(14)} ${describe(slope)} a lesson${isGrowing ? `   BROKEN: grows, by more than ${Math.round(bound)}` : ''}`);
}
if (steady.length < leastPoints) console.log('Too few lessons to judge a slope by: give it 12 minutes and more');
const lost = points.reduce((sum, point) => sum + point.lost, 0);
console.log(`${held} lessons, ${lost} acknowledged things lost`);
await writeFile(values.json, `${JSON.stringify({ seed: values.seed, database, points }, null, 2)}\n`);
process.exit(isFlat && lost === 0 ? 0 : 1);

async function holdLessons(classes: readonly Class[]): Promise<void> {
  await Promise.all(classes.map((one) => one.begin()));
  await classes[0]?.teacher.ask('recording:start', {});
  const until = performance.now() + lessonMs;
  while (performance.now() < until) {
    const one = classes[world.random.below(classes.length)];
    const student = one?.students[world.random.below(one.students.length)];
    // Lines break all day long.
    if (student?.isIn === true) student.socket.io.engine.close();
    await wait(700);
  }
  await Promise.all(classes.map((one) => one.rest()));
  // Most are ended for all, out of the others everybody goes.
  await Promise.all(classes.map((one, index) => (index > 0 ? one.teacher.ask('room:end', {}) : null)));
  await Promise.all(classes.map((one) => one.end()));
}

/** Of the pages that each lesson adds to the database, as long as the caches are not full. */
function cachedPerLesson(): number {
  if (database !== 'sqlite' || bytesBefore > pageCaches.bytes) return 0;
  return pageCaches.connections * slopeOf(steady, 'databaseBytes').mean;
}

async function databaseBytes(): Promise<number> {
  if (database === 'sqlite') {
    const path = sqliteFile(world.dataDir);
    const used = await world.look((db) =>
      sql<{
        bytes: number;
      }>`select (select page_count from pragma_page_count()) * (select page_size from pragma_page_size()) as bytes`.execute(db),
    );
    return used.rows[0]?.bytes ?? (await stat(path)).size;
  }
  const used = await world.look((db) => sql<{ bytes: number }>`select pg_database_size(current_database()) as bytes`.execute(db));
  return Number(used.rows[0]?.bytes ?? 0);
}
