// A thousand connections that never say who they are: they are closed, and nobody else waits for that.
import { connect, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { Scenario } from '../scenario.ts';

const connections = 1000;
/** The longest that any of them may stay: a connection that sends nothing, half a request, or opens no socket. */
const patienceMs = 75_000;

const beginnings = [
  '',
  'GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ',
  'POST /api/sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n{',
  'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
];

export const halfOpen: Scenario = {
  name: 'half-open',
  says: `${connections} connections that never say who they are`,
  databases: ['sqlite'],
  touches: 'nobody',
  silenceMs: null,
  async strike({ server, random }) {
    const { hostname, port } = new URL(server.url);
    const open = new Set<Socket>();
    let made = 0;
    for (let number = 0; number < connections; number += 1) {
      // Of several addresses, as one may only have so many.
      const socket = connect({ host: hostname, port: Number(port), localAddress: `127.0.0.${2 + (number % 8)}` });
      open.add(socket);
      socket.on('connect', () => {
        made += 1;
        socket.write(beginnings[random.below(beginnings.length)] ?? '');
      });
      socket.on('error', () => undefined);
      socket.on('close', () => open.delete(socket));
      socket.resume();
      if (number % 50 === 49) await wait(20);
    }
    const began = performance.now();
    while (open.size > 0 && performance.now() - began < patienceMs) await wait(500);
    const left = open.size;
    const note = `${made} were made, the last was closed after ${Math.round((performance.now() - began) / 1000)} s`;
    for (const socket of open) socket.destroy();
    return { hit: [], faults: left === 0 ? [] : [`${left} half-open connections were never closed`], note };
  },
};
