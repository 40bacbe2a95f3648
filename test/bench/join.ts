// Measures what a join costs: many clients enter one room within a few seconds, on the whole server and on a bare mediasoup app in turns.
// npm run bench join -- [--clients=200] [--seconds=5] [--rounds=2]
import { fillClass, type Joined } from './join/fill.ts';
import { openBare } from './subjects/bare.ts';
import type { Subject } from './subjects/subject.ts';
import { openWhole } from './subjects/whole.ts';
import { median, rangeOf, shareOf } from './table/figures.ts';
import { atMost, told } from './table/row.ts';
import { runBench } from './table/run.ts';

const mostToBare = 1.5;
/** Nothing is sent to those who join, so a worker holds more of them than it is usually given. */
const withoutMedia = 1500;
const common = { workers: 1, dress: 'browser', cores: null } as const;

await runBench('join', ['clients', 'seconds', 'rounds'], async ({ number }) => {
  const clients = number('clients', 200, 50);
  const seconds = number('seconds', 5, 3);
  const bare: Joined[] = [];
  const whole: Joined[] = [];
  for (let round = 0; round < number('rounds', 2, 1); round += 1) {
    bare.push(await measure(await openBare(common), clients, seconds));
    const server = await openWhole({ ...common, rooms: 1, perRoom: clients + 1, viewersPerCore: withoutMedia });
    whole.push(await measure(server, clients, seconds));
    await server.remove();
  }
  const [ofWhole, ofBare] = [whole.map(total), bare.map(total)];
  const p95 = (of: readonly Joined[]) => median(of.map(({ joinMs }) => shareOf(joinMs, 0.95)));
  const name = `${clients} join one room in ${seconds} s`;
  return [
    atMost(`${name}: CPU per join`, median(ofWhole) / median(ofBare), 'ratio', mostToBare, {
      ratioOf: 'bare mediasoup app',
      note: `${median(ofWhole).toFixed(2)} ms to ${median(ofBare).toFixed(2)} ms; the server ${rangeOf(ofWhole)} ms`,
    }),
    told(`${name}: p95 of join`, p95(whole) / p95(bare), 'ratio', {
      ratioOf: 'bare mediasoup app',
      note: `${p95(whole).toFixed(0)} ms to ${p95(bare).toFixed(0)} ms`,
    }),
  ];
});

function total({ nodeMs, workerMs }: Joined): number {
  return nodeMs + workerMs;
}

async function measure(subject: Subject, clients: number, seconds: number): Promise<Joined> {
  try {
    const joined = await fillClass(subject, clients, seconds);
    const { joinMs, nodeMs, workerMs } = joined;
    const cpu = `CPU per join ${total(joined).toFixed(2)} ms (Node ${nodeMs.toFixed(2)}, worker ${workerMs.toFixed(2)})`;
    console.log(
      `${subject.name.padEnd(20)} ${joinMs.length} joined · p50 ${shareOf(joinMs, 0.5).toFixed(0)} ms · p95 ${shareOf(joinMs, 0.95).toFixed(0)} ms · ${cpu}`,
    );
    return joined;
  } finally {
    await subject.close();
  }
}
