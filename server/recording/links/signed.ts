// Signed words that the server gives to a browser and believes when they come back: JWT, RFC 7519, HS256 only, a key for each purpose.
import { createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';
import jwt from 'jsonwebtoken';
import type { z } from 'zod';
import type { Instant } from '../../contract/ids.ts';
import type { Clock } from '../../ports/clock.ts';

const ALGORITHM = 'HS256';

export class Signed<T extends object> {
  readonly #schema: z.ZodType<T>;
  readonly #purpose: string;
  readonly #key: KeyObject;
  readonly #clock: Pick<Clock, 'now'>;

  constructor(options: {
    readonly key: Buffer;
    readonly purpose: string;
    readonly schema: z.ZodType<T>;
    readonly clock: Pick<Clock, 'now'>;
  }) {
    this.#schema = options.schema;
    this.#purpose = options.purpose;
    this.#key = createSecretKey(Buffer.from(hkdfSync('sha256', options.key, '', `auditoria recording ${options.purpose}`, 32)));
    this.#clock = options.clock;
  }

  sign(words: T, expiresAt: Instant): string {
    const [iat, exp] = [this.#clock.now(), expiresAt].map((at) => Math.floor(at / 1000));
    return jwt.sign({ ...words, aud: this.#purpose, iat, exp }, this.#key, { algorithm: ALGORITHM });
  }

  /** Null for what was not signed here, or for another purpose, or has expired. */
  read(text: string): T | null {
    try {
      const clockTimestamp = Math.floor(this.#clock.now() / 1000);
      const words = jwt.verify(text, this.#key, { algorithms: [ALGORITHM], audience: this.#purpose, clockTimestamp });
      return this.#schema.safeParse(words).data ?? null;
    } catch (error) {
      if (error instanceof jwt.JsonWebTokenError) return null;
      throw error;
    }
  }
}
