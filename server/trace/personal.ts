// The personal part of an entry: each value with a salt of its own, so that one can be erased and the chain still proves the rest.
import { hash } from 'node:crypto';
import { z } from 'zod';
import { canonical } from './canonical.ts';
import type { EntryDetail } from './trace.ts';

/** By key: salt and value; after erasure only the hash that stood for them. */
const Sealed = z.record(z.string(), z.union([z.tuple([z.string(), z.unknown()]), z.string().regex(/^[0-9a-f]{64}$/)]));

export interface PersonalPart {
  /** Canonical JSON; null when the entry has nothing personal. */
  readonly personal: string | null;
  /** What the chain holds of it. */
  readonly personalHash: string | null;
}

/** @param newSalt 16 random bytes as base64url: without them a name could be found by trying all names */
export function sealPersonal(values: EntryDetail, newSalt: () => string): PersonalPart {
  const keys = Object.keys(values).filter((key) => values[key] !== undefined);
  if (keys.length === 0) return { personal: null, personalHash: null };
  const sealed = keys.map((key) => [key, [newSalt(), values[key]] as const] as const);
  const hashes = sealed.map(([key, part]) => [key, hashOfPart(key, part)] as const);
  return { personal: canonical(Object.fromEntries(sealed)), personalHash: sha256(canonical(Object.fromEntries(hashes))) };
}

/** Throws when the text is no personal part, or not in canonical form. */
export function personalHashOf(personal: string): string {
  const sealed = Sealed.parse(JSON.parse(personal));
  if (canonical(sealed) !== personal) throw new SyntaxError('A personal part is not in canonical form');
  const hashes = Object.entries(sealed).map(([key, part]) => [key, hashOfPart(key, part)] as const);
  return sha256(canonical(Object.fromEntries(hashes)));
}

/** What is still there. Nothing, where somebody made it unreadable: proofs say so, and the class goes on. */
export function openPersonal(personal: string | null): EntryDetail {
  const parts = partsOf(personal) ?? [];
  return Object.fromEntries(parts.flatMap(([key, part]) => (typeof part === 'string' ? [] : [[key, part[1]]])));
}

/** The same part without these values; its hash stays. Null when nothing is left to read, or nothing can be. */
export function erasePersonal(personal: string, keys: readonly string[]): string | null {
  const parts = partsOf(personal);
  if (parts === null) return null;
  const left = parts.map(([key, part]) => [key, keys.includes(key) ? hashOfPart(key, part) : part] as const);
  return left.every(([, part]) => typeof part === 'string') ? null : canonical(Object.fromEntries(left));
}

/** Whether anything of it was erased. */
export function isErased(personal: string | null): boolean {
  return personal === null || (partsOf(personal) ?? []).some(([, part]) => typeof part === 'string');
}

/** Null when it is no personal part. */
function partsOf(personal: string | null): [string, z.infer<typeof Sealed>[string]][] | null {
  try {
    return Object.entries(Sealed.parse(JSON.parse(personal ?? '')));
  } catch {
    return null;
  }
}

function hashOfPart(key: string, part: string | readonly [string, unknown]): string {
  return typeof part === 'string' ? part : sha256(canonical([part[0], key, part[1]]));
}

function sha256(text: string): string {
  return hash('sha256', text, 'hex');
}
