// Measures recordings: what recording, rewinding and films cost, and whether the class feels any of it.
// npm run bench recording -- [--quick] [--json=file] [--only=copy,rewind,classes,tracks,film] [--rewinders=200] [--classes=30] [--soak] [--minutes=20]
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { filming } from './recording/filming.ts';
import { againstCopy, clips, type Measured, measure } from './recording/parts.ts';
import { busyCores } from './recording/proc.ts';
import { missed, type Row, tableOf } from './recording/report.ts';
import { rewinding } from './recording/rewinding.ts';
import { soak } from './recording/soak.ts';

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    soak: { type: 'boolean', default: false },
    json: { type: 'string' },
    only: { type: 'string', default: 'copy,rewind,classes,tracks,film' },
    rewinders: { type: 'string', default: '200' },
    classes: { type: 'string', default: '30' },
    minutes: { type: 'string', default: '20' },
  },
});
const long = values.quick ? 12 : 45;
const only = new Set(values.only.split(','));
const rows: Row[] = [];
const raw: Record<string, unknown> = {};

const lossRow = (what: string, { liveLost }: Measured): Row => ({ what: `${what}: live packets lost`, value: liveLost, atMost: 0 });
/** Against the middle: in the beginning it fills what it needs. */
const grown = ({ memoryMb }: Measured): number => (memoryMb.at(-1) ?? 0) / (memoryMb.at(2) ?? 1);
const growth = (what: string, measured: Measured): Row => ({
  ...{ what: `${what}: memory at the end to that of two thirds`, value: grown(measured), digits: 2, atMost: 1.05 },
});

async function part<T>(name: string, run: () => Promise<T>, told: (result: T) => readonly Row[]): Promise<void> {
  if (!only.has(name) && !values.soak) return;
  console.log(`Measuring: ${name} …`);
  const others = busyCores();
  const result = await run();
  raw[name] = { ...result, coresBusyMeanwhile: others() };
  rows.push(...told(result));
}

if (values.soak) {
  await part(
    'soak',
    () => soak(Number(values.minutes)),
    ({ measured, firstMs, lastMs, pairs }) => [
      { what: 'soak: flashes with their beeps', value: pairs, atLeast: Number(values.minutes) * 60 * 0.95 },
      { what: 'soak: drift of sound against picture, ms', value: Math.abs(lastMs - firstMs), digits: 1, atMost: 40 },
      lossRow('soak', measured),
      growth('soak', measured),
    ],
  );
} else {
  const sent = await clips();
  await part(
    'copy',
    () => againstCopy({ ...sent, seconds: long }),
    ({ one, ratio }) => [
      {
        what: 'one class: CPU seconds for a minute of camera and microphone',
        value: one.recorderPerTrackMinute * 2,
        digits: 2,
        atMost: 0.35,
      },
      { what: 'one class: CPU against ffmpeg -c copy, ratio', value: ratio, digits: 2 },
      { what: 'one class: until rewindable, p50 ms', value: one.delayP50Ms },
      { what: 'one class: until rewindable, p95 ms', value: one.delayP95Ms, atMost: 3000 },
      { what: 'one class: until it is whole when it ends, ms', value: one.stopMs, atMost: 2000 },
      lossRow('one class', one),
    ],
  );
  await part(
    'rewind',
    () => rewinding({ ...sent, rewinders: Number(values.rewinders), seconds: long }),
    ({ rewinders, live, got, serverMsPerRequest }) => [
      lossRow(`${rewinders} look back`, live),
      { what: `${rewinders} look back: waited, share of what they played`, value: got.stalledShare, digits: 3, atMost: 0.02 },
      { what: `${rewinders} look back: refused`, value: Object.values(got.refused).reduce((sum, n) => sum + n, 0), atMost: 0 },
      { what: `${rewinders} look back: CPU of the server for a request, ms`, value: serverMsPerRequest, digits: 2 },
      { what: `${rewinders} look back: until rewindable, p95 ms`, value: live.delayP95Ms, atMost: 3000 },
    ],
  );
  const many = (name: string, what: string, classes: number, people: number) =>
    part(
      name,
      () => measure({ ...sent, classes, people, seconds: long }),
      (measured) => [
        lossRow(what, measured),
        { what: `${what}: CPU seconds for a track-minute`, value: measured.recorderPerTrackMinute, digits: 3 },
        { what: `${what}: cores of the recorder`, value: measured.recorderCores, digits: 2, atMost: 1 },
        { what: `${what}: until rewindable, p95 ms`, value: measured.delayP95Ms, atMost: 3000 },
        { what: `${what}: tracks that failed`, value: measured.faults.length, atMost: 0 },
        growth(what, measured),
      ],
    );
  await many('classes', `${values.classes} classes at once`, Number(values.classes), 1);
  await many('tracks', '40 tracks in one class', 1, 20);
  await part(
    'film',
    () => filming({ ...sent, seconds: values.quick ? 20 : 60 }),
    ({ costs, states }) => [
      { what: 'film: CPU to length of the class', value: costs.mp4 ?? Number.NaN, digits: 2, atMost: 0.25 },
      { what: 'sound: CPU to length of the class', value: costs.m4a ?? Number.NaN, digits: 2 },
      { what: 'looking through it: CPU to length of the class', value: costs.insight ?? Number.NaN, digits: 2 },
      { what: 'files that could not be made', value: Object.values(states).filter((state) => state !== 'ready').length, atMost: 0 },
    ],
  );
}

console.log(`\n${tableOf(rows)}\n`);
console.log(
  'The senders, those who watch and those who look back run on this machine too; only counts and ratios mean something elsewhere.',
);
if (values.json) await writeFile(values.json, `${JSON.stringify({ rows, raw }, null, 2)}\n`);
process.exit(missed(rows).length === 0 ? 0 : 1);
