// Long lists cut into pieces: a database takes only so many values in one statement.

const usual = 500;

export function* inPieces<T>(all: readonly T[], size = usual): Generator<readonly T[]> {
  for (let from = 0; from < all.length; from += size) yield all.slice(from, from + size);
}
