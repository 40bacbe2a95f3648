// What the lines carry, added up: over the server, over each room, and over each media worker. Pure.
import type { LessonId } from '../contract/ids.ts';
import type { Quality } from '../contract/room.ts';
import type { TransportStats } from '../ports/media.ts';
import { worst } from './quality.ts';

/** What people's devices send and receive. */
export interface Carrying {
  readonly bpsIn: number;
  readonly bpsOut: number;
  /** The mean over the transports that carry something, 0 to 1. */
  readonly lossShare: number;
}

/** Of one transport. */
export interface Flow {
  readonly worker: number;
  readonly bpsIn: number;
  readonly bpsOut: number;
  readonly loss: number;
}

export interface FlowingLine {
  readonly lessonId: LessonId;
  readonly quality: Quality;
  readonly flows: readonly Flow[];
}

export interface Flows {
  readonly all: Carrying;
  readonly rooms: ReadonlyMap<LessonId, Carrying & { readonly worst: Quality }>;
  /** By process id. */
  readonly workers: ReadonlyMap<number, Carrying>;
}

/** So little time between two measurements would make a rate of single packets. */
const shortestMs = 1000;

/** Over the time since the measurement before: the engine's own rate is that of its last second, in which a picture may be whole or missing. */
export function flowOf(before: TransportStats | null, now: TransportStats, elapsedMs: number): Flow {
  const { worker, bytesIn, bytesOut } = now;
  const loss = Math.max(now.lossIn, now.lossOut);
  const isSame = before?.worker === worker && bytesIn >= before.bytesIn && bytesOut >= before.bytesOut;
  if (!isSame || elapsedMs < shortestMs) return { worker, bpsIn: now.bpsIn, bpsOut: now.bpsOut, loss };
  const bps = (bytes: number) => (bytes * 8000) / elapsedMs;
  return { worker, bpsIn: bps(bytesIn - before.bytesIn), bpsOut: bps(bytesOut - before.bytesOut), loss };
}

export function addUp(lines: Iterable<FlowingLine>): Flows {
  const all = new Sum();
  const rooms = new Map<LessonId, Sum>();
  const workers = new Map<number, Sum>();
  for (const { lessonId, quality, flows } of lines) {
    const room = sumIn(rooms, lessonId);
    room.worst = worst([room.worst, quality]);
    for (const flow of flows) for (const sum of [all, room, sumIn(workers, flow.worker)]) sum.add(flow);
  }
  return {
    all: all.carrying,
    rooms: new Map([...rooms].map(([id, sum]) => [id, { ...sum.carrying, worst: sum.worst }])),
    workers: new Map([...workers].map(([pid, sum]) => [pid, sum.carrying])),
  };
}

class Sum {
  worst: Quality = 'unknown';
  #bpsIn = 0;
  #bpsOut = 0;
  #losses = 0;
  #flowing = 0;

  add({ bpsIn, bpsOut, loss }: Flow): void {
    this.#bpsIn += bpsIn;
    this.#bpsOut += bpsOut;
    if (bpsIn + bpsOut === 0) return;
    this.#losses += loss;
    this.#flowing += 1;
  }

  get carrying(): Carrying {
    return { bpsIn: this.#bpsIn, bpsOut: this.#bpsOut, lossShare: this.#flowing === 0 ? 0 : this.#losses / this.#flowing };
  }
}

function sumIn<Key>(sums: Map<Key, Sum>, key: Key): Sum {
  const before = sums.get(key);
  if (before !== undefined) return before;
  const sum = new Sum();
  sums.set(key, sum);
  return sum;
}
