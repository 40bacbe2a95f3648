// For tests: Debian's coturn, with the example configuration of config/deploy changed only in what belongs to one machine.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cert, key } from './localhost-certificate.ts';

const program = '/usr/bin/turnserver';
export const hasTurnServer = existsSync(program);

export interface TurnServer {
  /** As `ice.turn` in the settings: by UDP, by TCP and by TLS. */
  readonly urls: { readonly udp: string; readonly tcp: string; readonly tls: string };
  readonly secrets: readonly string[];
  /** What it has written about relays and people so far. */
  log(): Promise<string>;
  close(): Promise<void>;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('There is no free port.');
  return address.port;
}

/** Each line of the example that cannot hold here is exchanged; one that is not there any more is an error. */
function adapted(example: string, exchanges: Readonly<Record<string, readonly string[]>>): string {
  let text = example;
  for (const [line, instead] of Object.entries(exchanges)) {
    const pattern = new RegExp(`^${line}.*$`, 'm');
    if (!pattern.test(text)) throw new Error(`The example has no line ${line}`);
    text = text.replace(pattern, instead.join('\n'));
  }
  return text;
}

export async function openTurnServer(secrets: readonly string[] = ['a-secret-of-the-test']): Promise<TurnServer> {
  const folder = await mkdtemp(join(tmpdir(), 'turn-'));
  const at = (name: string) => join(folder, name);
  const [port, tlsPort] = [await freePort(), await freePort()];
  const example = await readFile(join(import.meta.dirname, '../../config/deploy/turnserver.conf'), 'utf8');
  const settings = adapted(example, {
    'listening-port=': [`listening-port=${port}`],
    'tls-listening-port=': [`tls-listening-port=${tlsPort}`],
    'listening-ip=': ['listening-ip=127.0.0.1'],
    'relay-ip=': ['relay-ip=127.0.0.1'],
    'static-auth-secret=': secrets.map((secret) => `static-auth-secret=${secret}`),
    'cert=': [`cert=${at('cert.pem')}`],
    'pkey=': [`pkey=${at('key.pem')}`],
    'no-loopback-peers': ['allow-loopback-peers'],
    'allowed-peer-ip=': ['allowed-peer-ip=127.0.0.1'],
    // Verbose, so that the log says who was relayed how.
    syslog: [`log-file=${at('turn.log')}`, 'simple-log', 'verbose', `pidfile=${at('turn.pid')}`, `userdb=${at('turn.db')}`],
  });
  await Promise.all([writeFile(at('turn.conf'), settings), writeFile(at('cert.pem'), cert), writeFile(at('key.pem'), key)]);
  const server = spawn(program, ['-c', at('turn.conf')], { stdio: 'ignore', cwd: folder });
  const log = () => readFile(at('turn.log'), 'utf8').catch(() => '');
  await listening(server, [port, tlsPort], log);
  return {
    urls: {
      udp: `turn:127.0.0.1:${port}?transport=udp`,
      tcp: `turn:127.0.0.1:${port}?transport=tcp`,
      // By the name, which is what the certificate is for.
      tls: `turns:localhost:${tlsPort}?transport=tcp`,
    },
    secrets,
    log,
    async close() {
      const ended = once(server, 'exit');
      server.kill('SIGKILL');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function listening(server: ChildProcess, ports: readonly number[], log: () => Promise<string>): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    if (server.exitCode !== null) throw new Error(`coturn ended: ${await log()}`);
    const text = await log();
    if (ports.every((port) => text.includes(`TCP listener opened on : 127.0.0.1:${port}`))) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`coturn does not listen: ${await log()}`);
}
