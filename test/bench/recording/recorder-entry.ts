// The recorder's process for measuring: the product's recorder, with the folder of recordings as its only argument.
import { open } from 'node:fs/promises';
import { systemClock } from '../../../server/adapters/system-clock.ts';
import { RecorderChild } from '../../../server/recording/capture/recorder-child.ts';

const child = new RecorderChild({
  root: process.argv[2] ?? '',
  clock: systemClock,
  openFile: open,
  send: (message) => void process.send?.(message),
});
process.on('message', (message) => child.heard(message));
process.once('disconnect', () => process.exit(0));
