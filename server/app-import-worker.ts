// The thread of imports: a connection of its own to the database, one task at a time. Started by import/import-thread.ts.
import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { systemClock } from './adapters/system-clock.ts';
import { openLayout, readCalendar } from './app-layout.ts';
import { openDatabase } from './database/open.ts';
import { ImportJobStore } from './import/import-job.store.ts';
import type { FromThread, ToThread } from './import/messages.ts';
import { type Progress, Work } from './import/work.ts';
import type { LayoutService } from './timetable/layout.service.ts';

const PROGRESS_EVERY_MS = 100;
/** Below that of the live classes (the system sees each thread by itself), but not far: they wait for it while it has the turn to write. */
const PRIORITY = 5;

const port = parentPort;
if (port === null) throw new Error('This file is a thread of the server');
const { database: where } = z.object({ database: z.string() }).parse(workerData);
const say = (message: FromThread) => port.postMessage(message);

try {
  setPriority(0, PRIORITY);
} catch {
  // Not every system lets a thread step back; then it works on as it is.
}

let yourTurn: () => void = () => undefined;
const turn = async () => {
  await new Promise<void>((given) => {
    yourTurn = given;
    say({ type: 'turn-wanted' });
  });
  let isOver = false;
  return () => {
    if (!isOver) say({ type: 'turn-over' });
    isOver = true;
  };
};
const opened = await openDatabase(where, () => undefined, { turn });

let toldAt = 0;
const progress: Progress = (step, done, total) => {
  if (done !== 0 && done !== total && performance.now() - toldAt < PROGRESS_EVERY_MS) return;
  toldAt = performance.now();
  say({ type: 'progress', step, done, total });
};
const work = new Work(opened, async (db) => (await readCalendar(db)).days, progress);
let layout: LayoutService | null = null;
let isStopping = false;

port.on('message', (message: ToThread) => {
  if (message.type === 'your-turn') yourTurn();
  else if (message.type === 'stop') {
    isStopping = true;
    layout?.close();
  } else
    perform(message).then(
      () => say({ type: 'done' }),
      // The text may hold what stands in the file; the server logs it and tells nobody.
      (error: unknown) => say({ type: 'failed', message: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    );
});

async function perform(message: Extract<ToThread, { readonly type: 'read' | 'apply' }>): Promise<void> {
  if (message.type === 'read') {
    say({ type: 'read', result: await work.read(message.task) });
    return;
  }
  const { task, withGone, jobId } = message;
  const began = systemClock.now();
  const result = await work.apply(task, withGone, async (db, { difference, clashes }) => {
    // In the same transaction: after a crash nobody has to guess whether the data are there.
    if (jobId !== null) await new ImportJobStore(db).applied(jobId, { difference, clashes });
  });
  say({ type: 'applied', result });
  if (!result.laysOut || isStopping) return;
  const clock = { now: () => task.now + (systemClock.now() - began) };
  layout = openLayout({
    db: opened.db,
    timeZone: task.timeZone,
    clock,
    publish: (facts) => facts.length > 0 && say({ type: 'facts', facts }),
  });
  await layout.layOut({ onProgress: (done, total) => progress('laying-out', done, total) });
  layout = null;
}
