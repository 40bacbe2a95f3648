// What one device's line is given and may be asked: the ladder towards it with the person's own wish, and the ladder from it.
import type { Instant } from '../contract/ids.ts';
import type { LadderReason, LadderStep } from '../contract/ladder.ts';
import { afterReading, type Ladder, type LineReading, ladderAt, onNewPath } from './ladder.ts';
import { lowerOf, steps } from './steps.ts';

export interface Given {
  readonly step: LadderStep;
  readonly why: LadderReason;
}

export class LineLadder {
  #ladder: Ladder;
  #most: LadderStep = 'all';

  constructor(at: Instant) {
    this.#ladder = ladderAt(at);
  }

  /** L6: what the person wants at the most. */
  choose(most: LadderStep): void {
    this.#most = most;
  }

  tookNewPath(at: Instant): void {
    this.#ladder = onNewPath(this.#ladder, at);
  }

  measured(reading: LineReading, needOf: (step: LadderStep) => number): void {
    const known = steps.map((step) => lazily(() => needOf(step)));
    this.#ladder = afterReading(this.#ladder, reading, { count: steps.length, needOf: (rung) => known[rung]?.() ?? 0 });
  }

  /** The lower of what line and person say. The load of the server is no step: it never touches what those who lead send (B13). */
  get given(): Given {
    const line = steps[this.#ladder.rung] ?? 'floor';
    const step = lowerOf(line, this.#most);
    return { step, why: step === line ? 'line' : 'chosen' };
  }
}

function lazily(compute: () => number): () => number {
  let known: number | null = null;
  return () => {
    known ??= compute();
    return known;
  };
}
