// The settings of signing in elsewhere: what is filled in, where secrets come from, and what is found fault with.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ConfigFaulty, loadConfig } from './load.ts';

const folder = mkdtempSync(join(tmpdir(), 'auditoria-config-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const label = { kk: 'Университет', ru: 'Университет', en: 'University' };
const oidc = { id: 'uni', kind: 'oidc', label, issuer: 'https://id.example.edu', clientId: 'class' };
const saml = { id: 'adfs', kind: 'saml', label, issuer: 'urn:idp', entryPoint: 'https://id.example.edu/sso', certificates: ['MII'] };
const ldap = {
  id: 'dir',
  kind: 'ldap',
  label,
  url: 'ldaps://dir.example.edu',
  base: 'dc=example',
  bind: { dn: 'cn=reader', password: 'x' },
};

function load(providers: readonly object[], env: NodeJS.ProcessEnv = {}) {
  return loadConfig({ AUDITORIA_SIGN_IN_PROVIDERS: JSON.stringify(providers), ...env }, folder).signIn.providers;
}

function faultsOf(providers: readonly object[], env: NodeJS.ProcessEnv = {}): readonly string[] {
  try {
    load(providers, env);
    return [];
  } catch (error) {
    if (error instanceof ConfigFaulty) return error.faults;
    throw error;
  }
}

describe('the providers', () => {
  it('are none when nothing is said', () => {
    expect(loadConfig({}, folder).signIn.providers).toEqual([]);
  });

  it('make no accounts and change nothing unless told to', () => {
    expect(load([oidc, saml, ldap], { AUDITORIA_PUBLIC_URL: 'https://class.example.edu' })).toMatchObject([
      { id: 'uni', createAccounts: false, updateFromClaims: false, claims: { name: 'name', externalId: null } },
      { id: 'adfs', createAccounts: false, claims: { subject: null, email: 'mail' } },
      { id: 'dir', plaintext: false, filter: '(uid={name})', claims: { subject: 'entryUUID' } },
    ]);
  });

  it('are not asked in the clear, also where the address only looks like this machine’s', () => {
    const fault = 'AUDITORIA_SIGN_IN_PROVIDERS: is neither https nor on this machine';
    for (const issuer of ['http://id.example.edu', 'http://localhost:1@id.example.edu', 'http://localhost.example.edu'])
      expect(faultsOf([{ ...oidc, issuer }])).toEqual([fault]);
    for (const issuer of ['http://localhost:8080', 'http://127.0.0.1/realm', 'http://[::1]:1'])
      expect(faultsOf([{ ...oidc, issuer }])).toEqual([]);
  });

  it('take secrets from files and variables, and say which one is missing', () => {
    writeFileSync(join(folder, 'secret'), 'from the file\n');
    const inFile = { ...oidc, clientSecret: { file: 'secret' } };
    const inVariable = { ...ldap, bind: { dn: 'cn=reader', password: { variable: 'DIRECTORY_PASSWORD' } } };
    expect(load([inFile, inVariable], { DIRECTORY_PASSWORD: 'from outside' })).toMatchObject([
      { clientSecret: 'from the file' },
      { bind: { password: 'from outside' } },
    ]);
    expect(faultsOf([{ ...oidc, clientSecret: { file: 'missing' } }, inVariable])).toEqual([
      'signIn.providers.uni.clientSecret: cannot read missing',
      'signIn.providers.dir.bind.password: cannot read DIRECTORY_PASSWORD',
    ]);
  });

  it('come from the file as well', () => {
    const own = mkdtempSync(join(folder, 'own-'));
    writeFileSync(join(own, 'auditoria.yaml'), `signIn:\n  providers: ${JSON.stringify([oidc])}\n`);
    expect(loadConfig({}, own).signIn.providers).toMatchObject([{ id: 'uni', kind: 'oidc' }]);
  });

  it.each([
    ['an unknown key', [{ ...oidc, isuer: 'x' }]],
    ['an id that addresses cannot hold', [{ ...oidc, id: 'A/B' }]],
    ['an address that anybody on the way can change', [{ ...oidc, issuer: 'http://id.example.edu' }]],
    ['one that only looks like this machine', [{ ...oidc, issuer: 'http://localhost.example.edu' }]],
    ['an id twice', [oidc, oidc]],
    ['accounts without a role', [{ ...oidc, createAccounts: true }]],
    ['administrators by the dozen', [{ ...oidc, createAccounts: true, newAccountRoles: ['administrator'] }]],
    ['a label in two languages', [{ ...oidc, label: { kk: 'a', ru: 'b' } }]],
    ['a directory that nobody looks up', [{ ...ldap, bind: null }]],
    ['a filter without the name', [{ ...ldap, filter: '(uid=*)' }]],
    ['SAML without an address of our own', [saml]],
    ['text that is no JSON', []],
  ])('may not have %s', (what, providers) => {
    const env = what.includes('JSON') ? { AUDITORIA_SIGN_IN_PROVIDERS: 'oidc' } : {};
    expect(faultsOf(providers, env)).toHaveLength(1);
  });
});
