// The player's own time: runs by the machine's clock, and follows the sound that is heard.

/** `now` is always `performance.now()`. */
export class PlayClock {
  #anchorMs: number;
  #anchoredAt = 0;
  #speed = 1;
  #isRunning = false;

  constructor(startMs: number) {
    this.#anchorMs = startMs;
  }

  get isRunning(): boolean {
    return this.#isRunning;
  }

  position(now: number): number {
    return this.#isRunning ? this.#anchorMs + (now - this.#anchoredAt) * this.#speed : this.#anchorMs;
  }

  start(now: number): void {
    this.#set(this.position(now), now);
    this.#isRunning = true;
  }

  hold(now: number): void {
    this.#set(this.position(now), now);
    this.#isRunning = false;
  }

  /** To another moment, or to where the sound is. */
  moveTo(ms: number, now: number): void {
    this.#set(ms, now);
  }

  setSpeed(speed: number, now: number): void {
    this.#set(this.position(now), now);
    this.#speed = speed;
  }

  #set(ms: number, now: number): void {
    this.#anchorMs = ms;
    this.#anchoredAt = now;
  }
}
