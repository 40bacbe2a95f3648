// Measures what a join costs: many clients enter one room within a few seconds, on the whole server and on a bare mediasoup app in turns.
// npm run bench join -- [--clients=200] [--seconds=5] [--rounds=2]
import { parseArgs } from 'node:util';
import { percentile } from '../../server/monitoring/joins.ts';
import { cpuOf } from './join/cpu.ts';
import { openBare, openWhole, type Subject } from './join/subjects.ts';

const { values } = parseArgs({
  options: {
    clients: { type: 'string', default: '200' },
    seconds: { type: 'string', default: '5' },
    rounds: { type: 'string', default: '2' },
  },
});
const clients = Number(values.clients);
const spreadMs = Number(values.seconds) * 1000;
const rounds = Number(values.rounds);
const goal = 1.5;
/** Batches, acknowledgements and key-frame requests that come after the last join still belong to it. */
const afterwardsMs = 1000;

interface Result {
  readonly name: string;
  readonly joinMs: readonly number[];
  readonly nodeMs: number;
  readonly workerMs: number;
}

const wait = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

async function measure(subject: Subject): Promise<Result> {
  try {
    await subject.publish();
    await wait(500);
    const before = cpuOf(subject.pid);
    const joins = Array.from({ length: clients }, async (_, student) => {
      await wait((student * spreadMs) / clients);
      const began = performance.now();
      await subject.join(student);
      return performance.now() - began;
    });
    const joinMs = (await Promise.all(joins)).toSorted((a, b) => a - b);
    await wait(afterwardsMs);
    const after = cpuOf(subject.pid);
    return {
      name: subject.name,
      joinMs,
      nodeMs: (after.nodeMs - before.nodeMs) / clients,
      workerMs: (after.workerMs - before.workerMs) / clients,
    };
  } finally {
    await subject.close();
  }
}

const median = (numbers: readonly number[]): number =>
  percentile(
    numbers.toSorted((a, b) => a - b),
    0.5,
  ) ?? 0;
const total = ({ nodeMs, workerMs }: Result): number => nodeMs + workerMs;

const bare: Result[] = [];
const whole: Result[] = [];
for (let round = 0; round < rounds; round += 1) {
  bare.push(await measure(await openBare()));
  whole.push(await measure(await openWhole(clients)));
  for (const result of [bare.at(-1), whole.at(-1)]) {
    if (result === undefined) continue;
    const [p50, p95] = [percentile(result.joinMs, 0.5), percentile(result.joinMs, 0.95)];
    const cpu = `CPU per join ${total(result).toFixed(2)} ms (Node ${result.nodeMs.toFixed(2)}, worker ${result.workerMs.toFixed(2)})`;
    console.log(
      `${result.name.padEnd(20)} ${result.joinMs.length} joined · p50 ${p50?.toFixed(0)} ms · p95 ${p95?.toFixed(0)} ms · ${cpu}`,
    );
  }
}
const ratio = median(whole.map(total)) / median(bare.map(total));
console.log(`CPU per join, whole server to bare app, medians of ${rounds} rounds: ${ratio.toFixed(2)} (goal: at most ${goal})`);
// The clients' sockets would keep the process alive.
process.exit(ratio <= goal ? 0 : 1);
