// Runs other programs: quietly with their output kept, or in the foreground with signals passed on.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { join } from 'node:path';

/**
 * @typedef {{ code: number, output: string }} Finished
 * @typedef {{ cwd?: string, env?: NodeJS.ProcessEnv, timeoutMs?: number, onLine?: (line: string) => void }} QuietOptions
 */

/**
 * Runs to the end, keeps stdout and stderr together, never rejects: a program that cannot be started has code 127.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {QuietOptions} [options]
 * @returns {Promise<Finished>}
 */
export function runQuietly(command, args, options = {}) {
  return new Promise((done) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: options.timeoutMs,
    });
    let output = '';
    let line = '';
    const take = (/** @type {Buffer} */ chunk) => {
      const text = chunk.toString();
      output += text;
      if (!options.onLine) return;
      const lines = (line + text).split(/[\r\n]+/);
      line = lines.pop() ?? '';
      for (const each of lines) options.onLine(each);
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.on('error', (error) => done({ code: 127, output: output + error.message }));
    child.on('close', (code, signal) => done({ code: exitCode(code, signal), output }));
  });
}

/** @param {string} output @param {number} count */
export function lastLines(output, count) {
  return output.trimEnd().split('\n').slice(-count).join('\n');
}

/** A signal becomes 128 + its number, as in a shell. @param {number | null} code @param {NodeJS.Signals | null} signal */
export function exitCode(code, signal) {
  if (code !== null) return code;
  return signal ? 128 + constants.signals[signal] : 1;
}

const SAME_PRESS_MS = 500;
/** @type {readonly NodeJS.Signals[]} */
const PASSED_ON = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Runs in this terminal until it ends; signals that reach us reach it, each once.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<number>} the program's exit code
 */
export function runInForeground(command, args, options = {}) {
  return new Promise((done, fail) => {
    // A process group of its own: otherwise Ctrl-C reaches the program from the terminal, from npm and from us,
    // and a program that takes the second Ctrl-C for "at once" never ends in good order.
    const child = spawn(command, args, { cwd: options.cwd, env: options.env ?? process.env, stdio: 'inherit', detached: true });
    let lastAt = 0;
    const passOn = (/** @type {NodeJS.Signals} */ signal) => {
      if (Date.now() - lastAt < SAME_PRESS_MS) return;
      lastAt = Date.now();
      child.kill(signal);
    };
    for (const signal of PASSED_ON) process.on(signal, passOn);
    child.on('error', fail);
    child.on('close', (code, signal) => {
      for (const each of PASSED_ON) process.off(each, passOn);
      done(exitCode(code, signal));
    });
  });
}

/**
 * npm as it runs us, else the one on the path.
 * @param {NodeJS.ProcessEnv} env
 * @returns {[string, string[]]}
 */
export function npmCommand(env = process.env) {
  const script = env.npm_execpath;
  return script?.endsWith('npm-cli.js') ? [process.execPath, [script]] : ['npm', []];
}

/**
 * The first of these programs on the path.
 * @param {readonly string[]} names
 * @param {(path: string) => boolean} isProgram
 * @param {string} path
 */
export function findProgram(names, isProgram, path = process.env.PATH ?? '') {
  for (const name of names) {
    for (const folder of path.split(':').filter(Boolean)) {
      const candidate = join(folder, name);
      if (isProgram(candidate)) return candidate;
    }
  }
  return undefined;
}
