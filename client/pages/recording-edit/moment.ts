// The moment that the player stands at: in class time, as it is shown, and the way to another one.
export interface Moment {
  readonly ms: number;
  /** Class time as viewers count it. */
  readonly show: (classMs: number) => number;
  readonly go: (classMs: number) => void;
}
