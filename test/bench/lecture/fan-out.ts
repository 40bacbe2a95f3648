// What one person does reaches everybody: counts the messages and takes the time of each.
import { cpuOf } from '../subjects/cpu.ts';
import { wait } from '../table/figures.ts';

/** Those who hear; `hear` is called with each message of the server, as it is. */
export interface Listener {
  hear: (message: string) => void;
}

export interface FanOut {
  readonly acts: number;
  /** Ms from the act to each message that told of it, of all acts and listeners. */
  readonly delaysMs: readonly number[];
  /** Own CPU of the server's process, without what it needs all the time, for each message. */
  readonly cpuUs: number;
  /** One of the messages. */
  readonly sample: string;
}

const idleMs = 8000;
/** Who has not heard by then is counted as one who never will. */
const longestMs = 5000;

/**
 * @param act does it once and resolves when it is acknowledged; it says how the message about it is known
 * @param pauseMs longer than the server collects what it tells a large room
 */
export async function measureFanOut(
  pid: number,
  listeners: readonly Listener[],
  act: (index: number) => { readonly mark: string; readonly done: Promise<unknown> },
  { acts, pauseMs }: { readonly acts: number; readonly pauseMs: number },
): Promise<FanOut> {
  let sample = '';
  const delaysMs: number[] = [];
  let current: { readonly mark: string; readonly began: number } | null = null;
  const hear = (message: string): void => {
    if (current === null || !message.includes(current.mark)) return;
    sample = message;
    delaysMs.push(performance.now() - current.began);
  };
  for (const listener of listeners) listener.hear = hear;

  const idle = cpuOf(pid).ownMs;
  await wait(idleMs);
  const before = cpuOf(pid).ownMs;
  const begun = performance.now();
  for (let index = 0; index < acts; index += 1) {
    const began = performance.now();
    const { mark, done } = act(index);
    current = { mark, began };
    await done;
    const all = listeners.length * (index + 1);
    while (delaysMs.length < all && performance.now() - began < longestMs) await wait(20);
    await wait(pauseMs);
  }
  const [after, tookMs] = [cpuOf(pid).ownMs, performance.now() - begun];
  current = null;
  await wait(idleMs);
  // What it needs all the time is what it needed on the average before and after: it still settles from the joins.
  const restMs = (before - idle + cpuOf(pid).ownMs - after) / 2;
  const ownMs = after - before - (restMs * tookMs) / idleMs;
  return { acts, delaysMs, cpuUs: (ownMs * 1000) / Math.max(1, delaysMs.length), sample };
}
