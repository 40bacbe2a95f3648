// Starts the server: checks Node, reads the settings, opens the app, stops it on a signal.

const LEAST_NODE = [22, 22];
const STOP_MS = 10_000;

function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [leastMajor = 0, leastMinor = 0] = LEAST_NODE;
  return major > leastMajor || (major === leastMajor && minor >= leastMinor);
}

function fail(text: string): never {
  process.stderr.write(`${text}\n`);
  process.exit(1);
}

if (!isNewEnough(process.versions.node))
  fail(`Auditoria needs Node ${LEAST_NODE.join('.')} or newer, and this is ${process.versions.node}. Start it with: npm start`);

// What the server writes is for its own user alone.
process.umask(0o077);

// Only now: on an older Node the database driver ends the process without a word.
const { loadConfig, ConfigFaulty, warnings } = await import('../config/load.ts');
const { openApp } = await import('./app.ts');
const { openLog } = await import('./log.ts');

function settings() {
  try {
    return loadConfig(process.env, process.cwd());
  } catch (error) {
    if (error instanceof ConfigFaulty) fail(error.message);
    throw error;
  }
}

const config = settings();
const log = openLog({ level: config.logLevel, format: config.logFormat });
const demoPassword = process.env.AUDITORIA_DEMO_PASSWORD;
const app = await openApp(config, { log, ...(demoPassword && { demoPassword }) }).catch((error: unknown) => {
  log.error({ error, hint: 'npm run doctor says what is broken, and how it is mended.' }, 'The server could not start');
  return fail(reasonOf(error));
});

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') return `Port ${config.port} is in use: stop what uses it, or set AUDITORIA_PORT.`;
  if (code === 'EACCES') return `Port ${config.port} may not be used by this user: set AUDITORIA_PORT to one above 1023.`;
  // The worker has no codes, only its words.
  if (error instanceof Error && /uv_(udp_bind|tcp_bind|listen)\(\) failed/.test(error.message))
    return `A media port from ${config.media.portBase} on is in use: stop what uses it, or set AUDITORIA_MEDIA_PORT_BASE. (${error.message})`;
  const cause = error instanceof Error && error.cause instanceof Error ? ` (${error.cause.message})` : '';
  return `The server could not start: ${error instanceof Error ? error.message : String(error)}${cause}\nnpm run doctor says what is broken, and how it is mended.`;
}

const address = config.publicUrl ?? app.url;
for (const warning of warnings(config)) process.stdout.write(`\nNote: ${warning}\n`);
process.stdout.write(`\nAuditoria is at ${address}\n`);
if (app.firstRunCode !== null) {
  process.stdout.write(
    `\nThis database is empty. To make the first administrator, or a demo university, open this link (it works once):\n\n    ${address}/first-run#${app.firstRunCode}\n\n`,
  );
}

let stopping = false;
async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  setTimeout(() => fail('Stopping took too long; what was left is given up.'), STOP_MS).unref();
  await app.close('server-stopped');
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop());
// A broken promise is a bug: better to be started anew, with the state that the database holds, than to go on half broken.
process.on('unhandledRejection', (error) => {
  log.error({ error }, 'Something failed that nobody waited for; the server stops, to be started anew');
  process.exitCode = 1;
  void stop();
});
