// Calls the server's HTTP routes; what goes in and comes out is typed and checked by the contract.
import type { z } from 'zod';
import { Refusal, type RefusalCode, type RefusalDetails } from '../../server/contract/reply.ts';
import type { Route } from '../../server/contract/route.ts';

/** A refusal of the server, or `offline` when there was no answer. Words: `refusal(error.code)` of useText. */
export class ApiError extends Error {
  readonly code: RefusalCode | 'offline';
  /** The HTTP status; 0 when there was no answer. */
  readonly status: number;
  readonly details: RefusalDetails | undefined;
  constructor(code: RefusalCode | 'offline', message: string, status: number, details?: RefusalDetails) {
    super(message);
    this.name = 'ApiError';
    this.code = code;
    this.status = status;
    this.details = details;
  }
}

/** The code of whatever was thrown; anything but a refusal is `internal`. */
export function errorCode(error: unknown): ApiError['code'] {
  return error instanceof ApiError ? error.code : 'internal';
}

// What may be left out: a part in which nothing is required.
type Nothing = Record<never, never>;
type Part<K extends string, T> = Nothing extends T ? { readonly [P in K]?: T } : { readonly [P in K]: T };
type Input<R extends Route> = Part<'params', z.input<R['params']>> &
  Part<'query', z.input<R['query']>> &
  Part<'body', z.input<R['body']>> & {
    readonly signal?: AbortSignal | undefined;
    /** Sent as Bearer instead of the session's cookie, for guests. */
    readonly token?: string | undefined;
    /** Sent as it is instead of a body, by routes that take one. */
    readonly file?: Blob | undefined;
    /** Sent even when the page goes before the answer; up to 64 kB. */
    readonly keepalive?: boolean | undefined;
  };
type LooseInput = {
  readonly params?: unknown;
  readonly query?: unknown;
  readonly body?: unknown;
  readonly signal?: AbortSignal | undefined;
  readonly token?: string | undefined;
  readonly file?: Blob | undefined;
  readonly keepalive?: boolean | undefined;
};

/** Throws ApiError. `api(routes.lesson, { params: { id } })` */
export async function api<R extends Route, A extends z.ZodType>(
  route: R & { readonly answer: A },
  ...[input]: Nothing extends Input<R> ? [input?: Input<R>] : [input: Input<R>]
): Promise<z.output<A>> {
  const loose: LooseInput = input ?? {};
  const response = await send(route, loose);
  const body = await readJson(response);
  if (!response.ok) throw refusalOf(response.status, body);
  const answer = route.answer.safeParse(body ?? {});
  if (!answer.success) throw new ApiError('internal', `${route.method} ${route.path}: ${answer.error.message}`, response.status);
  return answer.data;
}

async function send(route: Route, { params, query, body, signal, token, file, keepalive }: LooseInput): Promise<Response> {
  const headers: Record<string, string> = { accept: 'application/json', 'x-requested-with': 'auditoria' };
  if (body !== undefined) headers['content-type'] = 'application/json';
  if (file !== undefined) headers['content-type'] = 'application/octet-stream';
  if (token !== undefined) headers.authorization = `Bearer ${token}`;
  try {
    return await fetch(addressOf(route.path, params, query), {
      method: route.method,
      credentials: 'same-origin',
      headers,
      body: file ?? (body === undefined ? null : JSON.stringify(body)),
      signal: signal ?? null,
      keepalive: keepalive ?? false,
    });
  } catch (fault) {
    if (signal?.aborted) throw fault;
    throw new ApiError('offline', `${route.method} ${route.path}: no answer`, 0);
  }
}

/** Fills `{id}` and adds the query; what is undefined or null is left out. */
export function addressOf(path: string, params: unknown, query: unknown): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = entries(params).find(([key]) => key === name)?.[1];
    if (value === undefined) throw new Error(`${path} needs ${name}`);
    return encodeURIComponent(String(value));
  });
  const search = new URLSearchParams(entries(query).map(([key, value]) => [key, String(value)]));
  return search.size > 0 ? `${filled}?${search}` : filled;
}

function entries(record: unknown): [string, unknown][] {
  if (typeof record !== 'object' || record === null) return [];
  return Object.entries(record).filter(([, value]) => value !== undefined && value !== null);
}

async function readJson(response: Response): Promise<unknown> {
  if (response.status === 204) return undefined;
  try {
    return await response.json();
  } catch {
    // A proxy in between may answer with a page of its own.
    return undefined;
  }
}

function refusalOf(status: number, body: unknown): ApiError {
  const refusal = Refusal.safeParse(body);
  if (refusal.success) return new ApiError(refusal.data.code, refusal.data.message, status, refusal.data.details);
  const noServer = status === 502 || status === 503 || status === 504;
  return new ApiError(noServer ? 'offline' : 'internal', `HTTP ${status}`, status);
}
