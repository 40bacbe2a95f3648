// Makes one file of a report on a thread of its own, so that no live class waits for it.
import { parentPort, workerData } from 'node:worker_threads';
import type { Instant } from '../contract/ids.ts';
import type { Format, Paper } from './paper.ts';
import { paperFile } from './paper-file.ts';

const { paper: given, format, now }: { readonly paper: Paper | Uint8Array; readonly format: Format; readonly now: Instant } = workerData;
const paper: Paper = given instanceof Uint8Array ? JSON.parse(new TextDecoder().decode(given)) : given;
parentPort?.postMessage(await paperFile(paper, format, now));
