// Holds the callers of the web server to their share: by address before anything is done for them, by person once it is known who asks. Rules H10 and H11.
import type { RequestHandler } from 'express';
import { Refused } from '../contract/reply.ts';
import { Headcount } from './headcount.ts';
import { callerOf } from './http-caller.ts';
import type { HttpLimits } from './http-limits.ts';
import type { Peers } from './http-peer.ts';
import { neighbourhoodOf } from './neighbourhood.ts';
import { TokenBuckets } from './token-bucket.ts';

/** When it is not known when something ends. */
const busyRetryMs = 1000;

/** Throws `Refused('too-many-requests')`. */
export function paceAddresses(peers: Peers, limits: Pick<HttpLimits, 'perAddress' | 'filesPerAddress'>): RequestHandler {
  const all = new TokenBuckets(limits.perAddress);
  const files = new TokenBuckets(limits.filesPerAddress);
  return (request, _response, next) => {
    const buckets = request.path.startsWith('/assets/') ? files : all;
    waitFor(buckets.take(neighbourhoodOf(peers.of(request).address), performance.now()));
    next();
  };
}

/** Throws `Refused('too-many-requests')`. Only behind `recogniseCaller`. */
export function paceCallers(limits: HttpLimits): RequestHandler {
  const people = new TokenBuckets(limits.perPerson);
  const strangers = new TokenBuckets(limits.strangersPerAddress);
  const unanswered = new Headcount(limits.unansweredPerPerson);
  const unansweredOfStrangers = new Headcount(limits.unansweredOfStrangersPerAddress);
  return (request, response, next) => {
    const { person, enrolling, peer } = callerOf(request);
    const id = (person ?? enrolling)?.id;
    const [key, buckets, busy] =
      id === undefined ? [neighbourhoodOf(peer.address), strangers, unansweredOfStrangers] : [id, people, unanswered];
    waitFor(buckets.take(key, performance.now()) || (busy.isFull(key) ? busyRetryMs : 0));
    busy.add(key);
    response.once('close', () => busy.remove(key));
    next();
  };
}

function waitFor(retryAfterMs: number): void {
  if (retryAfterMs > 0) throw new Refused('too-many-requests', 'Slower, please', { retryAfterMs });
}
