// Measures what the situation centre's board costs a server with hundreds of lessons at once, and those who look at it, now and at a whole week.
// npm run bench situation -- [--lessons=400] [--students=25] [--minutes=15] [--viewers=20]
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setImmediate } from 'node:timers/promises';
import { Config } from '../../config/schema.ts';
import { openSituation } from '../../server/app-situation.ts';
import type { Person } from '../../server/contract/identity.ts';
import { PersonId } from '../../server/contract/ids.ts';
import { openDatabase } from '../../server/database/open.ts';
import { createHttp } from '../../server/edge/http.ts';
import { Peers } from '../../server/edge/http-peer.ts';
import { type Fact, FactBus, type TimetableFact } from '../../server/facts.ts';
import { openLog } from '../../server/log.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { arrivals, fillWeek, speech } from './situation/campus.ts';
import { atMost, told } from './table/row.ts';
import { runBench } from './table/run.ts';

const minuteMs = 60_000;
const pollMs = 5_000;
const speechMs = 2_000;
const startsAt = Date.parse('2026-09-12T12:00:00+05:00');
const days = 5;
const slotsOfDay = 8;
/** Of one core, in per cent: all monitoring together may take three. */
const goalPercent = 1;

const unlimited = { burst: 1e9, perSecond: 1e9 };
const observer: Person = {
  ...{ id: PersonId.parse('observer'), signInName: 'observer', displayName: 'Observer', email: null, language: null },
  ...{ roles: ['observer'], disabled: false },
};
const unheard = <F extends { readonly type: string }>() =>
  new FactBus<F>((_name, _fact, error) => {
    throw error;
  });

await runBench('situation', ['lessons', 'students', 'minutes', 'viewers'], async ({ number }) => {
  const lessons = number('lessons', 400, 100);
  const students = number('students', 25, 10);
  const minutes = number('minutes', 15, 3);
  const viewers = number('viewers', 20, 5);
  const folder = await mkdtemp(join(tmpdir(), 'auditoria-situation-'));
  const { db, close } = await openDatabase(join(folder, 'test.sqlite'));
  await fillWeek(db, { lessons, students, days, slotsOfDay }, startsAt);
  const clock = new FakeClock(startsAt - 10 * minuteMs);
  const [rooms, plan] = [unheard<Fact>(), unheard<TimetableFact>()];
  const log = openLog({ level: 'error', format: 'text' });
  const config = Config.parse({});
  const audit = { record: () => Promise.resolve() };
  const situation = openSituation({ ...{ config, db, clock, log, audit }, aliveAt: () => Promise.resolve(null) });
  situation.listen(rooms, plan);
  await situation.start();
  const http = createServer(
    createHttp({
      ...{ peers: new Peers([], null), personOfToken: () => Promise.resolve(observer), routers: situation.routers, log, clientDir: null },
      ...{
        health: { database: () => Promise.resolve() },
        limits: { perAddress: unlimited, perPerson: unlimited, strangersPerAddress: unlimited },
      },
    }),
  );
  await new Promise<void>((listening) => http.listen(0, '127.0.0.1', listening));
  const address = http.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port');
  const ask = async (path: string, etag = ''): Promise<{ readonly etag: string; readonly bytes: number; readonly status: number }> => {
    const headers = { authorization: 'Bearer x', ...(etag !== '' && { 'if-none-match': etag }) };
    const answer = await fetch(`http://127.0.0.1:${address.port}/api/situation${path}`, { headers });
    if (answer.status >= 400) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return { etag: answer.headers.get('etag') ?? '', bytes: (await answer.arrayBuffer()).byteLength, status: answer.status };
  };

  const all = Array.from({ length: lessons }, (_, index) => index);
  const delay = monitorEventLoopDelay({ resolution: 1 });
  /** The class comes in over ten minutes, and the bell rings; then somebody speaks, and stops, in every class. */
  const watched = await cpuOf(async () => {
    delay.enable();
    for (const lesson of all) {
      clock.advance((10 * minuteMs) / lessons);
      rooms.publish(arrivals(lesson, students, clock.now()));
      await setImmediate();
    }
    for (let at = 0; at < minutes * minuteMs; at += speechMs) {
      clock.advance(speechMs);
      for (const lesson of all) if (lesson % 3 !== 0) rooms.publish([speech(lesson, (at / speechMs) % 2 === 0, clock.now())]);
      await setImmediate();
    }
    delay.disable();
  });
  const spanMs = (10 + minutes) * minuteMs;

  /** Once nothing changes between two looks, and once something always does. */
  const looks = (minutes * minuteMs) / pollMs;
  const looking = async (changes: boolean) =>
    cpuOf(async () => {
      let etag = '';
      for (let look = 0; look < looks; look += 1) {
        if (changes) {
          clock.advance(1000);
          rooms.publish(arrivals(look % lessons, 1, clock.now()));
        }
        for (let viewer = 0; viewer < viewers; viewer += 1) etag = (await ask('', changes && viewer === 0 ? '' : etag)).etag;
      }
    });
  const first = await ask('');
  const [still, busy] = [await looking(false), await looking(true)];
  const slot = await cpuOf(() => ask(`?at=${startsAt - 24 * 60 * minuteMs + minuteMs}`));
  delay.reset();
  delay.enable();
  const week = await cpuOf(() => ask('/summary?from=2026-09-07&to=2026-09-13'));
  delay.disable();
  const name = `board of ${lessons} lessons with ${lessons * students} people`;
  const share = (cpuMs: number, ofMs: number) => (cpuMs / ofMs) * 100;
  const rows = [
    atMost(`${name}: watching them`, share(watched, spanMs), '% of a core', goalPercent),
    told(`${name}: ${viewers} look at it while nothing changes`, share(still, minutes * minuteMs), '% of a core', {
      note: 'client and server in one process',
    }),
    told(`${name}: ${viewers} look at it while something always changes`, share(busy, minutes * minuteMs), '% of a core', {
      note: 'client and server in one process',
    }),
    told(`${name}: an answer`, first.bytes / 1024, 'kB', { note: 'as JSON, before compression' }),
    told(`${name}: a slot of the past`, slot, 'ms of the processor'),
    told(`a week of ${lessons * (days * slotsOfDay + 1)} lessons, summed up`, week, 'ms of the processor'),
    told('… and the longest that everything else waits for it', delay.max / 1e6, 'ms'),
  ];
  await new Promise((closed) => http.close(closed));
  await situation.close();
  await close();
  await rm(folder, { recursive: true, force: true });
  return rows;
});

async function cpuOf(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
