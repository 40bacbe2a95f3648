// Lets others have their turn in the midst of a long report: SQLite answers without ever waiting.

const longestMs = 4;

/** Resolves at once while the caller has used little time since the last pause, and else after everybody else had a turn. */
export function turns(): () => Promise<void> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < longestMs) return;
    await new Promise<void>((next) => setImmediate(next));
    since = performance.now();
  };
}
