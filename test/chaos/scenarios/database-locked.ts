// Another process holds SQLite's write lock, as a copy or a careless administrator does: classes go on, and all is written afterwards.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Scenario } from '../scenario.ts';
import { sqliteFile } from '../support/school.ts';

const program = `
import Sqlite from 'better-sqlite3';
const database = new Sqlite(process.argv[1]);
database.pragma('busy_timeout = 10000');
database.exec('begin exclusive');
console.log('locked');
process.stdin.on('end', () => { database.exec('rollback'); process.exit(0); }).resume();
`;

export const databaseLocked = (forMs: number): Scenario => ({
  name: 'database-locked',
  says: `another process holds the SQLite file for ${forMs / 1000} s`,
  databases: ['sqlite'],
  touches: 'the-struck',
  silenceMs: 5000,
  async strike({ dataDir }, classes) {
    const args = ['--input-type=module', '-e', program, sqliteFile(dataDir)];
    const locker = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'], cwd: import.meta.dirname });
    await once(locker.stdout, 'data');
    await new Promise((done) => setTimeout(done, forMs));
    const gone = once(locker, 'exit');
    locker.stdin.end();
    await gone;
    return { hit: classes };
  },
});
