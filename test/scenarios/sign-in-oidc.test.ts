// Signing in by OpenID Connect, told over HTTP: a whole provider, and one that lies.
import { createServer } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Me } from '../../server/contract/identity.ts';
import { SignInProviders } from '../../server/contract/providers.ts';
import { formOf, HttpBrowser, type Page } from '../support/http-browser.ts';
import { type Liar, openLiar, signedByAnother, signedWith, type TokenClaims, unsigned } from '../support/oidc-liar.ts';
import { closeServer, openOidc, portOf, type TestOidc } from '../support/oidc-provider.ts';
import { label, openSignInServer, type SignInServer } from '../support/sign-in-server.ts';

const SECRET = 'a secret that is long enough for HS256 tokens';

let served: SignInServer;
let honest: TestOidc;
let liar: Liar;
const people = {
  aigerim: { name: 'Айгерім Сейітқали', email: 'aigerim@example.kz', groups: ['students'], locale: 'kk-KZ' },
  boris: { name: 'Борис', email: 'chief@example.kz', student_number: '1001', groups: ['students'] },
  ghost: { name: 'Ghost', student_number: '1002' },
  teacher: { name: 'Дана', groups: ['teachers', 'heads'] },
};

beforeAll(async () => {
  let url = '';
  honest = await openOidc(() => [`${url}/api/sign-in/uni/callback`, `${url}/api/sign-in/strict/callback`], people);
  liar = await openLiar();
  const roles = [
    { is: 'students', role: 'student' },
    { is: 'teachers', role: 'teacher' },
    { is: 'heads', role: 'administrator' },
  ];
  const { issuer, clientId, clientSecret } = honest;
  const claims = { externalId: 'student_number' };
  const provider = { kind: 'oidc', label, issuer, clientId, clientSecret, claims, roles, userInfo: true };
  served = await openSignInServer(
    (own) => {
      url = own;
      return [
        { ...provider, id: 'uni', createAccounts: true, updateFromClaims: true },
        { ...provider, id: 'strict' },
        {
          ...provider,
          id: 'liar',
          issuer: liar.issuer,
          clientSecret: SECRET,
          createAccounts: true,
          newAccountRoles: ['student'],
          userInfo: false,
          roles: [],
        },
        { ...provider, id: 'down', issuer: 'http://127.0.0.1:9' },
      ];
    },
    [
      { id: 'known', externalId: '1001' },
      { id: 'gone', externalId: '1002', disabled: true },
      { id: 'same-address', email: 'aigerim@example.kz' },
    ],
  );
});
afterAll(async () => {
  await served.stop();
  await honest.close();
  await liar.close();
});
afterEach(() => {
  liar.lies = {};
});

const start = (provider: string, next = '/') => `${served.url}/api/sign-in/${provider}/start?next=${encodeURIComponent(next)}`;

/** Through the provider's pages, as far as our callback. */
async function through(browser: HttpBrowser, provider: string, name: string, next = '/'): Promise<URL> {
  const back = `${served.url}/api/sign-in/${provider}/callback`;
  let page: Page = await browser.goTo(start(provider, next), { until: back });
  for (let step = 0; step < 4 && !page.url.href.startsWith(back); step += 1) {
    const { action, fields } = formOf(page);
    const typed: Record<string, string> = fields.prompt === 'login' ? { login: name, password: 'x' } : {};
    page = await browser.submit(page.url, action, { ...fields, ...typed }, { until: back });
  }
  return page.url;
}

async function personOf(browser: HttpBrowser) {
  const page = await browser.goTo(`${served.url}/api/me`);
  return page.status === 200 ? Me.parse(JSON.parse(page.text)).person : null;
}

const problemOf = ({ url }: Page) => (url.pathname === '/sign-in' ? url.searchParams.get('problem') : null);

async function lied(provider = 'liar'): Promise<string | null> {
  const browser = new HttpBrowser();
  const page = await browser.goTo(start(provider));
  expect(await personOf(browser)).toBeNull();
  return problemOf(page);
}

describe('signing in by OpenID Connect', () => {
  it('S1 is offered by name, and nothing else is told of it', async () => {
    const { providers } = SignInProviders.parse(await (await fetch(`${served.url}/api/sign-in`)).json());
    expect(providers[0]).toEqual({ id: 'uni', kind: 'oidc', label });
    expect(JSON.stringify(providers)).not.toContain(honest.clientSecret);
  });

  it('S8 makes an account for whom nobody knows, and comes to the wanted page', async () => {
    const browser = new HttpBrowser();
    const back = await through(browser, 'uni', 'aigerim', '/lessons/l1/register?late=1');
    const page = await browser.goTo(back);
    expect(page.url.href).toBe(`${served.url}/lessons/l1/register?late=1`);
    expect(await personOf(browser)).toMatchObject({
      displayName: 'Айгерім Сейітқали',
      email: 'aigerim@example.kz',
      language: 'kk',
      roles: ['student'],
      signInName: 'aigerim',
    });
    const acts = await served.db
      .selectFrom('audit_entry')
      .select(['act', 'actor_kind'])
      .where('subject_name', '=', 'Айгерім Сейітқали')
      .execute();
    expect(acts).toEqual([{ act: 'sign-in.account-made', actor_kind: 'server' }]);
  });

  it('S9 knows the person again by provider and subject', async () => {
    const again = new HttpBrowser();
    await again.goTo(await through(again, 'uni', 'aigerim'));
    expect((await personOf(again))?.signInName).toBe('aigerim');
    expect(await served.db.selectFrom('external_identity').select('person_id').where('subject', '=', 'aigerim').execute()).toHaveLength(1);
  });

  it('S9 joins an imported account by the id of the student-record system, and says so in the audit log', async () => {
    const browser = new HttpBrowser();
    await browser.goTo(await through(browser, 'strict', 'boris'));
    expect((await personOf(browser))?.id).toBe('known');
    const acts = await served.db.selectFrom('audit_entry').select(['act', 'actor_id']).where('subject_id', '=', 'known').execute();
    expect(acts).toEqual([{ act: 'sign-in.linked', actor_id: 'known' }]);
  });

  it('S9 does not join by mail or name: where no accounts are made, such a person stays unknown', async () => {
    const browser = new HttpBrowser();
    const page = await browser.goTo(await through(browser, 'strict', 'aigerim'));
    expect(problemOf(page)).toBe('account-unknown');
    expect(await personOf(browser)).toBeNull();
  });

  it('S11 lets a disabled person in by no provider', async () => {
    const browser = new HttpBrowser();
    expect(problemOf(await browser.goTo(await through(browser, 'uni', 'ghost')))).toBe('account-disabled');
    expect(await personOf(browser)).toBeNull();
  });

  it('S14 gives no session to who has a second factor, but asks for the code', async () => {
    const { person_id: id } = await served.db
      .selectFrom('external_identity')
      .select('person_id')
      .where('subject', '=', 'aigerim')
      .executeTakeFirstOrThrow();
    const person = served.db.updateTable('person').where('id', '=', id);
    await person.set({ second_factor_at: 1 }).execute();
    const browser = new HttpBrowser();
    const page = await browser.goTo(await through(browser, 'uni', 'aigerim', '/people'));
    expect(`${page.url.pathname}${page.url.search}`).toBe('/sign-in?step=code&next=%2Fpeople');
    expect(await personOf(browser)).toBeNull();
    expect([browser.cookie('auditoria_session'), browser.cookie('auditoria_challenge')]).toEqual([undefined, expect.any(String)]);
    await person.set({ second_factor_at: null }).execute();
  });

  it('S10 takes a role away that the provider no longer gives, but never the last administrator', async () => {
    const browser = new HttpBrowser();
    await browser.goTo(await through(browser, 'uni', 'teacher'));
    expect((await personOf(browser))?.roles).toEqual(['teacher', 'administrator']);
    people.teacher.groups = ['students'];
    const second = new HttpBrowser();
    await second.goTo(await through(second, 'uni', 'teacher'));
    expect((await personOf(second))?.roles).toEqual(['student']);
    people.teacher.groups = ['heads'];
    const third = new HttpBrowser();
    await third.goTo(await through(third, 'uni', 'teacher'));
    await served.db.updateTable('person').set({ disabled: 1 }).where('id', '=', 'chief').execute();
    people.teacher.groups = ['students'];
    const fourth = new HttpBrowser();
    await fourth.goTo(await through(fourth, 'uni', 'teacher'));
    expect((await personOf(fourth))?.roles).toEqual(['student', 'administrator']);
    await served.db.updateTable('person').set({ disabled: 0 }).where('id', '=', 'chief').execute();
  });

  it('S4 counts once, and only in the browser that began', async () => {
    const browser = new HttpBrowser();
    const back = await through(browser, 'uni', 'aigerim', '/people');
    const other = new HttpBrowser();
    expect(problemOf(await other.goTo(back))).toBe('sign-in-expired');
    expect(await personOf(other)).toBeNull();
    // Nor has the stranger used it up.
    expect((await browser.goTo(back)).url.pathname).toBe('/people');
    const again = await browser.goTo(back);
    expect(problemOf(again)).toBe('sign-in-expired');
  });

  it.each(['https://evil.example/', '//evil.example', '/\\evil.example', '/x/..//evil.example', '/\t/evil.example'])(
    'S3 leads to no other site afterwards: %j',
    async (next) => {
      const browser = new HttpBrowser();
      const page = await browser.goTo(await through(browser, 'uni', 'aigerim', next));
      expect(page.url.href).toBe(`${served.url}/`);
    },
  );

  it('S2 says that a provider is down, and starts all the same', async () => {
    expect(problemOf(await new HttpBrowser().goTo(start('down', '/people')))).toBe('provider-unavailable');
    expect((await fetch(`${served.url}/api/sign-in/nobody/start`)).status).toBe(404);
  });

  it('S2 finds a provider that came up later', async () => {
    const late = createServer();
    await new Promise<void>((done) => late.listen(0, '127.0.0.1', done));
    const issuer = `http://127.0.0.1:${portOf(late)}`;
    await closeServer(late);
    const own = await openSignInServer(() => [{ id: 'late', kind: 'oidc', label, issuer, clientId: 'x' }]);
    const address = `${own.url}/api/sign-in/late/start`;
    expect(problemOf(await new HttpBrowser().goTo(address))).toBe('provider-unavailable');
    const there = createServer((_request, response) => {
      const metadata = {
        issuer,
        authorization_endpoint: `${issuer}/authorize`,
        token_endpoint: `${issuer}/token`,
        jwks_uri: `${issuer}/keys`,
      };
      response.setHeader('content-type', 'application/json').end(JSON.stringify(metadata));
    });
    await new Promise<void>((done) => there.listen(Number(new URL(issuer).port), '127.0.0.1', done));
    expect((await new HttpBrowser().goTo(address, { until: issuer })).url.pathname).toBe('/authorize');
    await closeServer(there);
    await own.stop();
  });
});

describe('a provider that lies', () => {
  it('is believed when it does not', async () => {
    const browser = new HttpBrowser();
    await browser.goTo(start('liar'));
    expect(await personOf(browser)).toMatchObject({ displayName: 'Student', roles: ['student'] });
  });

  const hour = 3600;
  const seconds = () => Math.floor(Date.now() / 1000);
  const bent: [string, (claims: TokenClaims) => TokenClaims][] = [
    ['another nonce', (claims) => ({ ...claims, nonce: 'another' })],
    ['no nonce', ({ nonce: _, ...claims }) => claims],
    ['another issuer', (claims) => ({ ...claims, iss: 'https://evil.example' })],
    ['another audience', (claims) => ({ ...claims, aud: 'another client' })],
    ['more than one audience, and not us as the party', (claims) => ({ ...claims, aud: [claims.aud, 'another'], azp: 'another' })],
    ['an end in the past', (claims) => ({ ...claims, exp: seconds() - hour, iat: seconds() - 2 * hour })],
    ['no end', ({ exp: _, ...claims }) => claims],
    ['a beginning in the future', (claims) => ({ ...claims, nbf: seconds() + hour })],
    ['nobody', ({ sub: _, ...claims }) => claims],
  ];
  it.each(bent)('S7 is not believed with %s', async (_what, claims) => {
    liar.lies = { claims };
    expect(await lied()).toBe('sign-in-failed');
  });

  const forged: [string, (claims: TokenClaims) => string][] = [
    ['not signed', unsigned],
    ['signed by another', signedByAnother],
    ['signed with our own secret', signedWith(SECRET)],
    ['no token at all', () => 'nothing'],
  ];
  it.each(forged)('S7 is not believed when the token is %s', async (_what, idToken) => {
    liar.lies = { idToken };
    expect(await lied()).toBe('sign-in-failed');
  });

  const answers: [string, (honest: Record<string, string>) => Record<string, string>, string][] = [
    ['another provider as the issuer', (asked) => ({ ...asked, iss: 'https://evil.example' }), 'sign-in-failed'],
    ['no issuer though it promised to name it', ({ iss: _, ...asked }) => asked, 'sign-in-failed'],
    ['another state', (asked) => ({ ...asked, state: 'x'.repeat(43) }), 'sign-in-expired'],
    ['no state', ({ state: _, ...asked }) => asked, 'sign-in-expired'],
    ['a code of its own making', (asked) => ({ ...asked, code: 'made up' }), 'sign-in-failed'],
    ['a refusal of the person', ({ state = '', iss = '' }) => ({ error: 'access_denied', state, iss }), 'sign-in-cancelled'],
    ['a fault', ({ state = '', iss = '' }) => ({ error: 'server_error', state, iss }), 'sign-in-failed'],
  ];
  it.each(answers)('S7 is not believed with %s', async (_what, callback, problem) => {
    liar.lies = { callback };
    expect(await lied()).toBe(problem);
  });

  it('S7 cannot have a code used twice', async () => {
    const browser = new HttpBrowser();
    let code = '';
    liar.lies = {
      callback: (asked) => {
        code ||= asked.code ?? '';
        return { ...asked, code };
      },
    };
    await browser.goTo(start('liar'));
    expect(await lied()).toBe('sign-in-failed');
  });

  it('S7 cannot answer for another provider', async () => {
    const browser = new HttpBrowser();
    const page = await browser.goTo(start('liar'), { until: `${served.url}/api/sign-in/liar/callback` });
    const elsewhere = page.url.href.replace('/liar/', '/strict/');
    expect(problemOf(await browser.goTo(elsewhere))).toBe('sign-in-expired');
  });

  it('S7 leaves no tokens, codes or secrets in the log', () => {
    const log = served.log.join('');
    expect(log).toContain('Signing in by a provider was refused');
    for (const secret of [SECRET, honest.clientSecret, 'id_token', 'code=', 'eyJ']) expect(log).not.toContain(secret);
  });
});
