// Measures what a student on a bad line hears and sees, and how long after a cut they hear again: a whole class in network namespaces.
// npm run bench lines -- [--tree=FOLDER of another checkout with a built client] [--out=FILE.json] [--seconds=30] [--cuts=10] [--only=NAME,NAME]
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { whyNoNetworks } from '../support/net/programs.ts';
import { badLines, cuts } from './lines/cases.ts';
import { LineClass } from './lines/class.ts';
import { measureCut } from './lines/cuts.ts';
import { measureLine } from './lines/measure.ts';
import { cutTable, lineTable, type Report } from './lines/report.ts';

const root = resolve(import.meta.dirname, '../..');
const { values } = parseArgs({
  options: {
    tree: { type: 'string', default: root },
    out: { type: 'string', default: 'lines.json' },
    seconds: { type: 'string', default: '30' },
    cuts: { type: 'string', default: '10' },
    only: { type: 'string' },
  },
});

const why = whyNoNetworks();
if (why !== null) {
  console.error(`Bad lines cannot be measured here: ${why}.`);
  process.exit(2);
}

const wanted = values.only?.split(',');
const isWanted = ({ name }: { readonly name: string }) => wanted === undefined || wanted.includes(name);
const lesson = await LineClass.open(resolve(values.tree), `${values.out}.server.log`);
const report: Report = { startedAt: new Date().toISOString(), lines: [], cuts: [] };
const save = () => writeFileSync(values.out, `${JSON.stringify(report, null, 2)}\n`);
try {
  for (const line of badLines.filter(isWanted)) {
    report.lines.push(await measureLine(lesson, line, Number(values.seconds)));
    console.error(JSON.stringify(report.lines.at(-1)));
    save();
    await wait(3_000);
  }
  for (const cut of cuts.filter(isWanted)) {
    report.cuts.push(await measureCut(lesson, cut, Math.max(1, Math.round(Number(values.cuts) * cut.share))));
    console.error(JSON.stringify(report.cuts.at(-1)));
    save();
  }
} finally {
  await lesson.close();
}
console.log(lineTable(report.lines));
console.log(cutTable(report.cuts));
console.log(`Written to ${values.out}`);
