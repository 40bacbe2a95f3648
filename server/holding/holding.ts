// What a store is given so that its writes outlive an absence of the database: what is durable is acknowledged, wherever it lies.
import type { z } from 'zod';

export interface Holding {
  /**
   * Makes a write that waits for no database: it resolves with what `write` gave, or with `held` when the value lies on the local disk
   * instead and is written later: in the order of its kind, by `writeHeld`, which gets many at once, may get one that is written already,
   * and must leave the same rows then.
   * @param kind names the values on disk: for ever
   */
  through<T, R>(
    kind: string,
    shape: z.ZodType<T>,
    write: (value: T) => Promise<R>,
    writeHeld?: (values: readonly T[]) => Promise<void>,
  ): (value: T) => Promise<R | Held>;
  /** Neither the database nor the local disk takes anything, or as much waits as may: nothing new may be begun (H22, H30). */
  readonly isStuck: boolean;
  /** Throws `DatabaseAway` while something waits: what is read now would not be all. */
  checkComplete(): void;
}

export const held = Symbol('held');
export type Held = typeof held;

/** Every write goes to the database, or fails. */
export const noHolding: Holding = {
  through: (_kind, _shape, write) => write,
  isStuck: false,
  checkComplete: () => undefined,
};
