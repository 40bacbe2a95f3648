// Runs the proof of a media worker in a process of its own: a bad binary may take its parent with it.
import { join } from 'node:path';
import { productNode, root } from '../paths.mjs';
import { lastLines, runQuietly } from '../run.mjs';

const TIME_OUT_MS = 60_000;

/**
 * @param {string} binary
 * @returns {Promise<string | undefined>} why the binary is no good; undefined when it is proven
 */
export async function faultOf(binary) {
  const node = productNode();
  if (!node) return 'there is no Node 22.22 or newer to prove it with';
  const { code, output } = await runQuietly(node, [join(root, 'config', 'setup', 'worker', 'prove.mjs'), binary], {
    timeoutMs: TIME_OUT_MS,
  });
  if (code === 0) return undefined;
  return lastLines(output, 6) || `the proof ended with code ${code}`;
}
