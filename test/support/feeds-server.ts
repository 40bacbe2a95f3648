// A campus with its calendar feeds and printed weeks over HTTP, for tests; whoever asks shows the own id as token.
import { AuditService } from '../../server/audit/audit.service.ts';
import { AuditStore } from '../../server/audit/audit.store.ts';
import { CalendarStore } from '../../server/calendar/calendar.store.ts';
import type { OpenDatabase } from '../../server/database/open.ts';
import { createHttp, createWebServer } from '../../server/edge/http.ts';
import { Peers } from '../../server/edge/http-peer.ts';
import { RateLimit } from '../../server/edge/limits.ts';
import { feedHttp } from '../../server/feeds/feed.http.ts';
import { FeedService } from '../../server/feeds/feed.service.ts';
import { FeedStore } from '../../server/feeds/feed.store.ts';
import { PersonStore } from '../../server/identity/person.store.ts';
import type { Log } from '../../server/log.ts';
import { printHttp } from '../../server/print/print.http.ts';
import { PrintService } from '../../server/print/print.service.ts';
import { AgendaStore } from '../../server/timetable/agenda.store.ts';
import { fillCampus, startsAt } from './campus.ts';
import { FakeClock } from './fake-clock.ts';

export async function openFeedsServer({ db }: OpenDatabase, log: Log, failing?: () => boolean) {
  await fillCampus(db);
  const clock = new FakeClock(startsAt - 3_600_000);
  const people = new PersonStore(db);
  const agenda = new AgendaStore(db);
  const person = (id: string) => people.byId(id);
  const audit = new AuditService({ store: new AuditStore(db), clock });
  const timeZone = 'Asia/Almaty';
  const whole = {
    group: (id: string) => agenda.group(id),
    belongs: (...asked: Parameters<AgendaStore['belongs']>) => agenda.belongs(...asked),
    lessons: (...asked: Parameters<AgendaStore['lessons']>) =>
      failing?.() ? Promise.reject(new Error('The database is gone')) : agenda.lessons(...asked),
  };
  const feeds = new FeedService({ store: new FeedStore(db), agenda: whole, person, audit, clock, timeZone });
  const calendar = new CalendarStore(db);
  const print = new PrintService({ agenda, person, clock, timeZone, calendar: () => calendar.read() });
  const peers = new Peers([], 'https://class.example.edu');
  const http = createHttp({
    ...{ peers, log, clientDir: null, health: { database: () => Promise.resolve() } },
    personOfToken: async (token) => (await people.byId(token)) ?? null,
    routers: [
      feedHttp(feeds, {
        callerOf: (request) => ({ origin: peers.originFor(request), address: peers.of(request).address }),
        reads: new RateLimit(20, 600),
        misses: new RateLimit(30, 600),
      }),
      printHttp(print),
    ],
  });
  const server = createWebServer(http);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port');
  const base = `http://127.0.0.1:${address.port}`;
  return {
    ...{ base, clock },
    /** As a signed-in person, or null as nobody. */
    async ask(who: string | null, method: string, path: string, body?: unknown) {
      const answer = await fetch(base + path, {
        method,
        headers: { ...(who !== null && { authorization: `Bearer ${who}` }), 'content-type': 'application/json' },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      const text = await answer.text();
      const json: unknown = text === '' ? null : JSON.parse(text);
      return { status: answer.status, json };
    },
    close: () => new Promise((done) => server.close(done)),
  };
}
