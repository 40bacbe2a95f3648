// What the set-up tells the person at the terminal: steps, progress in place, and failures with a way out.

/** A step that cannot go on. Says what failed, why, and what to do; never shown with a stack. */
export class SetupFailed extends Error {
  /** @param {string} what @param {string} why @param {string} todo */
  constructor(what, why, todo) {
    super(what);
    this.why = why;
    this.todo = todo;
  }
}

const inPlace = process.stdout.isTTY === true;
const CLEAR_LINE = '\r\u001b[K';
let progressShown = false;

function endProgress() {
  if (progressShown) process.stdout.write(CLEAR_LINE);
  progressShown = false;
}

/** @param {string} text */
export function say(text) {
  endProgress();
  console.log(text);
}

/**
 * A line that the next one overwrites; where the output is a file, nothing, for it would fill up.
 * @param {string} text
 */
export function sayProgress(text) {
  if (!inPlace) return;
  const width = (process.stdout.columns ?? 80) - 1;
  process.stdout.write(CLEAR_LINE + text.slice(0, width));
  progressShown = true;
}

/** @param {unknown} error */
export function sayFailure(error) {
  endProgress();
  if (error instanceof SetupFailed) {
    console.error(`\n  failed      ${error.message}\n  why         ${error.why}\n  what to do  ${error.todo}\n`);
    return;
  }
  console.error(error);
}

/** @param {number} ms */
export function duration(ms) {
  if (ms < 90_000) return `${(ms / 1000).toFixed(1)} s`;
  return `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1000)} s`;
}
