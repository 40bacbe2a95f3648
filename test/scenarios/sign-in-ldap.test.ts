// Signing in with the name and password of the university's directory, told over HTTP.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hash } from '@node-rs/argon2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ProviderConfig } from '../../config/sign-in.ts';
import { LdapProvider } from '../../server/adapters/ldap.ts';
import { SignedIn } from '../../server/contract/identity.ts';
import { Refusal } from '../../server/contract/reply.ts';
import { type DirectoryPerson, openDirectory, type TestDirectory } from '../support/ldap-server.ts';
import { cert } from '../support/localhost-certificate.ts';
import { label, openSignInServer, type SignInServer } from '../support/sign-in-server.ts';
import { openStartTls } from '../support/start-tls.ts';

const OWN = 'a password of our own';
const people: readonly DirectoryPerson[] = [
  {
    uid: 'marat',
    password: 'from the directory',
    attributes: { cn: 'Марат Әлиұлы', mail: 'marat@example.kz', memberof: ['cn=staff', 'cn=teachers'] },
  },
  { uid: 'saule', password: 'from the directory', attributes: { employeenumber: '77' } },
  { uid: 'local', password: 'from the directory' },
  { uid: 'gone', password: 'from the directory', attributes: { employeenumber: '78' } },
  { uid: 'twin-a', password: 'from the directory', attributes: { mail: 'twins@example.kz' } },
  { uid: 'twin-b', password: 'from the directory', attributes: { mail: 'twins@example.kz' } },
];

let folder: string;
let ca: string;
let directory: TestDirectory;
let open: TestDirectory;
let served: SignInServer;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'auditoria-ldap-'));
  ca = join(folder, 'ca.pem');
  await writeFile(ca, cert);
  directory = await openDirectory(people, { secure: true });
  open = await openDirectory(people, { secure: false });
  const { url, base, reader } = directory;
  served = await openSignInServer(
    () => [
      {
        ...{ id: 'directory', kind: 'ldap', label, url, base, bind: reader, ca, createAccounts: true, newAccountRoles: ['student'] },
        filter: '(|(uid={name})(mail={name}))',
        claims: { externalId: 'employeeNumber' },
        roles: [{ is: 'cn=teachers', role: 'teacher' }],
      },
    ],
    [
      { id: 'local', passwordHash: await hash(OWN, { memoryCost: 19_456, timeCost: 2, parallelism: 1 }) },
      { id: 'imported', externalId: '77' },
      { id: 'dismissed', externalId: '78', disabled: true },
    ],
  );
});
afterAll(async () => {
  await served.stop();
  await directory.close();
  await open.close();
  await rm(folder, { recursive: true, force: true });
});

const signIn = (name: string, password: string) =>
  fetch(`${served.url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name, password }),
  });
async function refusalOf(name: string, password: string) {
  const response = await signIn(name, password);
  return Refusal.parse(await response.json()).code;
}
async function personOf(name: string, password: string) {
  return SignedIn.parse(await (await signIn(name, password)).json()).person;
}

describe('signing in by LDAP', () => {
  it('S12 lets in with the password of the directory, as a new account with the roles of its groups', async () => {
    expect(await personOf(' Marat ', 'from the directory')).toMatchObject({
      displayName: 'Марат Әлиұлы',
      email: 'marat@example.kz',
      roles: ['student', 'teacher'],
      signInName: 'marat',
    });
    // Another name of the same entry is the same person.
    expect((await personOf('marat@example.kz', 'from the directory')).signInName).toBe('marat');
  });

  it('S9 joins the imported account of the same number', async () => {
    expect((await personOf('saule', 'from the directory')).id).toBe('imported');
  });

  it('S12 asks nobody else about an account that has a password here', async () => {
    const before = directory.asked.length;
    expect(await refusalOf('local', 'from the directory')).toBe('wrong-credentials');
    expect((await personOf('local', OWN)).id).toBe('local');
    expect(directory.asked.length).toBe(before);
  });

  it('S11 refuses a disabled person', async () => {
    expect(await refusalOf('gone', 'from the directory')).toBe('account-disabled');
  });

  it.each([
    ['a wrong password', 'marat', 'wrong'],
    ['an unknown name', 'nobody', 'from the directory'],
    ['a name that two people have', 'twins@example.kz', 'from the directory'],
    ['a star', '*', 'from the directory'],
    ['a filter', 'marat)(uid=*', 'from the directory'],
    ['a nul', 'marat\u0000', 'from the directory'],
    ['a name of entries', 'uid=marat,ou=people,dc=example,dc=edu', 'from the directory'],
  ])('S12 refuses %s like any wrong password', async (_what, name, password) => {
    expect(await refusalOf(name, password)).toBe('wrong-credentials');
  });

  it('S12 counts wrong passwords of the directory like our own', async () => {
    const codes: string[] = [];
    for (let guess = 0; guess < 11; guess += 1) codes.push(await refusalOf('saule', `guess ${guess}`));
    expect(codes.at(0)).toBe('wrong-credentials');
    expect(codes.at(-1)).toBe('too-many-requests');
  });

  it('S7 leaves no passwords in the log', () => {
    for (const secret of ['from the directory', 'may look', OWN]) expect(served.log.join('')).not.toContain(secret);
  });
});

describe('the directory itself', () => {
  const provider = (change: Partial<Extract<ProviderConfig, { kind: 'ldap' }>> = {}) => {
    const { url, base, reader } = directory;
    return new LdapProvider({
      ...{
        id: 'd',
        kind: 'ldap',
        label,
        url,
        base,
        bind: reader,
        userDn: null,
        ca,
        plaintext: false,
        filter: '(uid={name})',
        timeoutSeconds: 2,
      },
      ...{ createAccounts: false, updateFromClaims: false, roles: [], newAccountRoles: [] },
      claims: {
        ...{ subject: 'entryUUID', name: 'cn', email: 'mail', externalId: null },
        ...{ groups: 'memberOf', language: 'preferredLanguage', signInName: 'uid' },
      },
      ...change,
    });
  };

  it('S12 is never asked with an empty password, to which it would say yes', async () => {
    const before = directory.asked.length;
    expect(await provider().check('marat', '')).toBeNull();
    expect(await provider().check('', 'x')).toBeNull();
    expect(directory.asked.length).toBe(before);
  });

  it.each(['*', 'marat)(uid=*', 'marat)(|(uid=*', 'mar*', '\\2a', 'marat\u0000', '(', 'мар*ат'])(
    'S12 is asked for the name %j letter by letter',
    async (name) => {
      expect(await provider().check(name, 'from the directory')).toBeNull();
      expect(await provider({ bind: null, userDn: 'uid={name},ou=people,dc=example,dc=edu' }).check(name, 'from the directory')).toBeNull();
    },
  );

  it('S12 can be one that people bind to themselves', async () => {
    const own = provider({ bind: null, userDn: `uid={name},${directory.base}` });
    expect(await own.check('marat', 'from the directory')).toMatchObject({ subject: 'uuid-marat', claims: { cn: ['Марат Әлиұлы'] } });
    expect(await own.check('marat', 'wrong')).toBeNull();
    expect(await own.check('marat,ou=people', 'from the directory')).toBeNull();
  });

  it('S13 gets no password in the clear unless the settings say so', async () => {
    const before = open.asked.length;
    await expect(provider({ url: open.url }).check('marat', 'from the directory')).rejects.toMatchObject({ code: 'provider-unavailable' });
    expect(open.asked.length).toBe(before);
    expect(await provider({ url: open.url, plaintext: true }).check('marat', 'from the directory')).toMatchObject({
      subject: 'uuid-marat',
    });
  });

  it('S13 is spoken to in secret after StartTLS, and not at all when it cannot', async () => {
    const door = await openStartTls(Number(new URL(open.url).port));
    expect(await provider({ url: door.url }).check('marat', 'from the directory')).toMatchObject({ subject: 'uuid-marat' });
    await expect(provider({ url: door.url, ca: null }).check('marat', 'from the directory')).rejects.toMatchObject({
      code: 'provider-unavailable',
    });
    await door.close();
    const shut = await openStartTls(1, { agrees: false });
    await expect(provider({ url: shut.url }).check('marat', 'from the directory')).rejects.toMatchObject({ code: 'provider-unavailable' });
    expect(door.plain).toBe('');
    for (const secret of ['directory', 'reader', 'may look']) expect(shut.plain).not.toContain(secret);
    await shut.close();
  });

  it('S13 must show a certificate of a known authority, for its own name', async () => {
    const before = directory.asked.length;
    await expect(provider({ ca: null }).check('marat', 'from the directory')).rejects.toMatchObject({ code: 'provider-unavailable' });
    const otherName = directory.url.replace('localhost', '127.0.0.1');
    await expect(provider({ url: otherName }).check('marat', 'from the directory')).rejects.toMatchObject({ code: 'provider-unavailable' });
    expect(directory.asked.length).toBe(before);
  });

  it('S13 is not waited for when it is down, or when our own account there is wrong', async () => {
    await expect(provider({ url: 'ldaps://127.0.0.1:9' }).check('marat', 'x')).rejects.toMatchObject({ code: 'provider-unavailable' });
    const wrong = { dn: directory.reader.dn, password: 'wrong' };
    await expect(provider({ bind: wrong }).check('marat', 'from the directory')).rejects.toMatchObject({ code: 'provider-unavailable' });
  });

  it('S13 must name the person by something that lasts', async () => {
    const claims = {
      subject: 'noSuchAttribute',
      name: 'cn',
      email: 'mail',
      externalId: null,
      groups: 'x',
      language: 'x',
      signInName: 'uid',
    };
    await expect(provider({ claims }).check('marat', 'from the directory')).rejects.toMatchObject({ code: 'sign-in-failed' });
  });
});
