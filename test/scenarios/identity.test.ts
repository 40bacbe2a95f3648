// Signing in, administering people and the first run, told over HTTP to a whole server.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { loadConfig } from '../../config/load.ts';
import { type App, openApp } from '../../server/app.ts';
import { FirstRunDone, Me, People, PeopleImported, Person, SignedIn } from '../../server/contract/identity.ts';
import { Refusal } from '../../server/contract/reply.ts';
import { openLog } from '../../server/log.ts';
import { FakeMedia } from '../support/fake-media.ts';

const quiet = openLog({ level: 'silent', format: 'json' });
const PASSWORD = 'Tau-men-dala 7';

interface Served {
  readonly app: App;
  call(
    method: string,
    path: string,
    options?: { token?: string | undefined; body?: unknown; headers?: Record<string, string>; raw?: string },
  ): Promise<Response>;
  refusal(response: Promise<Response>): Promise<[number, Refusal['code']]>;
  stop(): Promise<void>;
}

async function serve(env: NodeJS.ProcessEnv = {}): Promise<Served> {
  const folder = await mkdtemp(join(tmpdir(), 'auditoria-app-'));
  const app = await openApp(loadConfig({ AUDITORIA_PORT: '0', ...env }, folder), { log: quiet, clientDir: null, media: new FakeMedia() });
  return {
    app,
    call: (method, path, { token, body, headers = {}, raw } = {}) =>
      fetch(app.url + path, {
        method,
        headers: {
          ...(token && { authorization: `Bearer ${token}` }),
          ...((body !== undefined || raw !== undefined) && { 'content-type': 'application/json' }),
          ...headers,
        },
        ...((body !== undefined || raw !== undefined) && { body: raw ?? JSON.stringify(body) }),
      }),
    async refusal(response) {
      const answered = await response;
      return [answered.status, Refusal.parse(await answered.json()).code];
    },
    async stop() {
      await app.close('server-stopped');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function withAdministrator(served: Served): Promise<string> {
  const person = { signInName: 'admin', displayName: 'Әсел Нұрланқызы', password: PASSWORD };
  const response = await served.call('POST', '/api/first-run', {
    body: { choice: 'administrator', code: served.app.firstRunCode, person },
  });
  return FirstRunDone.parse(await response.json()).token;
}

describe('an empty server', () => {
  it('makes its first administrator for whoever has the code, once, even when two come together', async () => {
    const served = await serve();
    const wish = (signInName: string) => ({
      choice: 'administrator',
      code: served.app.firstRunCode,
      person: { signInName, displayName: signInName, password: PASSWORD },
    });
    expect(await (await served.call('GET', '/api/first-run')).json()).toEqual({ needed: true });
    expect(await served.refusal(served.call('POST', '/api/first-run', { body: { ...wish('thief'), code: 'guessed' } }))).toEqual([
      403,
      'link-invalid',
    ]);
    const both = await Promise.all([
      served.call('POST', '/api/first-run', { body: wish('one') }),
      served.call('POST', '/api/first-run', { body: wish('two') }),
    ]);
    expect(both.map((response) => response.status).sort()).toEqual([200, 409]);
    expect(await (await served.call('GET', '/api/first-run')).json()).toEqual({ needed: false });
    expect(await served.refusal(served.call('POST', '/api/first-run', { body: wish('three') }))).toEqual([409, 'already-set-up']);
    await served.stop();
  });

  it('keeps the code good after a password that is too weak', async () => {
    const served = await serve();
    const wish = {
      choice: 'administrator',
      code: served.app.firstRunCode,
      person: { signInName: 'admin', displayName: 'A', password: '1234567890' },
    };
    expect(await served.refusal(served.call('POST', '/api/first-run', { body: wish }))).toEqual([422, 'password-too-weak']);
    expect(await withAdministrator(served)).toMatch(/^[\w-]{43}$/);
    await served.stop();
  });

  it('stops guessing of the code', async () => {
    const served = await serve();
    const answers = [];
    for (let guess = 0; guess < 21; guess += 1)
      answers.push((await served.call('POST', '/api/first-run', { body: { choice: 'demo', code: String(guess) } })).status);
    expect(answers.at(-1)).toBe(429);
    await served.stop();
  });
});

describe('a server with people', () => {
  let served: Served;
  let admin: string;
  let number = 0;

  beforeAll(async () => {
    served = await serve({ AUDITORIA_TRUSTED_PROXIES: 'loopback' });
    admin = await withAdministrator(served);
  });
  afterAll(() => served.stop());

  async function add(roles: string[]): Promise<Person> {
    number += 1;
    const response = await served.call('POST', '/api/people', {
      token: admin,
      body: { signInName: `person${number}`, displayName: `Person ${number}`, roles, password: PASSWORD },
    });
    return Person.parse(await response.json());
  }
  /** Each test its own address, so that wrong passwords of one do not count in another. */
  const from = (address: string) => ({ 'x-forwarded-for': address });
  const signIn = (name: string, password: string, address = '198.51.100.1') =>
    served.call('POST', '/api/session', { body: { name, password }, headers: from(address) });
  async function tokenOf(person: Person): Promise<string> {
    return SignedIn.parse(await (await signIn(person.signInName, PASSWORD)).json()).token;
  }

  it('signs in with a cookie that scripts cannot read, and with the same token as Bearer', async () => {
    const response = await signIn(' ADMIN ', PASSWORD);
    const cookie = response.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/^auditoria_session=[\w-]{43}; Max-Age=2592000; Path=\/; Expires=.*; HttpOnly; SameSite=Lax$/);
    const { token, person } = SignedIn.parse(await response.json());
    expect(cookie).toContain(token);
    expect(person).toMatchObject({ signInName: 'admin', displayName: 'Әсел Нұрланқызы', roles: ['administrator'] });
    const ways: Record<string, string>[] = [{ cookie: `other=1; auditoria_session=${token}` }, { authorization: `Bearer ${token}` }];
    for (const headers of ways) {
      expect(Me.parse(await (await served.call('GET', '/api/me', { headers })).json()).person.id).toBe(person.id);
    }
  });

  it('marks the cookie Secure, and asks for HTTPS from then on, when the browser speaks HTTPS', async () => {
    const response = await served.call('POST', '/api/session', {
      body: { name: 'admin', password: PASSWORD },
      headers: { 'x-forwarded-proto': 'https' },
    });
    expect(response.headers.get('set-cookie')).toMatch(/; Secure/);
    expect(response.headers.get('strict-transport-security')).toMatch(/^max-age=31536000/);
  });

  it('answers alike to an unknown person, a wrong password and a disabled person', async () => {
    const disabled = await add(['student']);
    await served.call('PATCH', `/api/people/${disabled.id}`, { token: admin, body: { disabled: true } });
    const answers = [
      await signIn('nobody', PASSWORD),
      await signIn('admin', 'wrong password'),
      await signIn(disabled.signInName, PASSWORD),
      await signIn('  ', 'x'),
    ];
    const bodies = await Promise.all(answers.map((answer) => answer.text()));
    expect(answers.map((answer) => answer.status)).toEqual([401, 401, 401, 401]);
    expect(new Set(bodies).size).toBe(1);
  });

  it('refuses more guesses for one person, without locking out others from the same address', async () => {
    const guessed = await add(['student']);
    const address = '198.51.100.7';
    const guesses = await Promise.all(Array.from({ length: 12 }, () => signIn(guessed.signInName, 'a wrong guess', address)));
    expect(guesses.filter((answer) => answer.status === 401)).toHaveLength(10);
    const late = guesses.find((answer) => answer.status === 429);
    expect(Number(late?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await signIn(guessed.signInName, PASSWORD, address)).status).toBe(429);
    expect((await signIn(guessed.signInName, PASSWORD, '198.51.100.8')).status).toBe(200);
    expect((await signIn('admin', PASSWORD, address)).status).toBe(200);
  });

  it('forgets a session on signing out, and all of them on signing out everywhere', async () => {
    const person = await add(['teacher']);
    const [one, two, three] = [await tokenOf(person), await tokenOf(person), await tokenOf(person)];
    const status = async (token: string) => (await served.call('GET', '/api/me', { token })).status;
    expect((await served.call('DELETE', '/api/session', { token: one })).status).toBe(204);
    expect([await status(one), await status(two)]).toEqual([401, 200]);
    const out = await served.call('DELETE', '/api/sessions', { token: two });
    expect(out.headers.get('set-cookie')).toMatch(/^auditoria_session=; Path=\/; Expires=Thu, 01 Jan 1970/);
    expect([await status(two), await status(three)]).toEqual([401, 401]);
  });

  it('changes a password for who knows the old one, and ends the other sessions', async () => {
    const person = await add(['student']);
    const [here, elsewhere] = [await tokenOf(person), await tokenOf(person)];
    const change = (current: string, next: string) => served.call('PUT', '/api/me/password', { token: here, body: { current, next } });
    expect(await served.refusal(change('not mine', 'Zhaily-su 42'))).toEqual([401, 'wrong-credentials']);
    expect(await served.refusal(change(PASSWORD, 'qwertyuiop'))).toEqual([422, 'password-too-weak']);
    expect(await served.refusal(change(PASSWORD, 'short'))).toEqual([400, 'bad-request']);
    expect((await change(PASSWORD, 'Zhaily-su 42')).status).toBe(204);
    expect((await served.call('GET', '/api/me', { token: here })).status).toBe(200);
    expect((await served.call('GET', '/api/me', { token: elsewhere })).status).toBe(401);
    expect((await signIn(person.signInName, 'Zhaily-su 42')).status).toBe(200);
  });

  it('keeps the chosen language', async () => {
    const token = await tokenOf(await add(['student']));
    expect(Me.parse(await (await served.call('PATCH', '/api/me', { token, body: { language: 'kk' } })).json()).person.language).toBe('kk');
    expect(Me.parse(await (await served.call('GET', '/api/me', { token })).json()).person.language).toBe('kk');
  });

  it('lets only administrators administer', async () => {
    const token = await tokenOf(await add(['teacher', 'coordinator']));
    for (const [method, path] of [
      ['GET', '/api/people'],
      ['POST', '/api/people'],
      ['POST', '/api/people/import'],
      ['PATCH', '/api/people/someone'],
    ] as const) {
      const body = method === 'GET' ? {} : { body: {} };
      expect(await served.refusal(served.call(method, path, { token, ...body })), path).toEqual([403, 'not-allowed']);
      expect(await served.refusal(served.call(method, path, body)), path).toEqual([401, 'not-signed-in']);
    }
  });

  it('refuses changing requests from the pages of others', async () => {
    const attempt = (headers: Record<string, string>) =>
      served.call('PATCH', '/api/me', { token: admin, body: { language: 'ru' }, headers });
    const own = new URL(served.app.url);
    const foreign: Record<string, string>[] = [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: `http://${own.hostname}:1` },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ];
    for (const headers of foreign) {
      expect(await served.refusal(attempt(headers)), JSON.stringify(headers)).toEqual([403, 'origin-refused']);
    }
    expect((await attempt({ origin: own.origin, 'sec-fetch-site': 'same-origin' })).status).toBe(200);
    expect((await attempt({})).status).toBe(200);
  });

  it('answers malformed, huge and misplaced requests in one form', async () => {
    const post = (raw: string) => served.call('POST', '/api/session', { raw });
    for (const raw of ['{', '[]', '"x"', 'null', '{"name":1,"password":"x"}', '{}'])
      expect(await served.refusal(post(raw)), raw).toEqual([400, 'bad-request']);
    expect(await served.refusal(post(JSON.stringify({ name: 'x', password: 'x'.repeat(300_000) })))).toEqual([413, 'too-large']);
    expect(await served.refusal(served.call('GET', '/api/nothing-here'))).toEqual([404, 'not-found']);
    expect(await served.refusal(served.call('DELETE', '/api/me', { token: admin }))).toEqual([404, 'not-found']);
    expect(await served.refusal(served.call('GET', '/api/people?limit=100000', { token: admin }))).toEqual([400, 'bad-request']);
    expect(await served.refusal(served.call('GET', '/api/people?after=nonsense', { token: admin }))).toEqual([400, 'bad-request']);
    expect(await served.refusal(served.call('GET', '/api/people/%zz', { token: admin }))).toEqual([400, 'bad-request']);
    expect(await served.refusal(served.call('PATCH', '/api/people/nobody', { token: admin, body: {} }))).toEqual([404, 'not-found']);
  });

  it('has strict headers on every answer', async () => {
    for (const path of ['/api/me', '/healthz', '/nowhere']) {
      const { headers } = await served.call('GET', path);
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
      expect(policy).not.toContain('unsafe');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('permissions-policy')).toContain('camera=(self)');
      expect(headers.get('x-powered-by')).toBeNull();
    }
  });

  it('lives and is ready', async () => {
    expect(await (await served.call('GET', '/healthz')).json()).toMatchObject({ ok: true });
    expect(await (await served.call('GET', '/readyz')).json()).toMatchObject({ ok: true, parts: { database: true, media: true } });
  });

  it('describes its calls', async () => {
    const document = z
      .object({ openapi: z.string(), paths: z.record(z.string(), z.record(z.string(), z.unknown())) })
      .parse(await (await served.call('GET', '/api/openapi.json')).json());
    expect(Object.keys(document.paths)).toEqual(expect.arrayContaining(['/api/session', '/api/lessons/{id}/enter', '/api/people/import']));
    expect(JSON.stringify(document)).toContain('#/components/schemas/Error');
  });

  it('adds a person once, and takes no name that hides what it is', async () => {
    const body = { signInName: 'Twice', displayName: 'Қанат  Өмірұлы', roles: ['student'], password: PASSWORD };
    expect(Person.parse(await (await served.call('POST', '/api/people', { token: admin, body })).json())).toMatchObject({
      signInName: 'twice',
      displayName: 'Қанат Өмірұлы',
      email: null,
    });
    expect(await served.refusal(served.call('POST', '/api/people', { token: admin, body: { ...body, signInName: 'TWICE' } }))).toEqual([
      409,
      'name-taken',
    ]);
    for (const displayName of ['a\u202Eb', 'a\u200Bb', 'a\u0000b', '  ']) {
      expect(
        await served.refusal(served.call('POST', '/api/people', { token: admin, body: { ...body, signInName: 'other', displayName } })),
      ).toEqual([400, 'bad-request']);
    }
  });

  it('finds people with Russian letters for Kazakh ones, by role, page by page', async () => {
    const names = ['Ғалым Іздеуші', 'Галина Іздеуші', 'Әлия Іздеуші', 'Ұлан Іздеуші', 'Яна Іздеуші'];
    for (const [index, displayName] of names.entries()) {
      await served.call('POST', '/api/people', {
        token: admin,
        body: { signInName: `search${index}`, displayName, roles: [index === 0 ? 'proctor' : 'student'], password: PASSWORD },
      });
    }
    const list = async (query: string) => People.parse(await (await served.call('GET', `/api/people?${query}`, { token: admin })).json());
    const seen: string[] = [];
    let after: string | null = '';
    while (after !== null) {
      const page: z.output<typeof People> = await list(`search=${encodeURIComponent('издеуши')}&limit=2${after && `&after=${after}`}`);
      expect(page.total).toBe(5);
      seen.push(...page.people.map((person) => person.displayName));
      after = page.next;
    }
    expect(seen).toEqual(['Әлия Іздеуші', 'Галина Іздеуші', 'Ғалым Іздеуші', 'Ұлан Іздеуші', 'Яна Іздеуші']);
    expect((await list('search=%25')).total).toBe(0);
    expect((await list(`role=proctor&search=${encodeURIComponent('галым')}`)).people.map((person) => person.displayName)).toEqual([
      'Ғалым Іздеуші',
    ]);
  });

  it('ends the sessions of who is disabled or given a new password', async () => {
    const person = await add(['student']);
    for (const change of [{ password: 'Another-one 5' }, { disabled: true }]) {
      const token = SignedIn.parse(await (await signIn(person.signInName, 'password' in change ? PASSWORD : 'Another-one 5')).json()).token;
      expect((await served.call('PATCH', `/api/people/${person.id}`, { token: admin, body: change })).status).toBe(200);
      expect((await served.call('GET', '/api/me', { token })).status).toBe(401);
    }
  });

  it('always keeps an administrator, also when two resign at the same moment', async () => {
    const second = await add(['administrator']);
    const me = Me.parse(await (await served.call('GET', '/api/me', { token: admin })).json()).person;
    const secondToken = await tokenOf(second);
    const resign = (id: string, token: string, body: unknown) => served.call('PATCH', `/api/people/${id}`, { token, body });
    const both = await Promise.all([resign(me.id, admin, { roles: ['teacher'] }), resign(second.id, secondToken, { disabled: true })]);
    expect(both.map((answer) => answer.status).sort()).toEqual([200, 409]);
    // Put things back for the tests that follow.
    if (both[0]?.status === 200) await resign(me.id, secondToken, { roles: ['administrator'] });
    expect(Me.parse(await (await served.call('GET', '/api/me', { token: admin })).json()).person.roles).toContain('administrator');
  });

  it('imports all people of a file or none, with every fault by its line', async () => {
    const importing = (csv: string, dryRun = false) => served.call('POST', '/api/people/import', { token: admin, body: { csv, dryRun } });
    const faulty = await importing(
      [
        'signInName,displayName,email,language,roles,password',
        'new1,Ерлан Қасым,,kk,student,',
        'x,,not-mail,de,chief,',
        'new1,Again,,,student,',
        'admin,Taken,,,student,',
        'new2,Weak,,,student,1234567890',
        'new3,too,few',
      ].join('\n'),
    );
    expect(faulty.status).toBe(422);
    const { code, details } = Refusal.parse(await faulty.json());
    expect(code).toBe('import-faulty');
    const faults = z.array(z.object({ line: z.number(), column: z.string().nullable(), code: z.string() })).parse(details?.faults);
    expect(faults.map(({ line, column, code: what }) => `${line} ${column ?? '-'} ${what}`)).toEqual([
      '3 signInName bad-value',
      '3 displayName bad-value',
      '3 email bad-value',
      '3 language bad-value',
      '3 roles bad-value',
      '4 signInName name-twice',
      '5 signInName name-taken',
      '6 password password-too-weak',
      '7 - wrong-number-of-cells',
    ]);
    const good =
      '\uFEFFsignInName;displayName;roles;password\r\nnew1;"Қасым; Ерлан";student proctor;\r\nnew2;Айгерім;teacher;Own-choice 77\r\n';
    expect(PeopleImported.parse(await (await importing(good, true)).json())).toEqual({ created: 2, passwords: [] });
    expect((await signIn('new2', 'Own-choice 77')).status).toBe(401);
    const { created, passwords } = PeopleImported.parse(await (await importing(good)).json());
    expect(created).toBe(2);
    expect(passwords.map((each) => each.signInName)).toEqual(['new1']);
    expect((await signIn('new1', passwords[0]?.password ?? '')).status).toBe(200);
    expect(await served.refusal(importing('signInName,colour\nx,red'))).toEqual([422, 'import-faulty']);
    expect(await served.refusal(importing('signInName,displayName,roles\n"never closed'))).toEqual([422, 'import-faulty']);
  });

  it('adds nobody of an import whose caller has gone away: the generated passwords could never be shown', async () => {
    const lines = Array.from({ length: 40 }, (_, index) => `gone${index},Gone ${index},student`);
    const body = JSON.stringify({ csv: ['signInName,displayName,roles', ...lines].join('\n'), dryRun: false });
    const headers = { authorization: `Bearer ${admin}`, 'content-type': 'application/json' };
    const importing = (signal: AbortSignal | null) =>
      fetch(`${served.app.url}/api/people/import`, { method: 'POST', headers, body, signal });
    const controller = new AbortController();
    const first = importing(controller.signal).catch(() => 'gone');
    // Hashing has begun when a dry run that came later is through.
    await served.call('POST', '/api/people/import', {
      token: admin,
      body: { csv: 'signInName,displayName,roles\nx1,X,student', dryRun: true },
    });
    controller.abort();
    expect(await first).toBe('gone');
    // The second waits behind what the first still hashes, and would find its names taken.
    expect(PeopleImported.parse(await (await importing(null)).json()).passwords).toHaveLength(40);
  });
});
