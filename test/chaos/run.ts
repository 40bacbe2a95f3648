// npm run chaos: breaks parts of a whole server under running classes, and says whether everything is as it should be afterwards.
// --only=name,… --database=sqlite|postgres --rounds=n --seed=n --json=file --quick; "soak" and "fuzz" are programs of their own.
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { type Outcome, runScenario } from './round.ts';
import { scenariosFor } from './scenarios/index.ts';
import { heading, line } from './table.ts';

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    database: { type: 'string' },
    rounds: { type: 'string', default: '2' },
    seed: { type: 'string', default: '1' },
    json: { type: 'string', default: 'chaos.json' },
    /** What is away is away for a shorter time. */
    quick: { type: 'boolean', default: false },
  },
});
const rounds = Number(values.rounds);
const seed = Number(values.seed);
const only = values.only?.split(',');
const scenarios = scenariosFor({ isQuick: values.quick }).filter(({ name }) => only?.includes(name) ?? true);
if (scenarios.length === 0) {
  console.error(
    `There is no such scenario. There are: ${scenariosFor({ isQuick: true })
      .map(({ name }) => name)
      .join(', ')}`,
  );
  process.exit(2);
}

console.log(`seed ${seed}, ${rounds} rounds each; worst of all rounds\n\n${heading()}`);
const outcomes: Outcome[] = [];
const skipped: { readonly scenario: string; readonly why: string }[] = [];
for (const scenario of scenarios) {
  const why = scenario.skip?.() ?? null;
  if (why !== null) {
    skipped.push({ scenario: scenario.name, why });
    console.log(`${scenario.name.padEnd(22)} skipped: ${why}`);
    continue;
  }
  for (const database of scenario.databases) {
    if (values.database !== undefined && values.database !== database) continue;
    const outcome = await runScenario(scenario, { database, seed, rounds });
    outcomes.push(outcome);
    console.log(line(outcome));
  }
}
const broken = outcomes.filter((outcome) => outcome.broken.length > 0);
await writeFile(values.json, `${JSON.stringify({ seed, rounds, outcomes, skipped }, null, 2)}\n`);
console.log(
  `\n${outcomes.length - broken.length} of ${outcomes.length} kept every rule; ${skipped.length} skipped. Written to ${values.json}`,
);
// The clients' sockets would keep the process alive.
process.exit(broken.length > 0 ? 1 : 0);
