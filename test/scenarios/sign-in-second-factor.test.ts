// A second factor is asked for on every way in: OpenID Connect, SAML, and the password of the directory.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Me, SignedIn } from '../../server/contract/identity.ts';
import { RecoveryCodes, SecondFactorAsked, SecondFactorSecret } from '../../server/contract/privacy.ts';
import { Refusal } from '../../server/contract/reply.ts';
import { codeAt } from '../support/accounts.ts';
import { formOf, HttpBrowser, type Page } from '../support/http-browser.ts';
import { openDirectory } from '../support/ldap-server.ts';
import { openOidc } from '../support/oidc-provider.ts';
import { issuer, openSaml } from '../support/saml-provider.ts';
import { label, openSignInServer, type SignInServer } from '../support/sign-in-server.ts';

const STEP = 30_000;
const password = 'from the directory';

let served: SignInServer;
let close: () => Promise<unknown>;

beforeAll(async () => {
  let url = '';
  const oidc = await openOidc(() => [`${url}/api/sign-in/uni/callback`], { aigerim: {} });
  const saml = await openSaml({ nameId: 'asel', attributes: {} });
  const directory = await openDirectory([{ uid: 'marat', password }], { secure: false });
  const made = { label, createAccounts: true, newAccountRoles: ['teacher'] };
  served = await openSignInServer((own) => {
    url = own;
    return [
      { ...made, id: 'uni', kind: 'oidc', issuer: oidc.issuer, clientId: oidc.clientId, clientSecret: oidc.clientSecret },
      { ...made, id: 'adfs', kind: 'saml', issuer, entryPoint: saml.entryPoint, certificates: [saml.certificate] },
      { ...made, id: 'down', kind: 'ldap', url: 'ldap://127.0.0.1:9', base: directory.base, bind: directory.reader, plaintext: true },
      { ...made, id: 'directory', kind: 'ldap', url: directory.url, base: directory.base, bind: directory.reader, plaintext: true },
    ];
  });
  close = () => Promise.all([oidc.close(), saml.close(), directory.close()]);
});
afterAll(async () => {
  await served.stop();
  await close();
});

const ask = (method: string, path: string, body?: unknown, cookie = '') =>
  fetch(served.url + path, {
    method,
    headers: { cookie, ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });

const signIn = (name: string, typed: string) => ask('POST', '/api/session', { name, password: typed });

/** Sets it up in a session; answers the secret. */
async function enrol(session: string): Promise<string> {
  const cookie = `auditoria_session=${session}`;
  const { secret } = SecondFactorSecret.parse(await (await ask('POST', '/api/me/second-factor/secret', {}, cookie)).json());
  const code = codeAt(secret, Date.now());
  RecoveryCodes.parse(await (await ask('PUT', '/api/me/second-factor', { code }, cookie)).json());
  return secret;
}

async function byOidc(browser: HttpBrowser): Promise<Page> {
  let page = await browser.goTo(`${served.url}/api/sign-in/uni/start?next=/people`);
  for (let step = 0; step < 4 && !page.url.href.startsWith(served.url); step += 1) {
    const { action, fields } = formOf(page);
    const typed: Record<string, string> = fields.prompt === 'login' ? { login: 'aigerim', password: 'x' } : {};
    page = await browser.submit(page.url, action, { ...fields, ...typed });
  }
  return page;
}

async function bySaml(browser: HttpBrowser): Promise<Page> {
  const there = await browser.goTo(`${served.url}/api/sign-in/adfs/start?next=/people`);
  const { action, fields } = formOf(there);
  return browser.submit(there.url, action, fields);
}

describe('S14 who has set up a second factor', () => {
  it.each([
    ['OpenID Connect', byOidc],
    ['SAML', bySaml],
  ] as const)('comes by %s to the code and not to a session, and in with the code', async (_name, go) => {
    const first = new HttpBrowser();
    await go(first);
    const secret = await enrol(first.cookie('auditoria_session') ?? '');
    const browser = new HttpBrowser();
    const { url } = await go(browser);
    expect(`${url.pathname}${url.search}`).toBe('/sign-in?step=code&next=%2Fpeople');
    expect(browser.cookie('auditoria_session')).toBeUndefined();
    const cookie = `auditoria_challenge=${browser.cookie('auditoria_challenge')}`;
    expect(Refusal.parse(await (await ask('GET', '/api/me', undefined, cookie)).json()).code).toBe('not-signed-in');
    const { token } = SignedIn.parse(
      await (await ask('POST', '/api/session/second-factor', { code: codeAt(secret, Date.now() + STEP) }, cookie)).json(),
    );
    const me = await ask('GET', '/api/me', undefined, `auditoria_session=${token}`);
    expect(Me.parse(await me.json()).person.secondFactor).toBe('on');
  });

  it('shows the code after the password of the directory', async () => {
    const { token } = SignedIn.parse(await (await signIn('marat', password)).json());
    const secret = await enrol(token);
    const { challenge } = SecondFactorAsked.parse(await (await signIn('marat', password)).json());
    const code = codeAt(secret, Date.now() + STEP);
    const answer = await ask('POST', '/api/session/second-factor', { challenge, code });
    expect(SignedIn.parse(await answer.json()).person.signInName).toBe('marat');
  });
});

it('S12 wrong passwords of one directory count while another is down', async () => {
  const codes: string[] = [];
  for (let guess = 0; guess < 11; guess += 1) codes.push(Refusal.parse(await (await signIn('marat', `guess ${guess}`)).json()).code);
  expect(new Set(codes.slice(0, 10))).toEqual(new Set(['provider-unavailable']));
  expect(codes[10]).toBe('too-many-requests');
});
