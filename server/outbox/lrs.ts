// A learning record store as one who is told: statements in batches, by xAPI 1.0.3 (Communication, 2.1.2).
import type { Instant } from '../contract/ids.ts';
import { tell } from './post.ts';
import { type Outcome, type Receiver, shownUrl } from './receiver.ts';
import { type StatementFrame, statementsOf } from './xapi.ts';

export interface LrsSettings {
  /** Up to, and without, `/statements`. */
  readonly url: string;
  readonly user: string | null;
  readonly password: string | null;
}

export function lrsReceiver({ url, user, password }: LrsSettings, frame: StatementFrame, now: () => Instant): Receiver {
  const address = new URL(url);
  address.pathname = `${address.pathname.replace(/\/+$/, '')}/statements`;
  const headers = {
    'x-experience-api-version': '1.0.3',
    ...(user !== null && { authorization: `Basic ${Buffer.from(`${user}:${password ?? ''}`).toString('base64')}` }),
  };
  return {
    ...{ id: 'lrs', kind: 'lrs', shownUrl: shownUrl(url) },
    itemsOf: (event, around) => statementsOf(event, around, frame).map((body) => ({ seq: event.seq, at: event.at, body })),
    send(items, signal) {
      const body = JSON.stringify(items.map((item) => item.body));
      return tell({ url: address.href, headers, body, signal, now }, judge);
    },
  };
}

/** A page that says 200 to everything, such as a sign-in form at a mistyped address, would swallow all that it is sent. */
function judge(status: number, text: string): Outcome | null {
  // A statement of this id is there, as we sent it before; in a batch it may be any of them.
  if (status === 409) return { as: 'known' };
  if (status < 200 || status >= 300 || status === 204) return null;
  return isListOfIds(text) ? null : { as: 'later', why: `HTTP ${status}, but not as an LRS answers`, afterMs: null };
}

function isListOfIds(text: string): boolean {
  try {
    const ids: unknown = JSON.parse(text);
    return Array.isArray(ids) && ids.every((id) => typeof id === 'string');
  } catch {
    // A list too long to be read whole.
    return /^\s*\[\s*"[0-9a-f-]{36}"/i.test(text);
  }
}
