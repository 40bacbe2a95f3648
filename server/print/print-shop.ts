// Has weeks drawn on another thread, one after the other: drawing takes the processor for some tenths of a second.
import { Worker } from 'node:worker_threads';
import type { Instant } from '../contract/ids.ts';
import { Refused } from '../contract/reply.ts';
import type { PrintedWeek } from './week.ts';

const mostWaiting = 50;
const longestMs = 20_000;

export class PrintShop {
  #waiting = 0;
  #last: Promise<unknown> = Promise.resolve();

  /** Throws `Refused('too-many-requests')` when too many wait already. */
  print(week: PrintedWeek, now: Instant): Promise<Buffer> {
    if (this.#waiting >= mostWaiting) throw new Refused('too-many-requests', 'Too many weeks are being printed', { retryAfterMs: 10_000 });
    this.#waiting += 1;
    const printed = this.#last.then(() => draw(week, now)).finally(() => (this.#waiting -= 1));
    this.#last = printed.catch(() => undefined);
    return printed;
  }
}

function draw(week: PrintedWeek, now: Instant): Promise<Buffer> {
  const worker = new Worker(new URL('./week-pdf.worker.ts', import.meta.url), {
    workerData: { week, now },
    resourceLimits: { maxOldGenerationSizeMb: 256 },
  });
  // A server that stops does not wait for a page.
  worker.unref();
  const late = setTimeout(() => void worker.terminate(), longestMs);
  late.unref();
  return new Promise<Buffer>((done, fail) => {
    worker.once('message', (pdf: Uint8Array) => done(Buffer.from(pdf)));
    worker.once('error', fail);
    worker.once('exit', () => fail(new Error('A week was not drawn')));
  }).finally(() => clearTimeout(late));
}
