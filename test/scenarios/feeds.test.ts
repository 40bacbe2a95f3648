// Calendar feeds over HTTP on each database: who may have one, what it holds, and when its link no longer works.

import { get } from 'node:http';
import { Writable } from 'node:stream';
import type { Kysely } from 'kysely';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Feed, Feeds } from '../../server/contract/feeds.ts';
import type { Database } from '../../server/database/tables.ts';
import { readCalendar } from '../../server/ical/read-calendar.ts';
import { eachDatabase } from '../contract/databases.ts';
import { assistantId, endsAt, lessonId, observerId, startsAt, strangerId, studentId, teacherId } from '../support/campus.ts';
import { openFeedsServer } from '../support/feeds-server.ts';

const weekMs = 7 * 86_400_000;
const span = { from: startsAt - weekMs, to: startsAt + 100 * weekMs, timeZone: 'Asia/Almaty' };

eachDatabase((_name, open) => {
  let server: Awaited<ReturnType<typeof openFeedsServer>>;
  let db: Kysely<Database>;
  let failing = false;
  const logged: string[] = [];

  beforeAll(async () => {
    const database = await open();
    db = database.db;
    const sink = new Writable({
      write(chunk: Buffer, _encoding, done) {
        logged.push(chunk.toString());
        done();
      },
    });
    server = await openFeedsServer(database, pino({ level: 'debug' }, sink), () => failing);
  });
  afterAll(() => server.close());

  const make = async (who: string, body: object) => Feed.parse((await server.ask(who, 'POST', '/api/feeds', body)).json);
  const own = (who: string, language = 'kk') => make(who, { of: 'person', language });
  const pathOf = (feed: Feed) => new URL(feed.url).pathname;
  const fetchFeed = (feed: Feed) => fetch(server.base + pathOf(feed));
  /** Node's fetch asks past every cache as soon as it is given a condition. */
  const statusGiven = (feed: Feed, headers: Record<string, string>) =>
    new Promise<number | undefined>((done, fail) => {
      get(server.base + pathOf(feed), { headers }, (answer) => done(answer.resume().statusCode)).on('error', fail);
    });
  const eventsOf = async (feed: Feed) => readCalendar(await (await fetchFeed(feed)).text(), span).events;

  it('F1 everybody gets a feed of the own lessons, in a language, with the way into the class', async () => {
    const feed = await own(studentId(1));
    expect(feed).toMatchObject({ of: 'person', name: 'Name of student1', works: true, lastReadAt: null });
    expect(feed.url).toMatch(/^https:\/\/class\.example\.edu\/feeds\/[\w-]{43}\.ics$/);
    expect(feed.webcal).toBe(feed.url.replace('https:', 'webcal:'));
    const answer = await fetchFeed(feed);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('text/calendar; charset=utf-8; method=PUBLISH');
    const text = await answer.text();
    expect(text).toContain('X-WR-CALNAME:Name of student1 · сабақтар');
    const { events, faults } = readCalendar(text, span);
    expect(faults).toEqual([]);
    expect(events).toMatchObject([
      { uid: `${lessonId}@auditoria`, title: 'Diffraction · Optics', location: 'Онлайн', startsAt, endsAt, sequence: 0 },
    ]);
    expect(events[0]?.description).toContain('Сабаққа кіру: https://class.example.edu/lessons/lesson');
    expect(events[0]?.description).toContain('Оқытушы: Name of teacher');
    for (const who of [teacherId, assistantId]) expect(await eventsOf(await own(who)), who).toHaveLength(1);
    expect(await eventsOf(await own(strangerId))).toEqual([]);
  });

  it('F1 a group’s feed is for its members, its teachers and its coordinators', async () => {
    const body = { of: 'group', id: 'group', language: 'en' };
    for (const who of [studentId(1), teacherId]) expect(await eventsOf(await make(who, body)), who).toHaveLength(1);
    for (const who of [strangerId, observerId, assistantId])
      expect((await server.ask(who, 'POST', '/api/feeds', body)).status, who).toBe(403);
    expect((await server.ask(studentId(1), 'POST', '/api/feeds', { ...body, id: 'nowhere' })).status).toBe(403);
  });

  it('F2 a revoked link, a wrong one and one that never was are answered alike', async () => {
    const feed = await own(studentId(2));
    const wrong = [
      '/feeds/x.ics',
      `/feeds/${'A'.repeat(43)}.ics`,
      `/feeds/${'A'.repeat(43)}`,
      "/feeds/' or 1=1 --.ics",
      '/feeds/%00.ics',
      `${pathOf(feed)}x`,
      pathOf(feed).toUpperCase(),
      `/feeds/${encodeURIComponent('../../etc/passwd')}.ics`,
    ];
    expect((await server.ask(studentId(2), 'DELETE', `/api/feeds/${feed.id}`)).status).toBe(204);
    const gone = await fetchFeed(feed);
    const answer = await gone.text();
    expect(gone.status).toBe(404);
    for (const path of wrong) {
      const other = await fetch(server.base + path);
      expect([other.status, await other.text()], path).toEqual([404, answer]);
    }
  });

  it('F2 feeds are their maker’s: nobody else sees, changes or revokes them', async () => {
    const feed = await own(studentId(3));
    expect(Feeds.parse((await server.ask(studentId(4), 'GET', '/api/feeds')).json).feeds).toEqual([]);
    expect((await server.ask(studentId(4), 'DELETE', `/api/feeds/${feed.id}`)).status).toBe(404);
    expect((await server.ask(studentId(4), 'PATCH', `/api/feeds/${feed.id}`, { language: 'ru' })).status).toBe(404);
    expect((await fetchFeed(feed)).status).toBe(200);
    for (const [method, path] of [
      ['GET', '/api/feeds'],
      ['POST', '/api/feeds'],
      ['DELETE', `/api/feeds/${feed.id}`],
    ] as const)
      expect((await server.ask(null, method, path, method === 'GET' ? undefined : {})).status).toBe(401);
  });

  it('F3 the feed of a group stops when its maker leaves the group, and goes on when they are back', async () => {
    const feed = await make(studentId(5), { of: 'group', id: 'group', language: 'ru' });
    expect((await fetchFeed(feed)).status).toBe(200);
    await db.deleteFrom('group_member').where('person_id', '=', studentId(5)).execute();
    expect((await fetchFeed(feed)).status).toBe(404);
    expect(Feeds.parse((await server.ask(studentId(5), 'GET', '/api/feeds')).json).feeds).toMatchObject([
      { id: feed.id, name: 'PHY-21', works: false },
    ]);
    await db
      .insertInto('group_member')
      .values({ group_id: 'group', person_id: studentId(5) })
      .execute();
    expect((await fetchFeed(feed)).status).toBe(200);
  });

  it('F3 the feeds of a disabled account stop', async () => {
    const feed = await own(studentId(5));
    await db.updateTable('person').set({ disabled: 1 }).where('id', '=', studentId(5)).execute();
    expect((await fetchFeed(feed)).status).toBe(404);
    await db.updateTable('person').set({ disabled: 0 }).where('id', '=', studentId(5)).execute();
    expect((await fetchFeed(feed)).status).toBe(200);
  });

  it('F4 a lesson that is changed or cancelled stays the same event', async () => {
    const feed = await own(teacherId, 'ru');
    const [before] = await eventsOf(feed);
    await db
      .updateTable('lesson')
      .set({ cancelled: 1, sequence: 1, changed_at: startsAt, note: 'Болезнь' })
      .where('id', '=', lessonId)
      .execute();
    const [after] = await eventsOf(feed);
    expect(after).toMatchObject({ uid: before?.uid, sequence: 1, cancelled: true, title: 'Отменено: Diffraction · Optics' });
    expect(after?.description).toContain('Примечание: Болезнь');
    expect(after?.description).not.toContain('https://');
    await db.updateTable('lesson').set({ cancelled: 0, sequence: 2, note: '' }).where('id', '=', lessonId).execute();
    expect(await eventsOf(feed)).toMatchObject([{ sequence: 2, cancelled: false }]);
  });

  it('F5 holds sixty days back and four hundred ahead', async () => {
    const feed = await own(teacherId);
    const row = await db.selectFrom('lesson').selectAll().where('id', '=', lessonId).executeTakeFirstOrThrow();
    const dayMs = 86_400_000;
    const at = (id: string, days: number) => ({ ...row, id, starts_at: startsAt + days * dayMs, ends_at: endsAt + days * dayMs });
    await db
      .insertInto('lesson')
      .values([at('old', -62), at('recent', -58), at('next-year', 398), at('far', 402)])
      .execute();
    const { events } = readCalendar(await (await fetchFeed(feed)).text(), { ...span, from: 0 });
    expect(events.map(({ uid }) => uid)).toEqual(['recent@auditoria', 'lesson@auditoria', 'next-year@auditoria']);
    await db.deleteFrom('lesson').where('id', '!=', lessonId).execute();
  });

  describe('a calendar program', () => {
    it('need not fetch again what did not change, and is told when it did, also by what is gone', async () => {
      const feed = await own(teacherId);
      const first = await fetchFeed(feed);
      const tag = first.headers.get('etag') ?? '';
      const modified = first.headers.get('last-modified') ?? '';
      expect(tag).toMatch(/^"[\w-]+"$/);
      expect(first.headers.get('cache-control')).toBe('private, no-cache');
      expect(await statusGiven(feed, { 'if-none-match': tag, 'if-modified-since': modified })).toBe(304);
      expect(await statusGiven(feed, { 'if-modified-since': modified })).toBe(200);
      await db.updateTable('lesson').set({ title: 'Interference' }).where('id', '=', lessonId).execute();
      expect(await statusGiven(feed, { 'if-none-match': tag })).toBe(200);
      await db.updateTable('lesson').set({ title: 'Diffraction' }).where('id', '=', lessonId).execute();
    });

    it('is seen by the owner, in the list', async () => {
      const feed = await own(studentId(1));
      server.clock.advance(1000);
      await fetchFeed(feed);
      const { feeds } = Feeds.parse((await server.ask(studentId(1), 'GET', '/api/feeds')).json);
      expect(feeds.find(({ id }) => id === feed.id)?.lastReadAt).toBe(server.clock.now());
    });

    it('that changes its language gets the same link', async () => {
      const feed = await own(studentId(1));
      const changed = Feed.parse((await server.ask(studentId(1), 'PATCH', `/api/feeds/${feed.id}`, { language: 'en' })).json);
      expect(changed).toMatchObject({ url: feed.url, language: 'en' });
      expect(await (await fetchFeed(feed)).text()).toContain('Name of student1 · classes');
      for (const language of ['de', '', null])
        expect((await server.ask(studentId(1), 'PATCH', `/api/feeds/${feed.id}`, { language })).status).toBe(400);
    });

    it('F7 that asks too often waits; so does whoever guesses', async () => {
      const feed = await own(studentId(4));
      const statuses = [];
      for (let index = 0; index < 21; index++) statuses.push((await fetchFeed(feed)).status);
      expect(statuses.filter((status) => status === 200)).toHaveLength(20);
      expect(statuses.at(-1)).toBe(429);
      let guesses = 0;
      while (guesses < 100 && (await fetch(`${server.base}/feeds/${'B'.repeat(42)}${guesses % 10}.ics`)).status === 404) guesses += 1;
      expect(guesses).toBeLessThan(31);
      expect((await fetchFeed(await own(studentId(4)))).status).toBe(200);
    });
  });

  it('a person has at most thirty feeds, and each is in the audit log without its link', async () => {
    const statuses = [];
    for (let index = 0; index < 31; index++)
      statuses.push((await server.ask(observerId, 'POST', '/api/feeds', { of: 'person', language: 'kk' })).status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(30);
    expect(statuses.at(-1)).toBe(409);
    const entries = await db.selectFrom('audit_entry').selectAll().where('actor_id', '=', observerId).execute();
    expect(entries).toHaveLength(30);
    const { feeds } = Feeds.parse((await server.ask(observerId, 'GET', '/api/feeds')).json);
    for (const feed of feeds) expect(JSON.stringify(entries)).not.toContain(pathOf(feed).slice(7, 50));
  });

  it('F6 nothing that goes wrong puts a link into the log', async () => {
    const feed = await own(studentId(1));
    failing = true;
    expect((await fetchFeed(feed)).status).toBe(500);
    failing = false;
    expect(logged.join('')).toContain('A request over HTTP failed');
    expect(logged.join('')).not.toContain(pathOf(feed).slice(7, 50));
  });

  it.each([
    {},
    { of: 'teacher', language: 'kk' },
    { of: 'group', language: 'kk' },
    { of: 'person', id: 'teacher', language: 'kk' },
    { of: 'person', language: 'tr' },
    { of: 'group', id: 'x'.repeat(65), language: 'kk' },
  ])('what is no wish for a feed is refused: %j', async (body) => {
    expect((await server.ask(studentId(1), 'POST', '/api/feeds', body)).status).toBe(400);
  });
});
