// What is known of the caller of an HTTP request: the peer, the token, the person.
import type { IncomingMessage } from 'node:http';
import type { z } from 'zod';
import type { Person } from '../contract/identity.ts';
import { Refused } from '../contract/reply.ts';
import type { Route } from '../contract/route.ts';
import type { Peer } from './http-peer.ts';

type PersonView = z.output<typeof Person>;

export interface Caller {
  readonly peer: Peer;
  /** Where the browser reaches us, like https://class.example.edu. */
  readonly origin: string;
  /** Session token, from the cookie or as Bearer; or a guest's token as Bearer. */
  readonly token: string | null;
  /** Null for strangers, guests, and tokens that have expired. */
  readonly person: PersonView | null;
  /** Who is signed in, but must set up a second factor before anything else; `person` is then null, so nothing opens by mistake. */
  readonly enrolling: PersonView | null;
}

const callers = new WeakMap<IncomingMessage, Caller>();

export function rememberCaller(request: IncomingMessage, caller: Caller): void {
  callers.set(request, caller);
}

/** Only below `createHttp`, which remembers the caller of every /api request. */
export function callerOf(request: IncomingMessage): Caller {
  const caller = callers.get(request);
  if (!caller) throw new Error('This request did not pass the session check');
  return caller;
}

/** Throws `Refused('not-signed-in')` or `Refused('second-factor-needed')` (P6). */
export function requirePerson(request: IncomingMessage): PersonView {
  const { person, enrolling } = callerOf(request);
  if (enrolling) throw new Refused('second-factor-needed', 'Set up the second factor first');
  if (!person) throw new Refused('not-signed-in', 'Sign in first');
  return person;
}

/** Throws `Refused`: for routers whose paths are not in the table of routes. */
export function requireAccess(request: IncomingMessage, access: Route['access']): void {
  if (access === 'anyone') return;
  if (access === 'enrolling' && callerOf(request).enrolling) return;
  const person = requirePerson(request);
  if (access === 'administrator' && !person.roles.includes('administrator'))
    throw new Refused('not-allowed', 'Only administrators may do this');
}
