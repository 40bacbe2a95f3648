// Random requests of every kind that a socket may carry, and what an answer must keep to whatever was asked.
import type fc from 'fast-check';
import type { z } from 'zod';
import { requests } from '../../server/contract/index.ts';
import { RefusalCode } from '../../server/contract/reply.ts';
import { arbitraryOf, broken } from './arbitraries.ts';
import type { KnownIds } from './known-ids.ts';

export interface KindOfRequest {
  readonly name: string;
  readonly valid: fc.Arbitrary<unknown>;
  readonly broken: fc.Arbitrary<unknown>;
  /** Of so many tries with this request only one is made: it would end what all others try. */
  readonly seldom: number;
}

const ending: Readonly<Record<string, number>> = {
  ...{ 'room:end': 400, 'room:leave': 20, 'room:remove': 40, 'room:turn-away': 40, 'room:lock': 4, 'room:hand-over-lead': 10 },
};

export function kindsOfRequests(known: KnownIds): readonly KindOfRequest[] {
  return Object.entries<{ readonly input: z.ZodType }>(requests).map(([name, { input }]) => {
    const valid = arbitraryOf(input, known);
    return { name, valid, broken: broken(valid), seldom: ending[name] ?? 1 };
  });
}

/** Null when the answer is one that clients were promised. */
export function faultOfReply(reply: unknown): string | null {
  if (typeof reply !== 'object' || reply === null || !('ok' in reply)) return `no reply: ${JSON.stringify(reply)}`;
  if (reply.ok === true) return null;
  const code = 'code' in reply ? reply.code : undefined;
  return RefusalCode.safeParse(code).success && code !== 'internal' ? null : `refused with ${String(code)}`;
}
