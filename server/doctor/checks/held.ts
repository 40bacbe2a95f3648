// What lies beside the database: what it could not take yet, and what it refused for good. Rule X18.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { broken, type Check, type Finding, ok, warning } from '../finding.ts';

export function heldCheck(dataDir: string, isRunning: boolean): Check {
  return {
    name: 'held',
    async look() {
      const findings: Finding[] = [];
      const waiting = linesIn(join(dataDir, 'held-for-database.jsonl'));
      if (waiting > 0)
        findings.push(
          isRunning
            ? broken(
                `${waiting} things that happened in classes wait for the database`,
                'Bring the database back; they go into it by themselves. Never remove the file.',
              )
            : warning(
                `${waiting} things that happened in classes wait for the database`,
                'The next start writes them before anything else. Never remove the file.',
              ),
        );
      const refused = namesIn(dataDir).filter((name) => name.startsWith('held-for-database.jsonl.refused'));
      const lines = refused.reduce((sum, name) => sum + linesIn(join(dataDir, name)), 0);
      if (lines > 0)
        findings.push(
          warning(
            `${lines} things lie in ${refused.join(', ')} that the database refused for good`,
            'Look why in the log of that day, and remove the file when it is dealt with; by itself it goes after retention.refusedDays.',
          ),
        );
      return findings.length > 0 ? findings : [ok('Nothing waits for the database')];
    },
  };
}

/** What is held ends at the first zero byte. */
function linesIn(path: string): number {
  if (statSync(path, { throwIfNoEntry: false }) === undefined) return 0;
  const [text = ''] = readFileSync(path, 'utf8').split('\0', 1);
  return text.split('\n').length - 1;
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
