// For tests: runs `npm run doctor` as an administrator does, on a set-up that the test has broken, and reads what it says.
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { z } from 'zod';

const program = join(import.meta.dirname, '../../config/setup/doctor.mjs');

const Report = z.object({
  ok: z.boolean(),
  broken: z.number(),
  findings: z.array(
    z.object({ check: z.string(), state: z.enum(['ok', 'warning', 'broken']), found: z.string(), todo: z.string().optional() }),
  ),
});

export interface Seen {
  readonly code: number | null;
  /** Those that are broken, each as its check and what was found. */
  readonly broken: readonly string[];
  readonly findings: z.infer<typeof Report>['findings'];
}

/** An empty folder that is gone after the test. */
export async function emptyFolder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'auditoria-doctor-'));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return path;
}

/** One that was free a moment ago. */
export function freePort(): Promise<number> {
  return new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => done(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

/** Until the test is over. */
export async function listening(server: ReturnType<typeof createServer>): Promise<number> {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => void server.close());
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('There is no port');
  return address.port;
}

/** @param only what is looked at; empty: everything */
export async function askDoctor(settings: Readonly<Record<string, string>>, only: readonly string[]): Promise<Seen> {
  const { code, text } = await runDoctor(settings, ['--json', ...(only.length > 0 ? [`--only=${only.join(',')}`] : [])]);
  const { findings } = Report.parse(JSON.parse(text));
  return { code, findings, broken: findings.filter(({ state }) => state === 'broken').map(({ check, found }) => `${check}: ${found}`) };
}

export async function runDoctor(
  settings: Readonly<Record<string, string>>,
  words: readonly string[],
): Promise<{ code: number | null; text: string }> {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('AUDITORIA_'));
  const usual = { AUDITORIA_DATA_DIR: join(await emptyFolder(), 'data'), AUDITORIA_PORT: String(await freePort()) };
  const env = { ...Object.fromEntries(inherited), ...usual, AUDITORIA_MEDIA_PORT_BASE: '0', ...settings };
  const child = spawn(process.execPath, [program, ...words], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  let text = '';
  child.stdout.on('data', (part: Buffer) => {
    text += part.toString();
  });
  const code = await new Promise<number | null>((ended) => child.once('close', ended));
  return { code, text };
}
