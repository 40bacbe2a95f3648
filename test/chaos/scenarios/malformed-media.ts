// Whatever a stranger throws at the media port, by UDP and TCP: the worker lives, and nobody's sound is gone.
import { createSocket } from 'node:dgram';
import { readdir, readFile, readlink } from 'node:fs/promises';
import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { Random } from '../../fuzz/random.ts';
import type { Scenario } from '../scenario.ts';

const forMs = 5000;
const perTurn = 20;

export const malformedMedia: Scenario = {
  name: 'malformed-media',
  says: 'broken STUN, DTLS, RTP and RTCP on the media ports',
  databases: ['sqlite'],
  touches: 'nobody',
  silenceMs: null,
  async strike({ server, random }) {
    const ports = await mediaPorts(await server.workers());
    const workersBefore = (await server.workers()).join();
    const udp = createSocket('udp4');
    const until = performance.now() + forMs;
    let sent = 0;
    while (performance.now() < until) {
      for (const port of ports.udp)
        for (let count = 0; count < perTurn; count += 1) {
          udp.send(broken(random), port, '127.0.0.1');
          sent += 1;
        }
      for (const port of ports.tcp) {
        const socket = connect(port, '127.0.0.1');
        socket.on('error', () => undefined);
        socket.end(Buffer.concat([random.chance(0.5) ? Buffer.from([0xff, 0xff]) : Buffer.from([0, 20]), broken(random)]));
      }
      await wait(10);
    }
    udp.close();
    const faults = (await server.workers()).join() === workersBefore ? [] : ['a media worker died'];
    if (ports.udp.length === 0) faults.push('no media port was found');
    return { hit: [], faults, note: `${sent} packets to ${ports.udp.length} ports` };
  },
};

/** By the first byte a receiver tells them apart (RFC 7983). */
function broken(random: Random): Buffer {
  const bytes = Buffer.from(Array.from({ length: 1 + random.below(400) }, () => random.below(256)));
  const kind = random.below(5);
  if (kind === 0 && bytes.length >= 20) {
    // A STUN request with the right cookie, a length that lies, and attributes that lead nowhere.
    bytes.writeUInt16BE(0x0001, 0);
    bytes.writeUInt16BE(random.chance(0.5) ? bytes.length - 20 : 0xfffc, 2);
    bytes.writeUInt32BE(0x2112a442, 4);
  }
  if (kind === 1) bytes[0] = 20 + random.below(44);
  if (kind === 2) bytes[0] = 0x80 | random.below(64);
  if (kind === 3 && bytes.length >= 8) {
    bytes[0] = 0x80 | random.below(32);
    bytes[1] = 200 + random.below(8);
    bytes.writeUInt16BE(random.below(0x10000), 2);
  }
  return bytes;
}

/** As the system lists them: those of the workers' own sockets. */
async function mediaPorts(workers: readonly number[]): Promise<{ readonly udp: readonly number[]; readonly tcp: readonly number[] }> {
  const inodes = new Set<string>();
  for (const pid of workers)
    for (const fd of await readdir(`/proc/${pid}/fd`)) {
      const target = await readlink(`/proc/${pid}/fd/${fd}`).catch(() => '');
      const inode = /^socket:\[(\d+)\]$/.exec(target)?.[1];
      if (inode !== undefined) inodes.add(inode);
    }
  const portsIn = async (table: string, isListening: (state: string) => boolean) => {
    const lines = (await readFile(`/proc/net/${table}`, 'utf8')).trim().split('\n').slice(1);
    return lines.flatMap((line) => {
      const [, local = '', , state = '', , , , , , inode = ''] = line.trim().split(/\s+/);
      return inodes.has(inode) && isListening(state) ? [Number.parseInt(local.split(':')[1] ?? '', 16)] : [];
    });
  };
  return { udp: await portsIn('udp', () => true), tcp: await portsIn('tcp', (state) => state === '0A') };
}
