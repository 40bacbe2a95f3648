// Tokens for the room and for guests: who they let in, how long, and what else they are good for (nothing).
import jwt from 'jsonwebtoken';
import { describe, expect, it } from 'vitest';
import { LessonId, PersonId } from '../contract/ids.ts';
import type { Clock } from '../ports/clock.ts';
import { Tokens } from './tokens.ts';

const claims = { personId: PersonId.parse('p1'), lessonId: LessonId.parse('l1'), name: 'Әлия', guest: false };
const key = Buffer.alloc(32, 7);

function tokensAt(now: { ms: number }): Tokens {
  const never = () => ({ cancel: () => undefined });
  const clock: Clock = { now: () => now.ms, after: never, every: never };
  return new Tokens({ key, clock });
}

describe('a room token', () => {
  it('says who comes to which lesson, for five minutes', () => {
    const now = { ms: 1_000_000_000 };
    const tokens = tokensAt(now);
    const token = tokens.roomToken(claims);
    expect(tokens.verifyRoom(token)).toEqual(claims);
    now.ms += 299_000;
    expect(tokens.verifyRoom(token)).toEqual(claims);
    now.ms += 2000;
    expect(() => tokens.verifyRoom(token)).toThrow(expect.objectContaining({ code: 'token-expired' }));
  });

  it('is not a guest token, and the other way round', () => {
    const tokens = tokensAt({ ms: 1_000_000_000 });
    const guest = tokens.guestToken({ ...claims, guest: true }, 2_000_000_000);
    expect(tokens.verifyGuest(guest)).toEqual({ ...claims, guest: true });
    for (const wrong of [() => tokens.verifyRoom(guest), () => tokens.verifyGuest(tokens.roomToken(claims))]) {
      expect(wrong).toThrow(expect.objectContaining({ code: 'not-signed-in' }));
    }
  });

  it('cannot be made by others: without signature, with another algorithm, or another key', () => {
    const tokens = tokensAt({ ms: 1_000_000_000 });
    const payload = { sub: 'p1', lesson: 'l1', name: 'x', guest: false, aud: 'room', exp: 9_000_000_000 };
    const forged = [
      jwt.sign(payload, '', { algorithm: 'none' }),
      jwt.sign(payload, key, { algorithm: 'HS512' }),
      jwt.sign(payload, key),
      `${tokens.roomToken(claims)}x`,
      'x',
      '',
    ];
    for (const token of forged) expect(() => tokens.verifyRoom(token), token).toThrow(expect.objectContaining({ code: 'not-signed-in' }));
  });
});
