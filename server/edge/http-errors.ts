// Every failed HTTP call is answered in one form, `{code, message, details?}`; what is our own fault goes to the log and not to the caller.
import type { ErrorRequestHandler, RequestHandler } from 'express';
import { type Refusal, Refused, refusalStatus } from '../contract/reply.ts';
import { isDatabaseAway } from '../database/away.ts';
import type { Log } from '../log.ts';

export const unknownPath: RequestHandler = () => {
  throw new Refused('not-found', 'There is no such path');
};

export function answerErrors(log: Log): ErrorRequestHandler {
  // Express tells error handlers by their four parameters.
  return (error: unknown, request, response, _next) => {
    const refused = asRefused(error);
    if (!refused) log.error({ error, method: request.method, path: pathOf(request.originalUrl) }, 'A request over HTTP failed');
    if (response.headersSent) {
      response.destroy();
      return;
    }
    const { code, message, details } = refused ?? new Refused('internal', 'Something went wrong here');
    const waitMs = details?.retryAfterMs;
    if (typeof waitMs === 'number') response.setHeader('Retry-After', Math.ceil(waitMs / 1000));
    const body: Refusal = { code, message, ...(details && { details }) };
    // For who counts how requests ended.
    response.locals.refusal = code;
    response.status(refusalStatus[code]).json(body);
  };
}

/** An absence is short as a rule. */
const retryAfterMs = 3000;

/** Null when it is our own fault. */
function asRefused(error: unknown): Refused | null {
  if (error instanceof Refused) return error;
  if (isDatabaseAway(error)) return new Refused('database-away', 'The database is away for now', { retryAfterMs });
  // The body parser and the router say what the caller did wrong by a status.
  const status = typeof error === 'object' && error !== null && 'status' in error ? error.status : undefined;
  if (status === 413) return new Refused('too-large', 'The body is too large');
  if (status === 404) return new Refused('not-found', 'There is no such path');
  if (typeof status === 'number' && status >= 400 && status < 500) return new Refused('bad-request', 'The request cannot be read');
  return null;
}

/** What follows these opens something by itself. */
const opening = /^(\/(?:media\/recordings|api\/shared-recordings|api\/guests)\/)[^/]+/;

/** Without the query, which may hold what someone searched for, and without tickets and links. */
export function pathOf(url: string): string {
  return (url.split('?', 1)[0] ?? '').replace(opening, '$1…');
}
