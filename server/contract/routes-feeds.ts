// The HTTP calls about one's own calendar feeds. The feed itself is at /feeds/{token}.ics, the printed week at /api/print/week.pdf (query: PrintQuery).
import { z } from 'zod';
import { Feed, FeedChange, FeedId, Feeds, NewFeed } from './feeds.ts';
import { route } from './route.ts';

const feed = z.object({ id: FeedId });

export const feedRoutes = {
  feeds: route('GET', '/api/feeds', 'signed-in', 'One’s own calendar feeds', { answer: Feeds }),
  addFeed: route('POST', '/api/feeds', 'signed-in', 'Make a calendar feed of oneself or of a group', { body: NewFeed, answer: Feed }),
  changeFeed: route('PATCH', '/api/feeds/{id}', 'signed-in', 'Change the language of one’s own feed', {
    params: feed,
    body: FeedChange,
    answer: Feed,
  }),
  revokeFeed: route('DELETE', '/api/feeds/{id}', 'signed-in', 'Revoke one’s own feed: its link stops working at once', { params: feed }),
} as const;
