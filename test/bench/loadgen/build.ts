// Builds the C++ programs of the benchmarks on first use, into a cache outside the repository.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { cacheDir } from '../../../config/setup/paths.mjs';

const run = promisify(execFile);
const nativeFolder = join(import.meta.dirname, 'native');
const limitSource = join(import.meta.dirname, '..', 'sfu', 'native', 'limit.cpp');
const needed = 'apt-get install g++ libssl-dev libsrtp2-dev';

/** The load generator; its path. */
export function loadGeneratorProgram(): Promise<string> {
  const sources = readdirSync(nativeFolder).filter((name) => name.endsWith('.cpp'));
  return build(
    'loadgen',
    sources.map((name) => join(nativeFolder, name)),
    ['-lssl', '-lcrypto', '-lsrtp2'],
  );
}

/** What the limit L1 is measured with; its path. */
export function limitProgram(): Promise<string> {
  return build('limit', [limitSource], ['-lcrypto']);
}

/** A library that is loaded before Janus. */
export function preload(source: string): Promise<string> {
  return build(`${basename(source, '.cpp')}.so`, [source], ['-shared', '-fPIC', '-ldl']);
}

async function build(name: string, sources: readonly string[], flags: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const source of [...sources, ...headers()]) hash.update(readFileSync(source));
  const program = join(cacheDir(), 'bench', hash.update(flags.join(' ')).digest('hex').slice(0, 16), name);
  if (existsSync(program)) return program;
  await mkdir(dirname(program), { recursive: true });
  const unfinished = `${program}.${process.pid}`;
  try {
    await run('g++', ['-std=c++20', '-O2', '-o', unfinished, ...sources, ...flags]);
  } catch (error) {
    throw new Error(`${name} could not be built. It needs: ${needed}`, { cause: error });
  }
  await rename(unfinished, program);
  return program;
}

const headers = (): string[] =>
  readdirSync(nativeFolder)
    .filter((name) => name.endsWith('.hpp'))
    .toSorted()
    .map((name) => join(nativeFolder, name));
