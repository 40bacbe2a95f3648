// npm run recordings: reads all files of recordings and says what is broken, or changes the key, beside a server that runs or without one.
import { join } from 'node:path';
import { ConfigFaulty, loadConfig } from '../config/load.ts';
import { systemClock } from './adapters/system-clock.ts';
import { openRecordingFiles } from './app-recording-files.ts';
import { RecordingId } from './contract/ids.ts';
import { Refused } from './contract/reply.ts';
import { openDatabase } from './database/open.ts';
import { openLog } from './log.ts';
import { run, usage } from './recording/files/cli.ts';

process.umask(0o077);
process.exitCode = await main(process.argv.slice(2)).catch((error: unknown) => {
  const isPlain = error instanceof ConfigFaulty || error instanceof Refused;
  process.stderr.write(`${isPlain ? error.message : `It could not be done: ${error instanceof Error ? error.message : String(error)}`}\n`);
  return 2;
});

async function main(words: readonly string[]): Promise<number> {
  const [verb, subject] = words;
  const only = RecordingId.safeParse(subject);
  const isKnown = (verb === 'verify' && (subject === undefined || only.success)) || (verb === 'rotate-key' && subject === undefined);
  if (!isKnown || words.length > 2) {
    process.stderr.write(usage);
    return 2;
  }
  const config = loadConfig(process.env, process.cwd());
  const database = await openDatabase(config.databaseUrl ?? join(config.dataDir, 'auditoria.sqlite'));
  const log = openLog({ level: 'warn', format: 'text' }, process.stderr);
  const opened = await openRecordingFiles({ config, db: database.db, clock: systemClock, log });
  try {
    return await run(verb === 'verify' ? { verb, only: only.data } : { verb: 'rotate-key' }, opened, process);
  } finally {
    await opened.close();
    await database.close();
  }
}
