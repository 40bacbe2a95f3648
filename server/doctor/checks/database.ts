// Whether the database is there, sound, fast, and of a version that this server knows. Rule X12.
import { broken, type Check, codeOf, type Finding, ok, warning, wordsOf } from '../finding.ts';

/** How the database was found; nothing is written to find it out. */
export type DatabaseState =
  /** Nothing has been written yet. */
  | { readonly as: 'new'; readonly kind: string }
  | { readonly as: 'unreachable'; readonly error: unknown }
  | {
      readonly as: 'reached';
      /** Like `PostgreSQL 15.8` or `SQLite (12 MB)`. */
      readonly kind: string;
      /** Steps of this version that were not made there yet. */
      readonly missing: readonly string[];
      /** Steps that were made there and are not known here. */
      readonly unknown: readonly string[];
      readonly answersInMs: number;
      /** What does not fit, in words, and how it is mended. */
      readonly faults: readonly { readonly found: string; readonly todo: string; readonly isBroken: boolean }[];
    };

const slowMs = 20;

export function databaseCheck(look: () => Promise<DatabaseState>): Check {
  return { name: 'database', look: async () => findingsOf(await look()) };
}

function findingsOf(state: DatabaseState): readonly Finding[] {
  switch (state.as) {
    case 'new':
      return [ok(`${state.kind}: it will be made at the first start`)];
    case 'unreachable':
      return [unreachable(state.error)];
    case 'reached':
      return reached(state);
  }
}

function reached({ kind, missing, unknown, answersInMs, faults }: Extract<DatabaseState, { as: 'reached' }>): readonly Finding[] {
  const findings: Finding[] = faults.map(({ found, todo, isBroken }) => (isBroken ? broken(found, todo) : warning(found, todo)));
  if (unknown.length > 0)
    findings.push(
      broken(
        `The database was used by a newer version (${unknown.join(', ')}): this one does not start with it`,
        'Install that version again, or bring back the copy of the database that was made before the update.',
      ),
    );
  if (answersInMs > slowMs)
    findings.push(
      warning(
        `${kind} answers in ${Math.round(answersInMs)} ms`,
        'Everything that happens in a class waits for it: bring it nearer to this machine.',
      ),
    );
  if (findings.length > 0) return findings;
  const steps = missing.length === 0 ? '' : `; ${missing.length} steps to this version are made at the next start, so keep a copy`;
  return [ok(`${kind}, answers in ${answersInMs.toFixed(1)} ms${steps}`)];
}

/** By PostgreSQL's codes (appendix A of its manual), the system's, and SQLite's. */
function unreachable(error: unknown): Finding {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  const code = codeOf(cause);
  const words = wordsOf(cause);
  if (code.startsWith('28'))
    return broken(`PostgreSQL does not let us in: ${words}`, 'Correct user and password in databaseUrl, and pg_hba.conf there.');
  if (code === '3D000')
    return broken(`There is no such database: ${words}`, 'Make it: createdb with the encoding UTF8, owned by the user of databaseUrl.');
  if (code === '53300')
    return broken(`PostgreSQL has no connection left: ${words}`, 'Raise max_connections there; this server takes up to 20.');
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return broken(`The machine of the database is not known: ${words}`, 'Correct the host in databaseUrl.');
  if (code === 'SQLITE_CANTOPEN' || code === 'EACCES')
    return broken(
      `The file of the database cannot be opened: ${words}`,
      'Give it to the user that the server runs as (chown), with all that lies beside it.',
    );
  if (code === 'SQLITE_NOTADB' || code === 'SQLITE_CORRUPT')
    return broken(`The file of the database is broken: ${words}`, 'Stop the server and bring back the newest copy of the data folder.');
  return broken(`The database does not answer: ${words}`, 'Start it, and look whether databaseUrl and the firewall lead there.');
}
