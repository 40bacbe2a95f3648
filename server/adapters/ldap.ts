// LDAP: looks a person up in the university's directory and tries the password there. RFC 4511, 4513, 4514, 4515.
import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import type { ConnectionOptions } from 'node:tls';
import { Client, type Entry, ResultCodeError } from 'ldapts';
import type { LdapConfig } from '../../config/sign-in.ts';
import { Refused } from '../contract/reply.ts';
import type { LdapPort, Vouched } from '../ports/sign-in-provider.ts';
import { escapeLdapValue } from './ldap-escape.ts';

/** Result codes of a bind that mean: not with this name and password. RFC 4511, appendix A. */
const NOT_THIS_PASSWORD = new Set([19, 32, 34, 48, 49, 50, 53]);
const SIZE_LIMIT_EXCEEDED = 4;
/** Bytes that are no text, in Active Directory. */
const BINARY = ['objectGUID', 'objectSid'];

export class LdapProvider implements LdapPort {
  readonly kind = 'ldap';
  readonly #config: LdapConfig;
  readonly #tls: ConnectionOptions;
  readonly #startsTls: boolean;
  readonly #attributes: readonly string[];

  constructor(config: LdapConfig) {
    this.#config = config;
    const { protocol, hostname } = new URL(config.url);
    const host = hostname.replace(/^\[|\]$/g, '');
    this.#startsTls = protocol === 'ldap:' && !config.plaintext;
    this.#tls = {
      host,
      minVersion: 'TLSv1.2',
      ...(isIP(host) === 0 && { servername: host }),
      ...(config.ca !== null && { ca: readFileSync(config.ca) }),
    };
    const { claims, roles } = config;
    this.#attributes = [
      ...new Set([...Object.values(claims), ...roles.map((rule) => rule.claim)].filter((name) => typeof name === 'string')),
    ];
  }

  async check(name: string, password: string): Promise<Vouched | null> {
    // A bind with a name and no password succeeds without looking at anything (RFC 4513, section 5.1.2).
    if (name === '' || password === '') return null;
    const directory = this.#connect();
    try {
      if (this.#startsTls) await directory.startTLS(this.#tls);
      const entry = await this.#entryOf(directory, name, password);
      return entry && this.#vouched(entry);
    } catch (error) {
      if (error instanceof Refused) throw error;
      throw new Refused('provider-unavailable', said(error));
    } finally {
      await directory.unbind().catch(() => undefined);
    }
  }

  #connect(): Client {
    const { url, timeoutSeconds } = this.#config;
    const timeout = timeoutSeconds * 1000;
    return new Client({
      url,
      timeout,
      connectTimeout: timeout,
      strictDN: false,
      ...(url.startsWith('ldaps:') && { tlsOptions: this.#tls }),
    });
  }

  /** Null: unknown, more than one, or not with this password. */
  async #entryOf(directory: Client, name: string, password: string): Promise<Entry | null> {
    const { bind, userDn } = this.#config;
    if (userDn !== null) {
      const isRight = await isBound(directory, userDn.replaceAll('{name}', escapeLdapValue(name)), password);
      return isRight ? this.#find(directory, name) : null;
    }
    if (bind === null || typeof bind.password !== 'string') throw new Error('The settings name no account that looks people up');
    await directory.bind(bind.dn, bind.password);
    const entry = await this.#find(directory, name);
    // An entry without a name would again be a bind that looks at nothing.
    if (!entry?.dn) return null;
    return (await isBound(directory, entry.dn, password)) ? entry : null;
  }

  async #find(directory: Client, name: string): Promise<Entry | null> {
    const { base, filter } = this.#config;
    try {
      const { searchEntries } = await directory.search(base, {
        scope: 'sub',
        filter: filter.replaceAll('{name}', escapeLdapValue(name)),
        attributes: [...this.#attributes],
        explicitBufferAttributes: BINARY,
        sizeLimit: 2,
      });
      const [entry, ...others] = searchEntries;
      return entry && others.length === 0 ? entry : null;
    } catch (error) {
      if (error instanceof ResultCodeError && error.code === SIZE_LIMIT_EXCEEDED) return null;
      throw error;
    }
  }

  #vouched(entry: Entry): Vouched {
    // Directories answer with their own capitals, and the library adds what was asked for in ours, empty.
    const values = new Map<string, readonly string[]>();
    for (const [name, value] of Object.entries(entry)) {
      const key = name.toLowerCase();
      values.set(key, [...(values.get(key) ?? []), ...textsOf(value)]);
    }
    const claims = Object.fromEntries(this.#attributes.map((name) => [name, values.get(name.toLowerCase()) ?? []]));
    const [subject, ...rest] = claims[this.#config.claims.subject] ?? [];
    if (!subject || rest.length > 0)
      throw new Refused('sign-in-failed', `The entry has not exactly one value of ${this.#config.claims.subject}`);
    return { subject, claims };
  }
}

async function isBound(directory: Client, dn: string, password: string): Promise<boolean> {
  try {
    await directory.bind(dn, password);
    return true;
  } catch (error) {
    if (error instanceof ResultCodeError && NOT_THIS_PASSWORD.has(error.code)) return false;
    throw error;
  }
}

function textsOf(value: Entry[string]): readonly string[] {
  return [value].flat().map((each) => (typeof each === 'string' ? each : each.toString('hex')));
}

/** Without what the directory says about the account. */
function said(error: unknown): string {
  if (error instanceof ResultCodeError) return `${error.name} (${error.code})`;
  return error instanceof Error ? error.message.replace(/[^\x20-\x7e]/g, '?').slice(0, 200) : 'unknown fault';
}
