// Sends JSON to another system, and says what came of it in the outbox's words.
import type { Instant } from '../contract/ids.ts';
import { retryAfterMs } from './outbox.ts';
import type { Outcome } from './receiver.ts';

const MOST_ANSWER_BYTES = 64 * 1024;
const MOST_ERROR_SIGNS = 300;

interface Posted {
  readonly status: number;
  readonly retryAfter: string | null;
  readonly text: string;
}

/** Redirects are not followed: they could lead anywhere. Rejects when nothing answers, or `signal` says so. */
async function post(url: string, headers: Readonly<Record<string, string>>, body: string, signal: AbortSignal): Promise<Posted> {
  const answer = await fetch(url, {
    ...{ method: 'POST', body, signal, redirect: 'manual' },
    headers: { 'content-type': 'application/json', 'user-agent': 'Auditoria', ...headers },
  });
  return { status: answer.status, retryAfter: answer.headers.get('retry-after'), text: await beginningOf(answer) };
}

async function beginningOf({ body }: Response): Promise<string> {
  if (body === null) return '';
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of body) {
    if (!(part instanceof Uint8Array)) break;
    parts.push(part);
    bytes += part.length;
    // Leaving the loop ends the answer.
    if (bytes >= MOST_ANSWER_BYTES) break;
  }
  return Buffer.concat(parts).toString('utf8');
}

interface Request {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly signal: AbortSignal;
  readonly now: () => Instant;
}

/**
 * O5: what is wrong with this very content is refused for good; whatever may be mended passes.
 * @param judge of an answer 2xx or 409; null: as usual
 */
export async function tell(
  { url, headers, body, signal, now }: Request,
  judge: (status: number, text: string) => Outcome | null,
): Promise<Outcome> {
  let answer: Posted;
  try {
    answer = await post(url, headers, body, signal);
  } catch (error) {
    return { as: 'later', why: whyOf(error), afterMs: null };
  }
  const { status, retryAfter, text } = answer;
  const judged = judge(status, text);
  if (judged !== null) return judged;
  if (status >= 200 && status < 300) return { as: 'taken' };
  const why = `HTTP ${status} ${text.replace(/\s+/g, ' ').trim()}`.trim().slice(0, MOST_ERROR_SIGNS);
  if (status === 400 || status === 413 || status === 422) return { as: 'refused', why };
  return { as: 'later', why, afterMs: status === 429 || status === 503 ? retryAfterMs(retryAfter, now()) : null };
}

/** Such as ECONNREFUSED, which lies beneath; never the address, which may hold a password. */
function whyOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return 'failed';
  if ('cause' in error && error.cause !== undefined) return whyOf(error.cause);
  if ('code' in error && typeof error.code === 'string') return error.code;
  return error instanceof Error ? error.message.slice(0, MOST_ERROR_SIGNS) : 'failed';
}
