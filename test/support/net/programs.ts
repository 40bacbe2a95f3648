// Runs the programs that make networks, and says whether this machine lets us.
import { execFileSync, spawnSync } from 'node:child_process';
import { platform } from 'node:os';

/** What it printed. Throws with what it complained of. */
export function run(program: string, args: readonly string[], input?: string): string {
  return execFileSync(program, args, { encoding: 'utf8', stdio: ['pipe', 'pipe', 'pipe'], ...(input === undefined ? {} : { input }) });
}

/** Why hosts in networks of their own cannot be had here; null when they can. */
export function whyNoNetworks(): string | null {
  if (platform() !== 'linux') return 'network namespaces are a matter of Linux';
  if (process.getuid?.() !== 0) return 'network namespaces need root';
  for (const [program, word] of [
    ['ip', '-V'],
    ['tc', '-V'],
    ['nft', '-v'],
  ] as const) {
    if (spawnSync(program, [word]).status !== 0) return `the program ${program} is missing (packages iproute2 and nftables)`;
  }
  const probe = `auditoria-probe-${process.pid}`;
  const made = spawnSync('ip', ['netns', 'add', probe], { encoding: 'utf8' });
  if (made.status !== 0) return `a network namespace cannot be made: ${made.stderr.trim()}`;
  run('ip', ['netns', 'del', probe]);
  return null;
}
