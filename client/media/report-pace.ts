// When what a page saw of its line is told: trouble at once, what is well every third time.

/** For a large university, what is well is worth a third of the messages. */
const looksWhenFine = 3;
/** As much as the server takes: the timers of a page that nobody sees ring late. */
const mostMs = 120_000;

export class ReportPace {
  /** In a row, and not told. The first is told at once. */
  #fineLooks = looksWhenFine - 1;
  #fineMs = 0;

  /** @param ms since the look before. Answers for how long it has been like this when it is to be told, else null. */
  looked(isFine: boolean, ms: number): number | null {
    if (!isFine) {
      this.#fineLooks = 0;
      this.#fineMs = 0;
      return whole(ms);
    }
    this.#fineLooks += 1;
    this.#fineMs += ms;
    if (this.#fineLooks < looksWhenFine) return null;
    const fineMs = this.#fineMs;
    this.#fineLooks = 0;
    this.#fineMs = 0;
    return whole(fineMs);
  }

  /** Nothing flowed: what comes then is told at once. */
  rested(): void {
    this.#fineLooks = looksWhenFine - 1;
    this.#fineMs = 0;
  }
}

const whole = (ms: number): number => Math.round(Math.min(mostMs, ms));
