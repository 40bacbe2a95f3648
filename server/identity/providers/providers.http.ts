// The addresses that browsers go to when they sign in by another system, and the list of such systems.
import express, { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { routes } from '../../contract/http.ts';
import { ProviderId, providerAddresses, SignInProblem } from '../../contract/providers.ts';
import { Refused } from '../../contract/reply.ts';
import { bind, callerOf, parse } from '../../edge/http.ts';
import { hints } from '../../hints.ts';
import type { Log } from '../../log.ts';
import { whence } from '../identity.http.ts';
import type { IdentityService } from '../identity.service.ts';
import { rememberSignIn } from '../sign-in-answer.ts';
import type { Landing, ProvidersService } from './providers.service.ts';

const FORM_BYTES = 400 * 1024;
const COOKIE = 'auditoria_sign_in_';
const COOKIE_PATH = '/api/sign-in';

const Path = z.object({ id: ProviderId });
const Wish = z.object({ next: z.string().max(2000).default('/') });
const Attempt = z.object({ attempt: z.string().max(100) });
const Form = z.object({ SAMLResponse: z.string().min(1) });

export function providersHttp(options: {
  readonly providers: ProvidersService;
  readonly identity: IdentityService;
  readonly maxSessionMs: number;
  readonly log: Log;
}): Router {
  const { providers, identity, maxSessionMs, log } = options;
  const router = Router();
  bind(router, routes.signInProviders, () => ({ providers: providers.list() }));

  /** People look at these answers: whatever goes wrong is told on the sign-in page. */
  const orSignInPage =
    (go: (id: string, request: Request, response: Response) => Promise<void>) => async (request: Request, response: Response) => {
      const { id } = parse(Path, request.params, 'path');
      try {
        await go(id, request, response);
      } catch (error) {
        if (error instanceof Refused && error.code === 'not-found') throw error;
        if (error instanceof Refused) providers.note(id, error);
        else log.error({ hint: hints.provider, error, provider: id }, 'Signing in by a provider failed');
        response.redirect(303, signInPage(error, '/'));
      }
    };

  const land = (response: Response, secure: boolean, { next, end }: Landing) => {
    if (end instanceof Refused) return response.redirect(303, signInPage(end, next));
    rememberSignIn(response, end, { secure, maxAgeMs: maxSessionMs });
    if (end.kind === 'session') return response.redirect(303, next);
    return response.redirect(303, `/sign-in?${new URLSearchParams({ step: 'code', next })}`);
  };

  router.get(
    providerAddresses.start(':id'),
    orSignInPage(async (id, request, response) => {
      const { peer, origin } = callerOf(request);
      const { next } = parse(Wish, request.query, 'query');
      const redirectUri = `${origin}${providerAddresses.callback(id)}`;
      const begun = await providers.begin(id, { next, origin, redirectUri }, peer.address);
      response.cookie(COOKIE + begun.attemptId.slice(0, 12), begun.browserKey, { ...cookieOptions(peer.secure), maxAge: begun.forMs });
      response.redirect(303, begun.url);
    }),
  );

  router.get(
    providerAddresses.callback(':id'),
    orSignInPage(async (id, request, response) => {
      const { peer, origin } = callerOf(request);
      const url = new URL(request.originalUrl, origin);
      const key = takeKey(request, response, url.searchParams.get('state') ?? '', peer.secure);
      land(response, peer.secure, await providers.callback(id, url, key, identity, whence(peer, request)));
    }),
  );

  router.post(
    providerAddresses.acs(':id'),
    express.urlencoded({ limit: FORM_BYTES, extended: false }),
    orSignInPage(async (id, request, response) => {
      const { SAMLResponse } = parse(Form, request.body ?? {}, 'body');
      const attempt = await providers.takeResponse(id, SAMLResponse, callerOf(request).peer.address);
      // As a question of the browser's own this one carries the cookie again.
      response.redirect(303, `${providerAddresses.finish(id)}?${new URLSearchParams({ attempt })}`);
    }),
  );

  router.get(
    providerAddresses.finish(':id'),
    orSignInPage(async (id, request, response) => {
      const { peer } = callerOf(request);
      const { attempt } = parse(Attempt, request.query, 'query');
      const key = takeKey(request, response, attempt, peer.secure);
      land(response, peer.secure, await providers.finish(id, attempt, key, identity, whence(peer, request)));
    }),
  );

  router.get(providerAddresses.metadata(':id'), (request, response) => {
    const { id } = parse(Path, request.params, 'path');
    response.type('application/samlmetadata+xml').send(providers.metadata(id));
  });

  return router;
}

function signInPage(error: unknown, next: string): string {
  const problem = SignInProblem.catch('internal').parse(error instanceof Refused ? problemOf(error) : 'internal');
  return `/sign-in?${new URLSearchParams({ problem, ...(next !== '/' && { next }) })}`;
}

function problemOf({ code }: Refused): string {
  if (code === 'bad-request') return 'sign-in-failed';
  // As the form says it: why not is no stranger's business.
  return code === 'wrong-credentials' ? 'account-disabled' : code;
}

function cookieOptions(secure: boolean) {
  return { httpOnly: true, sameSite: 'lax', secure, path: COOKIE_PATH } as const;
}

/** The browser's key of this attempt, which is of no use any more. */
function takeKey(request: Request, response: Response, attemptId: string, secure: boolean): string | null {
  if (!/^[\w-]{20,100}$/.test(attemptId)) return null;
  const cookie = COOKIE + attemptId.slice(0, 12);
  for (const pair of (request.headers.cookie ?? '').split(';')) {
    const [name, value] = pair.trim().split('=', 2);
    if (name !== cookie || !value) continue;
    response.clearCookie(cookie, cookieOptions(secure));
    return value;
  }
  return null;
}
