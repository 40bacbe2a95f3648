// Measures the bell: a thousand people into forty rooms within a minute, while other classes run with sound and picture.
// npm run bench bell -- [--rooms=40] [--perRoom=25] [--seconds=60] [--running=4] [--listeners=10] [--workers=2] [--kbps=300] [--rounds=1]

import { type Presence, presenceIn } from './bell/presence.ts';
import { type Bell, lostLive, peopleOf, type Rung, ringBell } from './bell/ring.ts';
import { openBare } from './subjects/bare.ts';
import { openWhole } from './subjects/whole.ts';
import { median, rangeOf, shareOf } from './table/figures.ts';
import { atMost, exactly, type Row, told } from './table/row.ts';
import { runBench } from './table/run.ts';

const mostToBare = 1.5;
/** In the rooms that fill at the bell nothing is sent, so a worker holds more people than it is usually given. */
const withoutMedia = 1500;
const own = ['rooms', 'perRoom', 'seconds', 'running', 'listeners', 'workers', 'kbps', 'rounds'];

interface Round {
  readonly whole: Rung;
  readonly presence: Presence;
  readonly bare: Rung;
}

await runBench('bell', own, async ({ number }) => {
  const bell: Bell = {
    rooms: number('rooms', 40, 8),
    perRoom: number('perRoom', 25),
    seconds: number('seconds', 60, 15),
    running: number('running', 4, 2),
    listeners: number('listeners', 10, 5),
    kbps: number('kbps', 300),
  };
  const workers = number('workers', 2);
  const rounds: Round[] = [];
  for (let round = 0; round < number('rounds', 1); round += 1) {
    const bare = await onBare(bell, workers);
    rounds.push({ bare, ...(await onWhole(bell, workers)) });
  }
  return rowsOf(bell, rounds);
});

async function onBare(bell: Bell, workers: number): Promise<Rung> {
  const subject = await openBare({ workers, dress: 'browser', cores: null });
  try {
    return said(subject.name, await ringBell(subject, bell));
  } finally {
    await subject.close();
  }
}

async function onWhole(bell: Bell, workers: number): Promise<{ readonly whole: Rung; readonly presence: Presence }> {
  const { rooms, running, perRoom } = bell;
  const subject = await openWhole({
    rooms: rooms + running,
    perRoom,
    workers,
    viewersPerCore: withoutMedia,
    dress: 'browser',
    cores: null,
  });
  try {
    const whole = said(subject.name, await ringBell(subject, bell));
    await subject.close();
    const atTheBell = Array.from({ length: rooms }, (_, index) => running + index);
    return { whole, presence: await presenceIn(subject.dataDir, atTheBell, perRoom) };
  } finally {
    await subject.close();
    await subject.remove();
  }
}

function cpuOfJoin({ nodeMs, workerMs }: Rung): number {
  return nodeMs + workerMs;
}

function said(name: string, rung: Rung): Rung {
  const { joinMs, failures, nodeMs, workerMs, live } = rung;
  const times = `p50 ${shareOf(joinMs, 0.5).toFixed(0)} ms · p95 ${shareOf(joinMs, 0.95).toFixed(0)} ms`;
  const cpu = `CPU per join ${cpuOfJoin(rung).toFixed(2)} ms (Node ${nodeMs.toFixed(2)}, workers ${workerMs.toFixed(2)})`;
  const running = `lost in rooms that ran ${lostLive(live)} of ${live.expected}, longest silence ${live.longestSilenceMs.toFixed(0)} ms`;
  console.log(`${name}: ${joinMs.length} joined · ${times} · ${cpu} · ${running}`);
  for (const [failure, count] of Map.groupBy(failures, (text) => text)) console.log(`  failed ${count.length} times: ${failure}`);
  return rung;
}

function rowsOf(bell: Bell, rounds: readonly Round[]): Row[] {
  const people = peopleOf(bell);
  const p95 = (of: 'whole' | 'bare') => median(rounds.map((round) => shareOf(round[of].joinMs, 0.95)));
  const cpu = (of: 'whole' | 'bare') => rounds.map((round) => cpuOfJoin(round[of]));
  const [whole, bare] = [median(cpu('whole')), median(cpu('bare'))];
  const most = (values: readonly number[]) => Math.max(...values);
  const name = `bell, ${people} people into ${bell.rooms} rooms in ${bell.seconds} s`;
  return [
    exactly(`${name}: joined`, Math.min(...rounds.map((round) => round.whole.joinMs.length)), 'people', people),
    atMost(`${name}: CPU per join`, whole / bare, 'ratio', mostToBare, {
      ratioOf: 'bare mediasoup app',
      note: `${whole.toFixed(2)} ms to ${bare.toFixed(2)} ms; the server ${rangeOf(cpu('whole'))} ms`,
    }),
    told(`${name}: p95 of join`, p95('whole') / p95('bare'), 'ratio', {
      ratioOf: 'bare mediasoup app',
      note: `${p95('whole').toFixed(0)} ms to ${p95('bare').toFixed(0)} ms; clients and server share the cores`,
    }),
    exactly(`${name}: people missing in the traces`, most(rounds.map(({ presence }) => presence.missing)), 'people', 0),
    exactly(`${name}: traces with gaps`, most(rounds.map(({ presence }) => presence.broken)), 'traces', 0),
    exactly(
      `${name}: packets lost in the ${bell.running} rooms that ran already`,
      most(rounds.map(({ whole }) => lostLive(whole.live))),
      'packets',
      0,
      {
        note: `of ${rounds[0]?.whole.live.expected ?? 0}; longest silence ${most(rounds.map(({ whole }) => whole.live.longestSilenceMs)).toFixed(0)} ms`,
      },
    ),
  ];
}
