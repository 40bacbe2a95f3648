// How a socket was lost: from what socket.io and the WebSocket say at its end.
import { EventEmitter } from 'node:events';
import type { Socket } from 'socket.io';
import type { LossCause } from '../contract/reasons.ts';

/** RFC 6455, 7.4.1: 1001 is what browsers send when they close the page; 1000 and 1005 come of a page that calls `close`. */
const goingAway = 1001;
const closedOnPurpose: ReadonlySet<number> = new Set([1000, 1005]);

/**
 * `goodbye`: the page said so itself before it went. Everything else is a line that was lost.
 * @param reason of socket.io's `disconnect`
 * @param closeCode of the WebSocket's close frame; 1006 or null when none came
 */
export function lossCauseOf(reason: string, closeCode: number | null): LossCause | 'goodbye' {
  switch (reason) {
    case 'client namespace disconnect':
      return 'goodbye';
    case 'ping timeout':
      return 'line-silent';
    case 'server namespace disconnect':
    case 'forced server close':
    case 'forced close':
      return 'server-closed';
    case 'server shutting down':
      return 'server-stopped';
    default:
      if (closeCode === goingAway) return 'closed-page';
      return closeCode !== null && closedOnPurpose.has(closeCode) ? 'client-closed' : 'line-broken';
  }
}

/** Remembers the code of the close frame, which socket.io itself does not pass on. The answer is null until there is one, and for long polling. */
export function watchCloseCode(socket: Socket): () => number | null {
  let closeCode: number | null = null;
  const watch = (transport: object): void => {
    const webSocket: unknown = 'socket' in transport ? transport.socket : undefined;
    if (!(webSocket instanceof EventEmitter)) return;
    // Before engine.io's own listener, in whose turn the loss is dealt with.
    webSocket.prependOnceListener('close', (code: unknown) => {
      if (typeof code === 'number') closeCode = code;
    });
  };
  watch(socket.conn.transport);
  socket.conn.on('upgrade', watch);
  return () => closeCode;
}
