// Random calls of every HTTP route, and what an answer must keep to whatever was asked.
import fc from 'fast-check';
import type { Route } from '../../server/contract/http.ts';
import { routes } from '../../server/contract/http.ts';
import { Refusal, refusalStatus } from '../../server/contract/reply.ts';
import { arbitraryOf, broken } from './arbitraries.ts';
import type { KnownIds } from './known-ids.ts';

export interface Call {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
}

export interface KindOfCall {
  readonly name: string;
  readonly access: Route['access'];
  /** What `id` means in its path. */
  readonly place: string;
  readonly valid: fc.Arbitrary<Call>;
  readonly broken: fc.Arbitrary<Call>;
}

export function kindsOfCalls(known: KnownIds): readonly KindOfCall[] {
  return Object.entries<Route>(routes).map(([name, route]) => {
    const parts = [route.params, route.query, route.body].map((schema) => arbitraryOf(schema, known));
    const [params = fc.constant({}), query = fc.constant({}), body = fc.constant({})] = parts;
    const call = (...[p, q, b]: readonly [unknown, unknown, unknown]) => ({
      method: route.method,
      path: pathOf(route.path, p, q),
      body: b,
    });
    const place = /\/([\w-]+)\/\{/.exec(route.path)?.[1] ?? route.path.split('/').at(-1) ?? '';
    const valid = fc.tuple(params, query, body).map((all) => call(...all));
    const bad = fc.oneof(fc.tuple(broken(params), query, body), fc.tuple(params, broken(query), body), {
      arbitrary: fc.tuple(params, query, broken(body)),
      weight: 2,
    });
    return { name, access: route.access, place, valid, broken: bad.map((all) => call(...all)) };
  });
}

/** What cannot stand in a path or query as it is, stands there encoded, or as its JSON. */
function pathOf(pattern: string, params: unknown, query: unknown): string {
  const values = new Map(typeof params === 'object' && params !== null ? Object.entries(params) : []);
  const path = pattern.replace(/\{(\w+)\}/g, (_, name: string) => encode(values.get(name)) || 'x');
  const asked = Object.entries(typeof query === 'object' && query !== null ? query : {}).filter(([, value]) => value !== undefined);
  return asked.length === 0 ? path : `${path}?${asked.map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&')}`;
}

function encode(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return encodeURIComponent(text.toWellFormed()).slice(0, 4000).replace(/%.?$/, '');
}

export interface Answer {
  readonly status: number;
  readonly code: string | null;
  readonly value: unknown;
}

export async function ask(url: string, call: Call, token: string | null): Promise<Answer> {
  const body = call.method === 'GET' || call.method === 'DELETE' ? undefined : JSON.stringify(call.body);
  const response = await fetch(url + call.path, {
    method: call.method,
    redirect: 'manual',
    headers: {
      ...(token !== null && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body }),
  });
  const text = await response.text();
  const value: unknown = text === '' ? null : JSON.parse(text);
  const refusal = response.ok ? null : Refusal.safeParse(value);
  return { status: response.status, code: refusal === null ? null : (refusal.data?.code ?? `unknown: ${text.slice(0, 200)}`), value };
}

/** Null when the answer is one that callers were promised. */
export function faultOf({ status, code }: Answer): string | null {
  if (code === null) return status >= 200 && status < 300 ? null : `status ${status} without a code`;
  if (code === 'internal' || !(code in refusalStatus)) return `${status} ${code}`;
  return Object.entries(refusalStatus).some(([known, expected]) => known === code && expected === status)
    ? null
    : `${code} with status ${status}`;
}
