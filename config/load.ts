// Puts the settings together: defaults, then the file, then the environment; tells all faults at once.
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseDocument } from 'yaml';
import type { z } from 'zod';
import { allLeaves, settings, valueFrom } from './leaves.ts';
import { Config } from './schema.ts';
import { secretVariables, withRecordingSecrets, withRecordsSecrets, withSecrets } from './secrets.ts';

/** Variables that begin like settings but belong to the set-up, the demo and the development server. */
const NOT_SETTINGS = new Set([
  'AUDITORIA_CONFIG',
  'AUDITORIA_CACHE_DIR',
  'AUDITORIA_CHROMIUM',
  'AUDITORIA_FIREFOX',
  'AUDITORIA_DEMO_PASSWORD',
  'AUDITORIA_DEV_SERVER',
]);

type Tree = Record<string, unknown>;

export class ConfigFaulty extends Error {
  readonly faults: readonly string[];
  constructor(faults: readonly string[]) {
    super(
      `The configuration has ${faults.length === 1 ? 'a fault' : `${faults.length} faults`}:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`,
    );
    this.name = 'ConfigFaulty';
    this.faults = faults;
  }
}

/**
 * Throws `ConfigFaulty` with every fault. Paths in the answer are absolute.
 * @param folder where auditoria.yaml is looked for and relative paths begin
 */
export function loadConfig(env: NodeJS.ProcessEnv, folder: string): Config {
  const faults: string[] = [];
  const file = readFile(env, folder, faults);
  const { tree, sources } = withEnvironment(file, env, faults);
  const parsed = Config.safeParse(tree);
  if (!parsed.success) faults.push(...parsed.error.issues.flatMap((issue) => describe(issue, sources)));
  faults.push(...unreadableFiles(tree, folder));
  const providers = parsed.success ? withSecrets(parsed.data.signIn.providers, env, folder, faults) : [];
  const records = parsed.success ? withRecordsSecrets(parsed.data.records, env, folder, faults) : null;
  const recording = parsed.success ? withRecordingSecrets(parsed.data.recording, env, folder, faults) : null;
  if (faults.length > 0 || !parsed.success || records === null || recording === null) throw new ConfigFaulty(faults);
  return { ...absolute({ ...parsed.data, recording }, env, folder), signIn: { providers }, records };
}

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function readFile(env: NodeJS.ProcessEnv, folder: string, faults: string[]): Tree {
  const named = env.AUDITORIA_CONFIG;
  const path = resolve(folder, named || 'auditoria.yaml');
  if (!existsSync(path)) {
    if (named) faults.push(`AUDITORIA_CONFIG: there is no file ${path}`);
    return {};
  }
  const document = parseDocument(readFileSync(path, 'utf8'));
  for (const error of document.errors) faults.push(`${path}: ${error.message.split('\n')[0] ?? ''}`);
  if (document.errors.length > 0) return {};
  const content: unknown = document.toJS();
  if (content === null) return {};
  if (isTree(content)) return withoutEmptyGroups(content);
  faults.push(`${path}: is not a list of settings`);
  return {};
}

/** A group of which every line is a comment, as in the sample, is null in YAML. */
function withoutEmptyGroups(tree: Tree): Tree {
  const empty = new Set(
    settings()
      .groups.map((group) => group.key)
      .filter((key) => tree[key] === null),
  );
  return Object.fromEntries(Object.entries(tree).filter(([key]) => !empty.has(key)));
}

function withEnvironment(file: Tree, env: NodeJS.ProcessEnv, faults: string[]): { tree: Tree; sources: Map<string, string> } {
  const tree: Tree = structuredClone(file);
  const sources = new Map<string, string>();
  const known = new Set([...NOT_SETTINGS, ...secretVariables(file)]);
  const leaves = new Map(allLeaves().map((leaf) => [leaf.variable, leaf]));
  for (const [variable, text] of Object.entries(env)) {
    if (!variable.startsWith('AUDITORIA_') || known.has(variable)) continue;
    const leaf = leaves.get(variable);
    if (!leaf) {
      faults.push(`${variable}: there is no such setting`);
      continue;
    }
    // Compose files and unit files hand down empty variables for what is not set.
    if (!text) continue;
    const [key = '', inner] = leaf.path;
    sources.set(leaf.path.join('.'), variable);
    if (inner === undefined) tree[key] = valueFrom(leaf, text);
    else {
      tree[key] ??= {};
      const group = tree[key];
      if (isTree(group)) group[inner] = valueFrom(leaf, text);
    }
  }
  return { tree, sources };
}

function describe(issue: z.core.$ZodIssue, sources: ReadonlyMap<string, string>): string[] {
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => `${[...issue.path, key].join('.')}: there is no such setting`);
  const path = issue.path.join('.');
  const source = sources.get(issue.path.slice(0, 2).join('.')) ?? sources.get(issue.path.slice(0, 1).join('.'));
  return [`${source ?? (path || 'settings')}: ${issue.message}`];
}

function unreadableFiles(tree: Tree, folder: string): string[] {
  const { tls } = tree;
  if (!isTree(tls)) return [];
  return (['cert', 'key'] as const).flatMap((key) => {
    const path = tls[key];
    if (typeof path !== 'string' || path === '') return [];
    try {
      accessSync(resolve(folder, path), constants.R_OK);
      return [];
    } catch {
      return [`tls.${key}: cannot read ${path}`];
    }
  });
}

function absolute(config: Config, env: NodeJS.ProcessEnv, folder: string): Config {
  const from = (path: string | null) => (path === null ? null : resolve(folder, path));
  const dataDir = resolve(folder, config.dataDir);
  return {
    ...config,
    dataDir,
    tls: { cert: from(config.tls.cert), key: from(config.tls.key) },
    media: { ...config.media, workerBin: from(config.media.workerBin ?? (env.MEDIASOUP_WORKER_BIN || null)) },
    mail: { ...config.mail, passwordFile: from(config.mail.passwordFile), caFile: from(config.mail.caFile) },
    recording: { ...config.recording, dir: from(config.recording.dir) ?? join(dataDir, 'recordings') },
  };
}

/** What an operator should know about settings that are allowed and yet may not do what was meant. */
export function warnings(config: Config): string[] {
  const loopback = config.host === 'localhost' || config.host === '::1' || /^127\./.test(config.host);
  const secure = config.tls.cert !== null || config.trustedProxies.length > 0;
  const links =
    config.mail.host === null || config.publicUrl !== null
      ? []
      : ['Mails are sent, and publicUrl is not set: their links lead to the address that the server listens on.'];
  if (loopback || secure) return links;
  return [
    ...links,
    `Browsers give camera and microphone only to HTTPS, and ${config.host} is served over HTTP: set tls.cert and tls.key, or put an HTTPS proxy before the server and name it in trustedProxies.`,
  ];
}
