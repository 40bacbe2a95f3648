// How tokens, links and keys are kept: by their hash, which is also what they are looked up by.
import { createHash } from 'node:crypto';

/**
 * SHA-256, hex. A token is long and random, so a fast hash without salt keeps it as well as a slow one; and the time of a search tells nothing
 * about those that are nearly right.
 */
export function hashOfToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
