// Whether what must stay secret can be read by others on this machine, and by the server. Rule X14.
import { readdirSync, readFileSync, type Stats, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { broken, type Check, type Finding, ok, warning } from '../finding.ts';

export interface SecretsParts {
  readonly dataDir: string;
  /** The settings' own file, when there is one; a secret or none may stand in it. */
  readonly settingsFile: string | null;
  /** Files that the settings name and that hold a secret each. */
  readonly named: readonly string[];
}

const anybody = 0o007;
const groupMayChange = 0o020;
/** Others than owner and group come to what lies in a folder. */
const mayPass = 0o001;
/** Written in the settings themselves, not as the name of a file or of a variable. */
const secretInWords = /^\s*(- )?(password|turnSecret|metricsToken|clientSecret|secret|lrsPassword|s3AccessKey|s3SecretKey)\s*:\s*[^\s#{]/m;
const passwordInAddress = /^databaseUrl\s*:\s*\S+:\/\/[^:@\s]+:[^@\s]+@/m;

export function secretsCheck({ dataDir, settingsFile, named }: SecretsParts): Check {
  return {
    name: 'secrets',
    async look() {
      const own = secretFilesIn(dataDir);
      const folder = statOf(dataDir);
      const files = [...own, ...named, ...(settingsFile !== null && holdsSecrets(settingsFile) ? [settingsFile] : [])];
      const findings = files.flatMap((file) => faultOf(file, statOf(file)));
      if (folder !== null && (folder.mode & anybody) !== 0)
        findings.push(broken(`Everybody on this machine can look into ${dataDir}`, `chmod 700 ${dataDir}`));
      if (folder !== null) findings.push(...foreignIn(own, folder));
      if (findings.length > 0) return findings;
      return [ok(`${files.length} files with secrets, which nobody else can read`)];
    },
  };
}

function faultOf(file: string, found: Stats | null): readonly Finding[] {
  if (found === null) return [];
  if ((found.mode & anybody) !== 0 && foldersAbove(file).every((folder) => ((statOf(folder)?.mode ?? anybody) & mayPass) !== 0))
    return [
      broken(
        `Everybody on this machine can read ${file}`,
        `chmod o-rwx ${file} and change what stands in it if strangers have accounts here.`,
      ),
    ];
  if ((found.mode & groupMayChange) !== 0) return [warning(`Its group can change ${file}`, `chmod g-w ${file}`)];
  return [];
}

/** A command that root gave leaves files that the server cannot read any more. */
function foreignIn(files: readonly string[], folder: Stats): readonly Finding[] {
  const foreign = files.filter((file) => (statOf(file)?.uid ?? folder.uid) !== folder.uid);
  if (foreign.length === 0) return [];
  return [
    broken(
      `${foreign.slice(0, 3).join(', ')} ${foreign.length === 1 ? 'belongs' : 'belong'} to another user than the data folder`,
      'chown what lies in the data folder to the user that the server runs as, and give commands as that user.',
    ),
  ];
}

/** The server's own keys, and the databases: names, messages and addresses of all people. */
function secretFilesIn(dataDir: string): readonly string[] {
  const beside = namesIn(dataDir).filter((name) =>
    /^(auditoria\.sqlite.*|recordings\.key|server\.json|held-for-database\.jsonl.*)$/.test(name),
  );
  return [...beside.map((name) => join(dataDir, name)), ...namesIn(join(dataDir, 'secrets')).map((name) => join(dataDir, 'secrets', name))];
}

function foldersAbove(file: string): readonly string[] {
  const above = dirname(file);
  return above === file ? [] : [above, ...foldersAbove(above)];
}

function holdsSecrets(file: string): boolean {
  try {
    const text = readFileSync(file, 'utf8');
    return secretInWords.test(text) || passwordInAddress.test(text);
  } catch {
    return false;
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function statOf(file: string): Stats | null {
  return statSync(file, { throwIfNoEntry: false }) ?? null;
}
