// The set-up: runs the steps that a purpose needs, each only when something is left to do, and hands on what they found.
import { isAtLeast, productNode } from './paths.mjs';
import { duration, SetupFailed, say, sayFailure } from './say.mjs';
import { clientBuild } from './steps/client-build.mjs';
import { mediaWorker } from './steps/media-worker.mjs';
import { nodeModules } from './steps/node-modules.mjs';
import { chromium, coturn, ffmpeg, firefox, postgres } from './steps/programs.mjs';
import { promtool } from './steps/promtool.mjs';

/**
 * One thing that the product needs on the machine. Steps are safe to run twice and leave nothing half done.
 * @typedef {object} Step
 * @property {string} name
 * @property {string} usually how long `act` usually takes
 * @property {(env: NodeJS.ProcessEnv) => string | undefined} remaining what is left to do, in a word or two; undefined when nothing. Takes milliseconds
 * @property {(env: NodeJS.ProcessEnv) => Promise<void>} act does it, or throws SetupFailed
 * @property {(env: NodeJS.ProcessEnv) => void} [provide] writes what was found into the environment of what runs next
 */

/** @type {Readonly<Record<'check' | 'serve' | 'develop' | 'test' | 'testMedia' | 'testQuick', readonly Step[]>>} */
const stepsFor = {
  check: [nodeModules],
  develop: [nodeModules, mediaWorker, ffmpeg],
  serve: [nodeModules, mediaWorker, ffmpeg, clientBuild],
  testQuick: [nodeModules, ffmpeg, postgres, promtool],
  testMedia: [nodeModules, mediaWorker, ffmpeg, chromium, firefox, postgres, coturn, promtool],
  test: [nodeModules, mediaWorker, ffmpeg, chromium, firefox, postgres, coturn, promtool, clientBuild],
};

/**
 * @param {readonly Step[]} steps
 * @param {NodeJS.ProcessEnv} env changed: what the steps found is added
 */
export async function runSteps(steps, env) {
  for (const step of steps) {
    const remaining = step.remaining(env);
    if (remaining) {
      say(`• ${step.name}: ${remaining} (usually ${step.usually})`);
      const started = Date.now();
      await step.act(env);
      say(`  done in ${duration(Date.now() - started)}`);
    }
    step.provide?.(env);
  }
}

/**
 * What is left to do for a purpose, without doing any of it.
 * @param {keyof typeof stepsFor} purpose
 * @param {NodeJS.ProcessEnv} env
 * @returns {{ name: string, remaining: string }[]}
 */
export function remainingFor(purpose, env) {
  return stepsFor[purpose].flatMap((step) => {
    const remaining = step.remaining(env);
    return remaining ? [{ name: step.name, remaining }] : [];
  });
}

/**
 * Hands on what is there already, as a set-up with nothing left to do would.
 * @param {keyof typeof stepsFor} purpose
 * @param {NodeJS.ProcessEnv} env changed
 */
export function provideFor(purpose, env) {
  for (const step of stepsFor[purpose]) step.provide?.(env);
}

/**
 * Makes the machine ready, or says why not and ends the process.
 * @param {keyof typeof stepsFor} purpose
 * @returns {Promise<{ node: string, env: NodeJS.ProcessEnv }>} the Node to run the product with, and the environment for it
 */
export async function setUp(purpose) {
  const env = { ...process.env };
  try {
    if (!isAtLeast(process.versions.node, [20, 19])) {
      throw new SetupFailed(
        'Auditoria cannot be started',
        `This is Node ${process.versions.node}`,
        'Install Node 20.19 or newer, then start again.',
      );
    }
    await runSteps(stepsFor[purpose], env);
    const node = productNode();
    if (!node) {
      throw new SetupFailed(
        'There is no Node to run the product with',
        `The node package brought none for this machine (${process.platform} ${process.arch}), and this is Node ${process.versions.node}`,
        'Install Node 22.22 or newer, then start again.',
      );
    }
    return { node, env };
  } catch (error) {
    sayFailure(error);
    process.exit(1);
  }
}
