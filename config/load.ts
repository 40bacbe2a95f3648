// Puts the settings together: defaults, then the file, then the environment; tells all faults at once.
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseDocument } from 'yaml';
import type { z } from 'zod';
import { allLeaves, settings, valueFrom } from './leaves.ts';
import { Config } from './schema.ts';
import { secretFiles, secretVariables, withRecordingSecrets, withRecordsSecrets, withSecrets } from './secrets.ts';

/** Variables that begin like settings but belong to the set-up, the demo and the development server. */
const NOT_SETTINGS = new Set([
  'AUDITORIA_CONFIG',
  'AUDITORIA_CACHE_DIR',
  'AUDITORIA_CHROMIUM',
  'AUDITORIA_FIREFOX',
  'AUDITORIA_PROMTOOL',
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
  const { config, faults } = examineConfig(env, folder);
  if (faults.length > 0) throw new ConfigFaulty(faults);
  return config;
}

export interface ExaminedConfig {
  /** Without what is faulty. */
  readonly config: Config;
  readonly faults: readonly string[];
  /** Files that hold a secret each. */
  readonly secretFiles: readonly string[];
}

/** All faults, and what holds in spite of them: for whoever looks further. */
export function examineConfig(env: NodeJS.ProcessEnv, folder: string): ExaminedConfig {
  const faults: string[] = [];
  const { tree, sources } = withEnvironment(readFile(env, folder, faults), env, faults);
  const parsed = parse(tree, sources, faults);
  faults.push(...unreadableFiles(tree, folder));
  const providers = withSecrets(parsed.signIn.providers, env, folder, faults);
  const records = withRecordsSecrets(parsed.records, env, folder, faults);
  const recording = withRecordingSecrets(parsed.recording, env, folder, faults);
  const config = { ...absolute({ ...parsed, recording }, env, folder), signIn: { providers }, records };
  const ownFiles = [config.tls.key, config.mail.passwordFile].filter((path) => path !== null);
  return { config, faults, secretFiles: [...ownFiles, ...secretFiles(tree).map((path) => resolve(folder, path))] };
}

/** What is faulty is told and left out, until the rest holds: a rule may name a setting that is right, and mean another. */
function parse(tree: Tree, sources: ReadonlyMap<string, string>, faults: string[]): Config {
  const rest: Tree = structuredClone(tree);
  for (let round = 0; round < 5; round++) {
    const parsed = Config.safeParse(rest);
    if (parsed.success) return parsed.data;
    if (round === 0) faults.push(...parsed.error.issues.flatMap((issue) => describe(issue, sources)));
    for (const issue of parsed.error.issues) leaveOut(rest, issue);
  }
  return Config.parse({});
}

function leaveOut(tree: Tree, issue: z.core.$ZodIssue): void {
  const [key = '', inner] = issue.path.map(String);
  const group = tree[key];
  const names = issue.code === 'unrecognized_keys' ? issue.keys : [];
  if (key === '') for (const name of names) delete tree[name];
  else if (isTree(group) && inner === undefined && names.length > 0) for (const name of names) delete group[name];
  else if (isTree(group) && inner !== undefined) delete group[inner];
  // One that is not there is missed by what needs it.
  else if (key in tree) delete tree[key];
  else for (const needs of ['signIn', 'records']) delete tree[needs];
}

/** The file of the settings, whether it is there or not. */
export function settingsFile(env: NodeJS.ProcessEnv, folder: string): string {
  return resolve(folder, env.AUDITORIA_CONFIG || 'auditoria.yaml');
}

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function readFile(env: NodeJS.ProcessEnv, folder: string, faults: string[]): Tree {
  const path = settingsFile(env, folder);
  if (!existsSync(path)) {
    if (env.AUDITORIA_CONFIG) faults.push(`AUDITORIA_CONFIG: there is no file ${path}`);
    return {};
  }
  const text = textOf(path, faults);
  if (text === null) return {};
  const document = parseDocument(text);
  for (const error of document.errors) faults.push(`${path}: ${error.message.split('\n')[0] ?? ''}`);
  if (document.errors.length > 0) return {};
  const content: unknown = document.toJS();
  if (content === null) return {};
  if (isTree(content)) return withoutEmptyGroups(content);
  faults.push(`${path}: is not a list of settings`);
  return {};
}

function textOf(path: string, faults: string[]): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    faults.push(`${path}: cannot be read (${error instanceof Error ? error.message : String(error)})`);
    return null;
  }
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
