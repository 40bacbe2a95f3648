// How the end of signing in reaches the browser: a session's cookie, or that of a challenge which waits for its code.
import type { Request, Response } from 'express';
import { setSessionCookie } from '../edge/http-session.ts';
import type { SignInOutcome } from './identity.service.ts';

const CHALLENGE_COOKIE = 'auditoria_challenge';
/** Sent with the second step only. */
const CHALLENGE_PATH = '/api/session';

interface Place {
  readonly secure: boolean;
  /** How long a browser keeps the cookie of a session. */
  readonly maxAgeMs: number;
}

/** Sets the cookie; what is to be said in words follows from `outcome.kind`. */
export function rememberSignIn(response: Response, outcome: SignInOutcome, place: Place): void {
  if (outcome.kind === 'session') {
    setSessionCookie(response, outcome.token, place);
    response.clearCookie(CHALLENGE_COOKIE, challengeOptions(place.secure));
    return;
  }
  response.cookie(CHALLENGE_COOKIE, outcome.challenge, {
    ...challengeOptions(place.secure),
    expires: new Date(outcome.expiresAt),
  });
}

export function challengeOf(request: Request): string | null {
  for (const pair of (request.headers.cookie ?? '').split(';')) {
    const [name, value] = pair.trim().split('=', 2);
    if (name === CHALLENGE_COOKIE && value && value.length <= 100) return value;
  }
  return null;
}

function challengeOptions(secure: boolean) {
  return {
    httpOnly: true,
    sameSite: 'lax',
    secure,
    path: CHALLENGE_PATH,
  } as const;
}
