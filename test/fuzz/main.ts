// The fuzz of every route and every request as a command: `node test/fuzz/main.ts <count> <seed>`.
import { fuzzAll } from './all.ts';

const [count = 100_000, seed = Date.now() % 1_000_000_000] = process.argv.slice(2).map(Number);
const say = (line: string) => process.stdout.write(`${line}\n`);
say(`${count} inputs, seed ${seed}`);
try {
  const { outcomes, neverReached } = await fuzzAll({ seed, count, told: say });
  say(JSON.stringify(outcomes, null, 2));
  say(`Never answered with a value: ${neverReached.join(', ') || 'none'}`);
} catch (error) {
  say(error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.exitCode = 1;
}
