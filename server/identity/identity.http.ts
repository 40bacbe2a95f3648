// The HTTP calls of signing in and out, and of one's own account.
import { type Request, Router } from 'express';
import { routes } from '../contract/http.ts';
import { bind, type Caller } from '../edge/http.ts';
import { clearSessionCookie } from '../edge/http-session.ts';
import type { IdentityService, Whence } from './identity.service.ts';
import { rememberSignIn } from './sign-in-answer.ts';

/** @param maxSessionMs how long a browser keeps the cookie; the server ends sessions by itself */
export function identityHttp(identity: IdentityService, maxSessionMs: number): Router {
  const router = Router();

  bind(router, routes.signIn, async ({ body, peer, request, response }) => {
    const signedIn = await identity.signIn({
      ...body,
      ...whence(peer, request),
    });
    rememberSignIn(response, signedIn, {
      secure: peer.secure,
      maxAgeMs: maxSessionMs,
    });
    return signedIn;
  });

  bind(router, routes.signOut, async ({ token, peer, response }) => {
    if (token !== null) await identity.signOut(token);
    clearSessionCookie(response, peer.secure);
    return {};
  });

  bind(router, routes.signOutEverywhere, async ({ person, peer, response }) => {
    await identity.signOutEverywhere(person.id);
    clearSessionCookie(response, peer.secure);
    return {};
  });

  bind(router, routes.me, ({ person }) => ({ person }));

  bind(router, routes.changeMe, async ({ person, body }) => ({
    person: await identity.changeLanguage(person, body.language),
  }));

  bind(router, routes.changePassword, async ({ person, token, body, actor }) => {
    await identity.changePassword({
      person,
      token: token ?? '',
      ...body,
      actor,
    });
    return {};
  });

  return router;
}

export function whence(peer: Caller['peer'], request: Request): Whence {
  return { address: peer.address, userAgent: request.get('user-agent') ?? '' };
}
