// The recorder's own process: started by recorder-process.ts, ended with the server. Told by arguments only where recordings lie.
import { open } from 'node:fs/promises';
import { systemClock } from './adapters/system-clock.ts';
import { RecorderChild } from './recording/capture/recorder-child.ts';

const [, , root = ''] = process.argv;
const child = new RecorderChild({
  root,
  clock: systemClock,
  openFile: open,
  send: (message) => void process.send?.(message, () => undefined),
});
process.on('message', (message) => child.heard(message));
// Without a server nothing more may be written: the next one repairs what lies there, and goes on.
process.on('disconnect', () => process.exit(0));
// A server that is stopped from a terminal ends its recordings first.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined);
