// A whole server on a clock that stands still, and people who sign in to it with password and code.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Secret, TOTP } from 'otpauth';
import { loadConfig } from '../../config/load.ts';
import { type App, openApp } from '../../server/app.ts';
import { FirstRunDone, Person } from '../../server/contract/identity.ts';
import { Refusal } from '../../server/contract/reply.ts';
import { openLog } from '../../server/log.ts';
import { FakeClock } from './fake-clock.ts';
import { FakeMedia } from './fake-media.ts';

export const PASSWORD = 'Tau-men-dala 7';
export const noon = Date.parse('2026-09-07T12:00:00+05:00');
/** Of people who were added; each has a name of their own, also after a restart. */
let made = 0;
const quiet = openLog({ level: 'silent', format: 'json' });

interface Sending {
  readonly token?: string | undefined;
  readonly body?: unknown;
  readonly from?: string;
  readonly cookie?: string;
}

export class Campus {
  readonly clock: FakeClock;
  readonly app: App;
  readonly media: FakeMedia;
  readonly folder: string;

  private constructor(clock: FakeClock, app: App, media: FakeMedia, folder: string) {
    this.clock = clock;
    this.app = app;
    this.media = media;
    this.folder = folder;
  }

  static async open(env: NodeJS.ProcessEnv = {}, now = noon, known?: string): Promise<Campus> {
    const folder = known ?? (await mkdtemp(join(tmpdir(), 'auditoria-accounts-')));
    const clock = new FakeClock(now);
    const config = loadConfig({ AUDITORIA_PORT: '0', AUDITORIA_TRUSTED_PROXIES: 'loopback', ...env }, folder);
    const media = new FakeMedia({ workers: config.media.workers || 1 });
    return new Campus(clock, await openApp(config, { log: quiet, clientDir: null, media, clock }), media, folder);
  }

  /** Stopped and started again after a while: a clock that ran through days would ring every heartbeat in them. */
  async after(ms: number, env: NodeJS.ProcessEnv = {}): Promise<Campus> {
    await this.app.close('server-stopped');
    return Campus.open(env, this.clock.now() + ms, this.folder);
  }

  async close(): Promise<void> {
    await this.app.close('server-stopped');
    await rm(this.folder, { recursive: true, force: true });
  }

  call(method: string, path: string, { token, body, from, cookie }: Sending = {}): Promise<Response> {
    return fetch(this.app.url + path, {
      method,
      headers: {
        ...(token && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(from && { 'x-forwarded-for': from }),
        ...(cookie && { cookie }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  }

  async json(method: string, path: string, sending: Sending = {}): Promise<unknown> {
    const response = await this.call(method, path, sending);
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return response.status === 204 ? {} : response.json();
  }

  async refusal(method: string, path: string, sending: Sending = {}): Promise<Refusal['code'] | null> {
    const response = await this.call(method, path, sending);
    return response.ok ? null : Refusal.parse(await response.json()).code;
  }

  /** Answers the token. */
  async firstAdministrator(): Promise<string> {
    const person = { signInName: 'admin', displayName: 'Әсел Нұрланқызы', password: PASSWORD };
    const code = this.app.firstRunCode;
    return FirstRunDone.parse(await this.json('POST', '/api/first-run', { body: { choice: 'administrator', code, person } })).token;
  }

  async add(token: string, roles: readonly string[], more: object = {}): Promise<Person> {
    made += 1;
    const body = { signInName: `person${made}`, displayName: `Person ${made}`, roles, password: PASSWORD, ...more };
    return Person.parse(await this.json('POST', '/api/people', { token, body }));
  }

  signIn(name: string, from = '198.51.100.1'): Promise<unknown> {
    return this.json('POST', '/api/session', { body: { name, password: PASSWORD }, from });
  }
}

/** What an authenticator shows. */
export function codeAt(secret: string, at: number): string {
  return new TOTP({ secret: Secret.fromBase32(secret), digits: 6, period: 30, algorithm: 'SHA1' }).generate({ timestamp: at });
}
