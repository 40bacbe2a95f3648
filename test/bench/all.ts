// The whole table: runs the measurements that have goals, one after the other, and takes in what others have left in the results folder.
// npm run bench -- [--quick] [--json=FILE] [--only=sfu,bell,lecture,join] [--taken=FOLDER]
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Results, readResults, resultsFile, resultsFolder, resultsIn, writeAll } from './table/results.ts';
import { tableOf } from './table/table.ts';

const measurements = ['sfu', 'bell', 'lecture', 'join'];

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    json: { type: 'string', default: resultsFile('all') },
    only: { type: 'string', default: measurements.join(',') },
    /** Where results of other measurements lie (lines, chaos, soak, and those of earlier runs). */
    taken: { type: 'string', default: resultsFolder },
  },
});

/** The same table may be made of parts that were measured at different hours. */
const fileOf = (bench: string): string => resultsFile(values.quick ? `${bench}-quick` : bench);

async function run(bench: string): Promise<Results | null> {
  console.log(`— ${bench}`);
  const args = [join(import.meta.dirname, `${bench}.ts`), `--json=${fileOf(bench)}`, ...(values.quick ? ['--quick'] : [])];
  const child = spawn(process.execPath, args, { stdio: 'inherit' });
  const [code] = await once(child, 'exit');
  // 1: a goal was not reached.
  return code === 0 || code === 1 ? readResults(fileOf(bench)).catch(() => null) : null;
}

const wanted = values.only.split(',').filter(Boolean);
const begun = new Date().toISOString();
const measured: Results[] = [];
const failed: string[] = [];
for (const bench of wanted) {
  const results = await run(bench);
  if (results !== null && results.at >= begun) measured.push(results);
  else failed.push(bench);
}
const names = new Set(measured.map(({ bench }) => bench));
// A quick run shows that everything works; its figures stand beside nothing that was measured in earnest.
const others = values.quick ? [] : (await resultsIn(values.taken)).filter(({ bench }) => !names.has(bench));
const all = [...measured, ...others];
await writeAll(values.json, all);
console.log(`\n${tableOf(all)}`);
for (const bench of failed) console.log(`${bench} failed: see above.`);
console.log(`Written to ${values.json}`);
const missed = all.some(({ rows }) => rows.some(({ reached }) => reached === false));
process.exit(failed.length > 0 || missed ? 1 : 0);
