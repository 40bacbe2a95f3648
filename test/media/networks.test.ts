// Hosts in networks of their own: that their lines are as bad as they are told to be, and that nothing is left of them.
import { expect, onTestFinished, test } from 'vitest';
import type { Host } from '../support/net/host.ts';
import { Network } from '../support/net/network.ts';
import { run, whyNoNetworks } from '../support/net/programs.ts';

const port = 4000;
/** Answers every datagram. */
const echo = `const s = require('dgram').createSocket('udp4'); s.on('message', (m, f) => s.send(m, f.port, f.address)); s.bind(${port}, () => console.log('ready'));`;
/** Sends a hundred datagrams with their times, and tells how many came back and how late the middle one was. */
const ask = (address: string) => `
const s = require('dgram').createSocket('udp4'); const late = [];
s.on('message', (m) => late.push(performance.now() - Number(m)));
let sent = 0;
const timer = setInterval(() => {
  s.send(String(performance.now()), ${port}, '${address}', () => {});
  if (++sent < 100) return;
  clearInterval(timer);
  setTimeout(() => { console.log(JSON.stringify({ came: late.length, lateMs: late.sort((a, b) => a - b)[late.length >> 1] ?? null })); process.exit(); }, 700);
}, 2);`;

async function network() {
  const opened = Network.open();
  onTestFinished(() => opened.close());
  const { host: server, address } = opened.host('server');
  const answering = server.spawn(process.execPath, ['-e', echo], { stdio: ['ignore', 'pipe', 'ignore'] });
  await new Promise((ready) => answering.stdout?.once('data', ready));
  const { host, line } = await opened.hostOnLine('student', address, [{ protocol: 'udp', port }]);
  const measure = (from: Host = host): { came: number; lateMs: number | null } =>
    JSON.parse(from.run(process.execPath, ['-e', ask(address)]));
  return { opened, line, measure };
}

test.skipIf(whyNoNetworks() !== null)('a line loses, delays, is cut, pulled out and mended as it is told', async () => {
  const { line, measure } = await network();
  expect(measure().came).toBe(100);
  line.set({ lossPercent: 50 });
  expect(measure().came).toBeGreaterThan(5);
  expect(measure().came).toBeLessThan(60);
  line.set({ delayMs: 100 });
  // A timer may ring a little early.
  expect(measure().lateMs).toBeGreaterThan(190);
  line.set({});
  for (const [broken, whole] of [
    [() => line.cut(), () => line.mend()],
    [() => line.unplug(), () => line.plug()],
  ] as const) {
    broken();
    expect(measure().came).toBe(0);
    whole();
    expect(measure().came).toBe(100);
  }
});

test.skipIf(whyNoNetworks() !== null)('nothing is left of a network that was closed', async () => {
  const { opened } = await network();
  const mine = () => run('ip', ['netns', 'list']).includes(`auditoria-${process.pid}-`);
  expect(mine()).toBe(true);
  await opened.close();
  expect(mine()).toBe(false);
});
