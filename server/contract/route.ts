// How one HTTP call is written down: method, path, who may call, what goes in and comes out.
import { z } from 'zod';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

interface Shape {
  readonly params: z.ZodType;
  readonly query: z.ZodType;
  readonly body: z.ZodType;
  readonly answer: z.ZodType;
}

/** `path` is written as OpenAPI does: `/api/lessons/{id}`. */
export interface Route extends Shape {
  readonly method: Method;
  readonly path: string;
  readonly summary: string;
  /**
   * Who may call it; `anyone` needs no session, `enrolling` is `signed-in` that also serves who must set up a second factor first.
   * The service decides about the single object.
   */
  readonly access: 'anyone' | 'enrolling' | 'signed-in' | 'administrator';
}

/** The answer of calls that have nothing to say: 204 without a body. */
export const Empty = z.object({});
const bare = { params: z.object({}), query: z.object({}), body: z.object({}), answer: Empty };
type Filled<S> = { readonly [K in keyof typeof bare]: K extends keyof S ? Exclude<S[K], undefined> : (typeof bare)[K] };

export function route<const S extends Partial<Shape>>(method: Method, path: string, access: Route['access'], summary: string, shape?: S) {
  // The spread is exactly Filled<S>; TypeScript cannot see that for a generic S.
  const filled = { ...bare, ...shape } as Filled<S>;
  return { method, path, access, summary, ...filled };
}
