// Draws one week on a thread of its own, so that no live class waits for it.
import { parentPort, workerData } from 'node:worker_threads';
import type { Instant } from '../contract/ids.ts';
import type { PrintedWeek } from './week.ts';
import { weekPdf } from './week-pdf.ts';

const { week, now }: { readonly week: PrintedWeek; readonly now: Instant } = workerData;
parentPort?.postMessage(await weekPdf(week, now));
