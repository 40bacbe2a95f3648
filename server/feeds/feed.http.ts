// The calendar feeds over HTTP: calls for their owners, and the feeds themselves for calendar programs, which have no session.
import { createHash } from 'node:crypto';
import { type Request, Router } from 'express';
import { routes } from '../contract/http.ts';
import { Refused } from '../contract/reply.ts';
import { bind } from '../edge/http.ts';
import { RateLimit } from '../edge/limits.ts';
import type { FeedService } from './feed.service.ts';

/** Of one feed within ten minutes: a person's devices, and services that fetch for many. */
const usualReads = () => new RateLimit(120, 600);
/** Of one address within ten minutes. Only wrong links count: a service fetches the feeds of all its users from few addresses. */
const usualMisses = () => new RateLimit(100, 600);

export interface FeedHttpParts {
  /** Where the caller reaches us, and from which address. */
  readonly callerOf: (request: Request) => { readonly origin: string; readonly address: string };
  readonly reads?: RateLimit;
  readonly misses?: RateLimit;
}

export function feedHttp(feeds: FeedService, { callerOf, reads = usualReads(), misses = usualMisses() }: FeedHttpParts): Router {
  const router = Router();
  bind(router, routes.feeds, async ({ person, origin }) => ({ feeds: await feeds.list(person, origin) }));
  bind(router, routes.addFeed, ({ actor, body, origin }) => feeds.add(actor, body, origin));
  bind(router, routes.changeFeed, ({ person, params, body, origin }) => feeds.setLanguage(person, params.id, body.language, origin));
  bind(router, routes.revokeFeed, async ({ actor, params }) => {
    await feeds.revoke(actor, params.id);
    return {};
  });

  router.get('/feeds/:file', async (request, response) => {
    const token = /^([\w-]{43})\.ics$/.exec(request.params.file)?.[1];
    // F6: the log of failures names the path, and this one is a secret.
    request.originalUrl = '/feeds/…';
    const { origin, address } = callerOf(request);
    const open = token === undefined ? null : await feeds.find(token);
    response.set({ 'Cache-Control': 'private, no-cache', 'X-Robots-Tag': 'noindex, nofollow', 'Referrer-Policy': 'no-referrer' });
    if (open === null) {
      await misses.take(address);
      throw new Refused('not-found', 'There is no such path');
    }
    await reads.take(open.feed.id);
    const feed = await feeds.write(open, origin);
    // A lesson that is gone leaves no later date behind: only the tag says for sure that nothing changed.
    if (request.headers['if-none-match'] === undefined) delete request.headers['if-modified-since'];
    response.set({
      'Content-Type': 'text/calendar; charset=utf-8; method=PUBLISH',
      'Content-Disposition': 'inline; filename="auditoria.ics"',
      ETag: `"${createHash('sha256').update(feed.calendar).digest('base64url')}"`,
      'Last-Modified': new Date(feed.changedAt).toUTCString(),
    });
    response.send(feed.calendar);
  });
  return router;
}
