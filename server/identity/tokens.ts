// Short-lived signed tokens: one for the room's socket, one with which a guest gets new ones of those. JWT, RFC 7519, HS256 only.
import { createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { z } from 'zod';
import { type Instant, LessonId, PersonId } from '../contract/ids.ts';
import { Refused } from '../contract/reply.ts';
import type { Claims } from '../edge/session.ts';
import type { Clock } from '../ports/clock.ts';

const ROOM_TOKEN_SECONDS = 5 * 60;
const ALGORITHM = 'HS256';

type Audience = 'room' | 'guest';

const Payload = z.object({ sub: PersonId, lesson: LessonId, name: z.string().min(1), guest: z.boolean(), session: z.string().optional() });

export class Tokens {
  readonly #keys: Readonly<Record<Audience, KeyObject>>;
  readonly #clock: Clock;

  constructor({ key, clock }: { readonly key: Buffer; readonly clock: Clock }) {
    // A key for each audience besides the `aud` claim: one kind of token can never pass for the other.
    // A key object, because jsonwebtoken reads a buffer as a possible public key first, at each signature and check.
    const derive = (audience: Audience) => createSecretKey(Buffer.from(hkdfSync('sha256', key, '', `auditoria ${audience} token`, 32)));
    this.#keys = { room: derive('room'), guest: derive('guest') };
    this.#clock = clock;
  }

  roomToken(claims: Claims): string {
    return this.#sign('room', claims, this.#seconds() + ROOM_TOKEN_SECONDS);
  }

  /** Throws `Refused('token-expired')`, or `Refused('not-signed-in')` for anything else that is wrong with it. */
  verifyRoom(token: string): Claims {
    return this.#verify('room', token);
  }

  guestToken(claims: Claims, expiresAt: Instant): string {
    return this.#sign('guest', claims, Math.ceil(expiresAt / 1000));
  }

  /** Throws as `verifyRoom` does. */
  verifyGuest(token: string): Claims {
    return this.#verify('guest', token);
  }

  #seconds(): number {
    return Math.floor(this.#clock.now() / 1000);
  }

  #sign(audience: Audience, { personId, lessonId, name, guest, session }: Claims, exp: number): string {
    const payload = { sub: personId, lesson: lessonId, name, guest, session, aud: audience, iat: this.#seconds(), exp };
    return jwt.sign(payload, this.#keys[audience], { algorithm: ALGORITHM });
  }

  #verify(audience: Audience, token: string): Claims {
    try {
      const options = { algorithms: [ALGORITHM], audience, clockTimestamp: this.#seconds() } satisfies jwt.VerifyOptions;
      const { sub, lesson, name, guest, session } = Payload.parse(jwt.verify(token, this.#keys[audience], options));
      return { personId: sub, lessonId: lesson, name, guest, ...(session !== undefined && { session }) };
    } catch (error) {
      if (error instanceof jwt.TokenExpiredError) throw new Refused('token-expired', 'This token has expired');
      throw new Refused('not-signed-in', 'This token is not valid');
    }
  }
}
