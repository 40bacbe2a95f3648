// A class that fills within a few seconds: what one who joins costs the server.
import { LoadGenerator } from '../loadgen/generator.ts';
import { camera, microphone, type TrackPlan } from '../loadgen/tracks.ts';
import { cpuOf, quiet } from '../subjects/cpu.ts';
import type { Subject } from '../subjects/subject.ts';
import { wait } from '../table/figures.ts';

export interface Joined {
  readonly joinMs: readonly number[];
  readonly nodeMs: number;
  readonly workerMs: number;
}

/** Batches, acknowledgements and key-frame requests that come after the last join still belong to it. */
const afterwardsMs = 1000;

/** Three layers, and nothing is sent. */
const publishes: readonly TrackPlan[] = [microphone(1000, 'browser'), camera(1010, 'browser', 'VP8', [100, 300, 900])].map((plan) => ({
  ...plan,
  commands: [],
}));

export async function fillClass(subject: Subject, clients: number, seconds: number): Promise<Joined> {
  const generator = await LoadGenerator.open(null);
  try {
    await subject.enter({ room: 0, seat: 0, sends: publishes, sender: generator.peer('class'), receiver: null });
    await quiet(subject.pid);
    const before = cpuOf(subject.pid);
    const joins = Array.from({ length: clients }, async (_, index) => {
      await wait((index * seconds * 1000) / clients);
      const began = performance.now();
      const attendee = await subject.enter({ room: 0, seat: index + 1, sends: [], sender: null, receiver: generator.peer('class') });
      await attendee.receives(publishes.length);
      return performance.now() - began;
    });
    const joinMs = await Promise.all(joins);
    await wait(afterwardsMs);
    const after = cpuOf(subject.pid);
    return { joinMs, nodeMs: (after.ownMs - before.ownMs) / clients, workerMs: (after.belowMs - before.belowMs) / clients };
  } finally {
    await generator.close();
  }
}
