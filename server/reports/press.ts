// Has files of reports made on another thread, one after the other: a long table takes the processor for seconds.
import { Worker } from 'node:worker_threads';
import type { Instant } from '../contract/ids.ts';
import { Refused } from '../contract/reply.ts';
import type { Format, Paper } from './paper.ts';

const mostWaiting = 30;
const longestMs = 60_000;

export class Press {
  #waiting = 0;
  #last: Promise<unknown> = Promise.resolve();

  /**
   * Throws `Refused('too-many-requests')` when too many wait already.
   * @param paper itself, or its JSON: a long one is handed on faster that way
   */
  print(paper: Paper | Uint8Array, format: Format, now: Instant): Promise<Buffer> {
    if (this.#waiting >= mostWaiting) throw new Refused('too-many-requests', 'Too many reports are being made', { retryAfterMs: 10_000 });
    this.#waiting += 1;
    const printed = this.#last.then(() => print(paper, format, now)).finally(() => (this.#waiting -= 1));
    this.#last = printed.catch(() => undefined);
    return printed;
  }
}

function print(paper: Paper | Uint8Array, format: Format, now: Instant): Promise<Buffer> {
  const worker = new Worker(new URL('./press.worker.ts', import.meta.url), {
    workerData: { paper, format, now },
    resourceLimits: { maxOldGenerationSizeMb: 512 },
  });
  // A server that stops does not wait for a report.
  worker.unref();
  const late = setTimeout(() => void worker.terminate(), longestMs);
  late.unref();
  return new Promise<Buffer>((done, fail) => {
    worker.once('message', (file: Uint8Array) => done(Buffer.from(file)));
    worker.once('error', fail);
    worker.once('exit', () => fail(new Error('A report was not made')));
  }).finally(() => clearTimeout(late));
}
