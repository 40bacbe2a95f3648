// Opens the real media engine for a test, on loopback, with one worker unless more are asked for.

import { MediasoupEngine } from '../../server/adapters/mediasoup/engine.ts';
import type { Limits } from '../../server/adapters/mediasoup/placement.ts';
import { systemClock } from '../../server/adapters/system-clock.ts';
import type { Clock } from '../../server/ports/clock.ts';

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** The worker is the one that the set-up made (`MEDIASOUP_WORKER_BIN`). */
export function openRealEngine(workers = 1, clock: Clock = systemClock, limits?: Limits): Promise<MediasoupEngine> {
  return MediasoupEngine.open({
    ...(limits && { limits }),
    workers,
    workerBin: null,
    listenIps: ['127.0.0.1'],
    announcedAddresses: [],
    portBase: 0,
    clock,
    log: quiet,
  });
}

export async function killWorkers(engine: MediasoupEngine): Promise<void> {
  for (const { pid } of await engine.load()) process.kill(pid, 'SIGKILL');
}
