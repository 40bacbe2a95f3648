// Binds a handler to a route of the contract: checks access, parses what comes in, checks what goes out.
import express, { type Request, type Response, type Router } from 'express';
import type { z } from 'zod';
import { type Actor, actorOf } from '../audit/actor.ts';
import { Refused } from '../contract/reply.ts';
import type { Route } from '../contract/route.ts';
import { type Caller, callerOf, requireAccess } from './http-caller.ts';

type Signed = Caller & {
  readonly person: NonNullable<Caller['person']>;
  /** The person and where they are, for acts that the audit log must hold. */
  readonly actor: Actor;
};

/** What a handler gets; `person` is there whenever the route's access is not `anyone`. */
export type Call<R extends Route> = {
  readonly params: z.output<R['params']>;
  readonly query: z.output<R['query']>;
  readonly body: z.output<R['body']>;
  readonly request: Request;
  /** For cookies and the like; the answer itself is what the handler returns. */
  readonly response: Response;
} & (R['access'] extends 'anyone' ? Caller : Signed);

export type Handler<R extends Route> = (call: Call<R>) => Promise<z.input<R['answer']>> | z.input<R['answer']>;

const BODY_BYTES = 256 * 1024;

/** Routes whose answer has no fields are answered 204 without a body. */
export function bind<R extends Route>(router: Router, route: R, handler: Handler<R>, options: { readonly bodyBytes?: number } = {}): void {
  const path = route.path.replace(/\{(\w+)\}/g, ':$1');
  const checkAccess = (request: Request, _response: Response, next: () => void) => {
    requireAccess(request, route.access);
    next();
  };
  // The body is read only after access is given, so that strangers cannot make us hold their megabytes.
  const parseBody = express.json({ limit: options.bodyBytes ?? BODY_BYTES, strict: true });
  const answer = async (request: Request, response: Response) => {
    const parsed = {
      params: parse(route.params, request.params, 'path'),
      query: parse(route.query, request.query, 'query'),
      body: parse(route.body, request.body ?? {}, 'body'),
    };
    // `requireAccess` has seen that the person is there; the conditional type cannot follow that.
    const recognised = callerOf(request);
    const caller = route.access === 'enrolling' && recognised.enrolling ? { ...recognised, person: recognised.enrolling } : recognised;
    const actor = caller.person && actorOf(caller.person, caller.peer.address);
    const call = { ...caller, ...(actor && { actor }), ...parsed, request, response } as Call<R>;
    // Parsing the answer also takes away whatever the contract does not name.
    const value = route.answer.parse(await handler(call));
    if (isEmpty(value)) response.status(204).end();
    else response.json(value);
  };
  const method = route.method.toLowerCase();
  if (method === 'get') router.get(path, checkAccess, answer);
  else if (method === 'post') router.post(path, checkAccess, parseBody, answer);
  else if (method === 'put') router.put(path, checkAccess, parseBody, answer);
  else if (method === 'patch') router.patch(path, checkAccess, parseBody, answer);
  else router.delete(path, checkAccess, answer);
}

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

/** Throws `Refused('bad-request')` with `details.issues`: where, and what is wrong. */
export function parse<T extends z.ZodType>(schema: T, value: unknown, where: string): z.output<T> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map((issue) => ({ path: [where, ...issue.path.map(String)].join('.'), message: issue.message }));
  throw new Refused('bad-request', issues.map((issue) => `${issue.path}: ${issue.message}`).join('; '), { issues });
}
