// The HTTP calls of the second factor, and of one's own sessions.
import { Router } from 'express';
import { routes } from '../contract/http.ts';
import { Refused } from '../contract/reply.ts';
import { bind } from '../edge/http.ts';
import { whence } from './identity.http.ts';
import type { IdentityService } from './identity.service.ts';
import type { SecondFactorService } from './second-factor.service.ts';
import { challengeOf, rememberSignIn } from './sign-in-answer.ts';
import { hashOfToken } from './token-hash.ts';

/** @param maxSessionMs how long a browser keeps the cookie; the server ends sessions by itself */
export function secondFactorHttp(identity: IdentityService, secondFactor: SecondFactorService, maxSessionMs: number): Router {
  const router = Router();

  bind(router, routes.signInCode, async ({ body, peer, request, response }) => {
    const challenge = body.challenge ?? challengeOf(request);
    if (challenge === null) throw new Refused('challenge-expired', 'Sign in again');
    const signedIn = await identity.signInWithCode(challenge, body.code, whence(peer, request));
    rememberSignIn(response, signedIn, {
      secure: peer.secure,
      maxAgeMs: maxSessionMs,
    });
    return signedIn;
  });

  bind(router, routes.secondFactor, ({ person }) => secondFactor.state(person));
  bind(router, routes.beginSecondFactor, ({ person, body, peer }) => secondFactor.begin(person, body.proof, peer.address));
  bind(router, routes.confirmSecondFactor, async ({ person, body, token, actor }) => ({
    recoveryCodes: await secondFactor.confirm(person, body.code, hashOfToken(token ?? ''), actor),
  }));
  bind(router, routes.removeSecondFactor, async ({ person, body, actor }) => {
    await secondFactor.remove(person, body.proof, actor);
    return {};
  });
  bind(router, routes.renewRecoveryCodes, async ({ person, body, actor }) => ({
    recoveryCodes: await secondFactor.renewCodes(person, body.proof, actor),
  }));
  bind(router, routes.resetSecondFactor, ({ params, actor }) => secondFactor.reset(params.id, actor));

  bind(router, routes.ownSessions, async ({ person, token }) => ({
    sessions: await identity.sessions(person.id, token ?? ''),
  }));
  bind(router, routes.endOwnSession, async ({ person, params }) => {
    await identity.endSession(person.id, params.id);
    return {};
  });
  return router;
}
