// The signed head of a day: what its hash covers, what is signed, and whether a signature and a key hold.
import { createHash, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import type { DayHead, TraceKey } from '../contract/evidence.ts';
import { canonical } from './canonical.ts';
import { type Digest, leafHash, rootOf } from './merkle.ts';

/** A chain as it stood when the head was made. */
export interface Leaf {
  readonly lessonId: string;
  readonly seq: number;
  readonly hash: string;
  readonly expired: boolean;
}

/** In the order of the tree: by lesson, in UTF-16 units, whatever order a database knows. */
export function inOrder(leaves: readonly Leaf[]): Leaf[] {
  return leaves.toSorted((a, b) => (a.lessonId < b.lessonId ? -1 : 1));
}

/** @param leaves in order */
export function digestsOf(leaves: readonly Leaf[]): Digest[] {
  return leaves.map(({ lessonId, seq, hash, expired }) => leafHash(canonical({ lessonId, seq, hash, expired })));
}

export function rootOfLeaves(leaves: readonly Leaf[]): string {
  return rootOf(digestsOf(leaves)).toString('hex');
}

type Unsigned = Omit<DayHead, 'hash' | 'signature'>;

/** SHA-256, hex, of the canonical JSON of all that a head says (E3). */
export function hashOfHead({ day, number, lessons, root, previous, keyId, signedAt }: Unsigned): string {
  return sha256(canonical({ v: 1, day, number, lessons, root, previous, keyId, signedAt }));
}

/** Ed25519 over the 64 letters of the hash, base64url. */
export function signHead(head: Unsigned, privateKey: KeyObject): DayHead {
  const hash = hashOfHead(head);
  return { ...head, hash, signature: sign(null, Buffer.from(hash), privateKey).toString('base64url') };
}

export function isSignedBy({ hash, signature }: DayHead, publicKey: string): boolean {
  return holds(hash, signature, publicKey);
}

/** A key is called by what it is, so that no other can take its name. */
export function keyIdOf(publicKey: string): string {
  return sha256(publicKey).slice(0, 16);
}

export function endorse({ id, publicKey, createdAt }: Pick<TraceKey, 'id' | 'publicKey' | 'createdAt'>, by: KeyObject): string {
  return sign(null, Buffer.from(canonical({ v: 1, id, publicKey, createdAt })), by).toString('base64url');
}

/** The keys that lead back to the first one, each endorsed by one that is trusted already. @param keys oldest first */
export function trustedKeys(keys: readonly TraceKey[]): Map<string, TraceKey> {
  const trusted = new Map<string, TraceKey>();
  for (const key of keys) {
    if (key.id !== keyIdOf(key.publicKey)) continue;
    const endorser = key.endorsedBy === null ? undefined : trusted.get(key.endorsedBy);
    const isFirst = trusted.size === 0 && key.endorsedBy === null && key === keys[0];
    const said = canonical({ v: 1, id: key.id, publicKey: key.publicKey, createdAt: key.createdAt });
    const isEndorsed = endorser !== undefined && key.endorsement !== null && holds(said, key.endorsement, endorser.publicKey);
    if (isFirst || isEndorsed) trusted.set(key.id, key);
  }
  return trusted;
}

function holds(text: string, signature: string, publicKey: string): boolean {
  try {
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: publicKey }, format: 'jwk' });
    const bytes = Buffer.from(signature, 'base64url');
    // Base64url has several writings of the same bytes: only one of them is the signature that was written.
    return bytes.toString('base64url') === signature && verify(null, Buffer.from(text), key, bytes);
  } catch {
    return false;
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
