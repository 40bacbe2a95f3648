// Measures what a student on a bad line hears and sees, and how long after a cut they hear again: a whole class in network namespaces.
// npm run bench lines -- [--seconds=30] [--cuts=10] [--only=NAME,NAME] [--tree=FOLDER of another checkout with a built client] [--full=FILE for all figures]
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { whyNoNetworks } from '../support/net/programs.ts';
import { badLines, cuts } from './lines/cases.ts';
import { measureCut } from './lines/cuts.ts';
import { LineClass } from './lines/line-class.ts';
import { measureLine } from './lines/measure.ts';
import { cutTable, lineTable, type Report, rowsOf } from './lines/report.ts';
import { runBench } from './table/run.ts';

const root = resolve(import.meta.dirname, '../..');
const pauseMs = 3_000;

const why = whyNoNetworks();
if (why !== null) {
  console.error(`Bad lines cannot be measured here: ${why}.`);
  process.exit(2);
}

await runBench('lines', ['tree', 'full', 'seconds', 'cuts', 'only'], async (options) => {
  const wanted = options.text('only')?.split(',');
  const isWanted = ({ name }: { readonly name: string }) => wanted === undefined || wanted.includes(name);
  const full = resolve(options.text('full') ?? join(root, 'data/temp/bench/lines-full.json'));
  mkdirSync(dirname(full), { recursive: true });
  const report: Report = { startedAt: new Date().toISOString(), lines: [], cuts: [] };
  const save = () => writeFileSync(full, `${JSON.stringify(report, null, 2)}\n`);
  const lesson = await LineClass.open(resolve(options.text('tree') ?? root), `${full}.server.log`);
  try {
    for (const line of badLines.filter(isWanted)) {
      report.lines.push(await measureLine(lesson, line, options.number('seconds', 30, 8)));
      console.log(lineTable(report.lines.slice(-1)));
      save();
      await wait(pauseMs);
    }
    for (const cut of cuts.filter(isWanted)) {
      report.cuts.push(await measureCut(lesson, cut, Math.max(1, Math.round(options.number('cuts', 10, 2) * cut.share))));
      console.log(cutTable(report.cuts.slice(-1)));
      save();
    }
  } finally {
    await lesson.close();
  }
  console.log(lineTable(report.lines));
  console.log(cutTable(report.cuts));
  console.log(`All figures are in ${full}`);
  return rowsOf(report);
});
