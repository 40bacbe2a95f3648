// Looks things up in lists that are in order, however long a file has made them.

/** The last whose key is at or before `at`, by halving; undefined when all are later. `keyOf` must not fall along the list. */
export function lastUntil<T>(list: readonly T[], at: number, keyOf: (item: T) => number): T | undefined {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const item = list[middle];
    if (item !== undefined && keyOf(item) <= at) low = middle + 1;
    else high = middle;
  }
  return list[low - 1];
}
