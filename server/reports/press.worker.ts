// Makes one file of a report on a thread of its own, so that no live class waits for it.
import { parentPort, workerData } from 'node:worker_threads';
import type { Instant } from '../contract/ids.ts';
import type { Format, Paper } from './paper.ts';
import { paperFile } from './paper-file.ts';

const { paper, format, now }: { readonly paper: Paper; readonly format: Format; readonly now: Instant } = workerData;
parentPort?.postMessage(await paperFile(paper, format, now));
