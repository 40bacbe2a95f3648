// The Merkle tree, beside the definitions of RFC 9162 written down as they stand there.
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { leafHash, pathOf, rootOf } from './merkle.ts';

const sha = (...parts: readonly (string | Buffer)[]) => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};
/** The largest power of two below. */
const split = (size: number) => 2 ** Math.floor(Math.log2(size - 1));

/** RFC 9162, 2.1.1. */
function mth(leaves: readonly string[]): Buffer {
  if (leaves.length === 0) return sha('');
  if (leaves.length === 1) return sha(Buffer.of(0), leaves[0] ?? '');
  const k = split(leaves.length);
  return sha(Buffer.of(1), mth(leaves.slice(0, k)), mth(leaves.slice(k)));
}

/** RFC 9162, 2.1.3.1. */
function path(m: number, leaves: readonly string[]): Buffer[] {
  if (leaves.length === 1) return [];
  const k = split(leaves.length);
  return m < k ? [...path(m, leaves.slice(0, k)), mth(leaves.slice(k))] : [...path(m - k, leaves.slice(k)), mth(leaves.slice(0, k))];
}

describe('E3 the tree of a day', () => {
  it('has the root and the paths of RFC 9162, for every number of leaves up to 40', () => {
    for (let size = 0; size <= 40; size += 1) {
      const leaves = Array.from({ length: size }, (_, index) => `leaf ${index}`);
      const digests = leaves.map(leafHash);
      expect(rootOf(digests)).toEqual(mth(leaves));
      for (const index of leaves.keys()) expect(pathOf(digests, index)).toEqual(path(index, leaves));
    }
  });
});
