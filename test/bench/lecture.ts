// Measures one large lecture that spans two workers: whether all are served, and what it costs to tell everybody of a hand or a message.
// npm run bench lecture -- [--viewers=500] [--workers=2] [--kbps=200] [--acts=40] [--seconds=10]
import { z } from 'zod';
import { seat } from './lecture/audience.ts';
import { type FanOut, type Listener, measureFanOut } from './lecture/fan-out.ts';
import { LoadGenerator } from './loadgen/generator.ts';
import { startNode, stopNode } from './subjects/child.ts';
import { cpuOf } from './subjects/cpu.ts';
import { openWhole } from './subjects/whole.ts';
import { shareOf, wait } from './table/figures.ts';
import { atLeast, exactly, type Row, told } from './table/row.ts';
import { runBench } from './table/run.ts';
import { WireSocket } from './wire/socket.ts';

/** The server may wait a quarter of a second before it tells a large room. */
const pauseMs = 700;
/** Of the packets, for a worker to count as one that carries the lecture. */
const leastShare = 0.2;

interface Served {
  readonly streams: number;
  readonly lost: number;
  readonly workers: number;
  readonly hand: FanOut;
  readonly chat: FanOut;
}

await runBench('lecture', ['viewers', 'workers', 'kbps', 'acts', 'seconds'], async ({ number }) => {
  const viewers = number('viewers', 500, 100);
  const acts = number('acts', 40, 10);
  const served = await serve(viewers, number('workers', 2), number('kbps', 200), acts, number('seconds', 10, 3));
  const bare = { hand: await bareFanOut(served.hand.sample, viewers, acts), chat: await bareFanOut(served.chat.sample, viewers, acts) };
  const name = `lecture, ${viewers} viewers`;
  return [
    exactly(`${name}: tracks that flow`, served.streams, 'tracks', viewers * 2),
    exactly(`${name}: packets lost`, served.lost, 'packets', 0),
    atLeast(`${name}: workers that carry it`, served.workers, 'workers', 2),
    ...rowsOf(`${name}, a hand`, viewers, served.hand, bare.hand),
    ...rowsOf(`${name}, a chat message`, viewers, served.chat, bare.chat),
  ];
});

/** Everybody hears of it once, also who did it and the teacher. */
function rowsOf(name: string, viewers: number, whole: FanOut, bare: FanOut): Row[] {
  const p95 = (of: FanOut) => shareOf(of.delaysMs, 0.95);
  return [
    exactly(`${name}: messages`, whole.delaysMs.length / whole.acts, 'messages', viewers + 1),
    // Too few messages are less than the clock of the kernel can tell.
    ...(bare.cpuUs <= 0
      ? []
      : [
          told(`${name}: Node CPU per message`, whole.cpuUs / bare.cpuUs, 'ratio', {
            ratioOf: 'bare socket.io',
            note: `${whole.cpuUs.toFixed(1)} µs to ${bare.cpuUs.toFixed(1)} µs, ${whole.sample.length} characters`,
          }),
        ]),
    told(`${name}: p95 of the delay`, p95(whole), 'ms', { note: `bare socket.io ${p95(bare).toFixed(0)} ms` }),
  ];
}

async function serve(viewers: number, workers: number, kbps: number, acts: number, seconds: number): Promise<Served> {
  const generator = await LoadGenerator.open(null);
  const server = await openWhole({ rooms: 1, perRoom: viewers + 1, workers, dress: 'browser', cores: null });
  try {
    const lines = await seat(server, generator, viewers, kbps);
    await wait(3000);
    await generator.measure();
    const before = cpuOf(server.pid);
    await wait(seconds * 1000);
    const after = cpuOf(server.pid);
    const report = (await generator.report()).get('lecture');
    if (report === undefined) throw new Error('Nothing was delivered.');
    const spent = [...after.each].map(([pid, ms]) => ms - (before.each.get(pid) ?? 0));
    const most = spent.reduce((all, ms) => all + ms, 0);
    const fan = async (act: Parameters<typeof measureFanOut>[2]) => measureFanOut(server.pid, lines, act, { acts, pauseMs });
    const hand = await fan((index) => {
      const line = lines[index + 1];
      if (line === undefined) throw new Error('More hands than viewers.');
      return { mark: `"id":"${line.self}"`, done: line.ask('room:raise-hand', { raised: true }) };
    });
    const chat = await fan((index) => {
      const clientId = `bench-message-${index}`;
      return {
        mark: `What number ${index}?`,
        done: lines[index + 1]?.ask('chat:post', { clientId, text: `What number ${index}?` }) ?? wait(0),
      };
    });
    return {
      streams: report.streams - report.silentStreams,
      lost: report.expected - report.received,
      workers: spent.filter((ms) => ms > most * leastShare).length,
      hand,
      chat,
    };
  } finally {
    await server.close();
    await server.remove();
    await generator.close();
  }
}

/** The same message to as many sockets, by a server that does nothing else. */
async function bareFanOut(message: string, viewers: number, acts: number): Promise<FanOut> {
  const { child, pid, said } = await startNode(`${import.meta.dirname}/lecture/bare-fan-out.ts`, { message }, null);
  try {
    const { url } = z.object({ url: z.string() }).parse(said);
    const listeners: Listener[] = [];
    const sockets: WireSocket[] = [];
    for (let index = 0; index <= viewers; index += 1) {
      const listener: Listener = { hear: () => undefined };
      const socket = await WireSocket.open(url, {});
      // As the clients of the whole server do, so that both servers share the cores with the same.
      socket.onEvent = (json) => {
        JSON.parse(json);
        listener.hear(json);
      };
      listeners.push(listener);
      sockets.push(socket);
    }
    const act = (index: number) => ({ mark: `mark ${index}"`, done: sockets[index]?.ask<object>('tell', `mark ${index}`) ?? wait(0) });
    return await measureFanOut(pid, listeners, act, { acts, pauseMs });
  } finally {
    await stopNode(child);
  }
}
