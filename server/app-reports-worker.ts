// The thread of reports: a connection of its own that only reads, many questions in turns. Started by reports/report-thread.ts.
import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { systemClock } from './adapters/system-clock.ts';
import { openAnswers } from './app-reports-answers.ts';
import { Refused } from './contract/reply.ts';
import { openDatabase } from './database/open.ts';
import type { FromThread, ToThread } from './reports/messages.ts';

/** Below that of the live classes (the system sees each thread by itself), but not far: people wait for their reports, also on a busy machine. */
const PRIORITY = 5;

const port = parentPort;
if (port === null) throw new Error('This file is a thread of the server');
const data = z.object({ database: z.string(), timeZone: z.string() }).parse(workerData);
const say = (message: FromThread, transfer: ArrayBuffer[] = []) => port.postMessage(message, transfer);

try {
  setPriority(0, PRIORITY);
} catch {
  // Not every system lets a thread step back; then it works on as it is.
}

/** How far the server's clock is ahead of the machine's. */
let ahead = 0;
const opened = await openDatabase(data.database, () => undefined, { isReadOnly: true });
const answers = openAnswers({ db: opened.db, timeZone: data.timeZone, clock: { now: () => systemClock.now() + ahead } });

port.on('message', (message: ToThread) => {
  if (message.type === 'stop') void opened.close().finally(() => port.close());
  else void answer(message);
});

async function answer({ number, report, form, now }: Extract<ToThread, { readonly type: 'ask' }>): Promise<void> {
  ahead = now - systemClock.now();
  try {
    const answer = await answers.ask(report, form);
    say({ type: 'answer', number, answer }, [answer.bytes.buffer]);
  } catch (error) {
    if (error instanceof Refused) say({ type: 'refused', number, code: error.code, message: error.message, details: error.details });
    else say({ type: 'failed', number, message: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
}
