// The Merkle tree of RFC 9162, section 2.1: its root, and the path that proves one leaf.
import { createHash } from 'node:crypto';

export type Digest = Buffer;

/** Hash of a leaf's text. */
export function leafHash(text: string): Digest {
  return createHash('sha256').update(Buffer.of(0)).update(text).digest();
}

function nodeHash(left: Digest, right: Digest): Digest {
  return createHash('sha256').update(Buffer.of(1)).update(left).update(right).digest();
}

/** Of no leaves: the hash of nothing. */
export function rootOf(leaves: readonly Digest[]): Digest {
  return levelsOf(leaves).at(-1)?.[0] ?? createHash('sha256').digest();
}

/** From the leaf's sibling up to a child of the root. */
export function pathOf(leaves: readonly Digest[], index: number): Digest[] {
  const path: Digest[] = [];
  let at = index;
  for (const level of levelsOf(leaves).slice(0, -1)) {
    const sibling = level[at % 2 === 0 ? at + 1 : at - 1];
    if (sibling !== undefined) path.push(sibling);
    at = Math.floor(at / 2);
  }
  return path;
}

/** A node without a neighbour goes up as it is: that gives the very tree of the RFC, whose left side is always full. */
function levelsOf(leaves: readonly Digest[]): Digest[][] {
  const levels: Digest[][] = [[...leaves]];
  for (let level = levels[0] ?? []; level.length > 1; ) {
    const above: Digest[] = [];
    for (let index = 0; index < level.length; index += 2) {
      const [left, right] = [level[index], level[index + 1]];
      if (left !== undefined) above.push(right === undefined ? left : nodeHash(left, right));
    }
    levels.push(above);
    level = above;
  }
  return levels;
}
