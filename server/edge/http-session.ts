// Recognises the caller by cookie or Bearer, and refuses changing requests that another site's page makes.
import type { IncomingMessage } from 'node:http';
import type { Request, RequestHandler, Response } from 'express';
import { Refused } from '../contract/reply.ts';
import { type Caller, rememberCaller } from './http-caller.ts';
import type { Peers } from './http-peer.ts';

export type FindPerson = (token: string) => Promise<Caller['person']>;

const COOKIE = 'auditoria_session';
const READING = new Set(['GET', 'HEAD', 'OPTIONS']);

export function refuseForeignOrigin(peers: Peers): RequestHandler {
  return (request, _response, next) => {
    if (!READING.has(request.method) && !peers.isOwnOrigin(request) && !takesForeignForms(request))
      throw new Refused('origin-refused', 'This request comes from another site');
    next();
  };
}

/** SAML brings its answer as a form from its own site; there nothing is done by cookie (S5). */
function takesForeignForms({ method, originalUrl }: Request): boolean {
  return method === 'POST' && /^\/api\/sign-in\/[a-z0-9-]{1,32}\/acs$/.test(originalUrl);
}

export function recogniseCaller(peers: Peers, personOfToken: FindPerson): RequestHandler {
  return async (request, response, next) => {
    const token = tokenOf(request);
    const found = token === null ? null : await personOfToken(token);
    const isEnrolling = found?.secondFactor === 'needed';
    rememberCaller(request, {
      peer: peers.of(request),
      origin: peers.originFor(request),
      token,
      person: isEnrolling ? null : found,
      enrolling: isEnrolling ? found : null,
    });
    response.setHeader('Cache-Control', 'no-store');
    next();
  };
}

/** Bearer goes before the cookie: it is what a script said on purpose. */
function tokenOf(request: IncomingMessage): string | null {
  const bearer = /^Bearer ([\w.~+/=-]{1,4096})$/i.exec(request.headers.authorization ?? '')?.[1];
  if (bearer !== undefined) return bearer;
  for (const pair of (request.headers.cookie ?? '').split(';')) {
    const [name, value] = pair.trim().split('=', 2);
    if (name === COOKIE && value && value.length <= 4096) return value;
  }
  return null;
}

/** Lax, so that a link in a mail opens the class signed in; changing requests are held to their Origin besides. */
export function setSessionCookie(
  response: Response,
  token: string,
  options: { readonly secure: boolean; readonly maxAgeMs: number },
): void {
  response.cookie(COOKIE, token, { httpOnly: true, sameSite: 'lax', secure: options.secure, path: '/', maxAge: options.maxAgeMs });
}

export function clearSessionCookie(response: Response, secure: boolean): void {
  response.clearCookie(COOKIE, { httpOnly: true, sameSite: 'lax', secure, path: '/' });
}
