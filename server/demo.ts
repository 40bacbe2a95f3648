// The command that fills an empty database with the demo university and prints the names and passwords once.
import { join } from 'node:path';
import { ConfigFaulty, loadConfig } from '../config/load.ts';
import { systemClock } from './adapters/system-clock.ts';
import { Refused } from './contract/reply.ts';
import { openDatabase } from './database/open.ts';
import { type DemoCredential, fillDemo } from './fill-demo.ts';

async function run(): Promise<string> {
  const config = loadConfig(process.env, process.cwd());
  const where = config.databaseUrl ?? join(config.dataDir, 'auditoria.sqlite');
  const database = await openDatabase(where);
  try {
    const password = process.env.AUDITORIA_DEMO_PASSWORD;
    const { credentials } = await fillDemo({
      db: database.db,
      now: systemClock.now(),
      timeZone: config.timeZone,
      ...(password && { password }),
    });
    return `The demo university is ready. Its people; the passwords are not shown again:\n\n${table(credentials)}\n\nA class of "teacher" runs now, and lasts another hour.\n`;
  } finally {
    await database.close();
  }
}

function table(credentials: readonly DemoCredential[]): string {
  const width = Math.max(...credentials.map(({ signInName }) => signInName.length));
  const passwordWidth = Math.max(...credentials.map(({ password }) => password.length));
  return credentials
    .map(
      ({ signInName, password, role, displayName }) =>
        `  ${signInName.padEnd(width)}  ${password.padEnd(passwordWidth)}  ${role.padEnd(13)}  ${displayName}`,
    )
    .join('\n');
}

function reasonOf(error: unknown): string {
  if (error instanceof ConfigFaulty) return error.message;
  if (error instanceof Refused && error.code === 'already-set-up') {
    return 'The demo university needs an empty database, and this one has people already. Name another data folder with AUDITORIA_DATA_DIR, or another database with AUDITORIA_DATABASE_URL.';
  }
  return `The demo university was not made: ${error instanceof Error ? error.message : String(error)}`;
}

try {
  process.stdout.write(await run());
} catch (error) {
  process.stderr.write(`${reasonOf(error)}\n`);
  process.exitCode = 1;
}
