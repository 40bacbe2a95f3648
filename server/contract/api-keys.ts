// Keys by which other systems call, each with rights of its own, as they cross the wire.
import { z } from 'zod';
import { cleanName } from './identity.ts';
import { Instant } from './ids.ts';

/** `timetable:write`: every table of an import but people and enrolments. `people:write`: those two. `attendance:read`: the journal and the reports. */
export const ApiRight = z.enum(['timetable:write', 'people:write', 'attendance:read']);
export type ApiRight = z.infer<typeof ApiRight>;

export const ApiKeyId = z
  .string()
  .regex(/^key-[A-Za-z0-9_-]{1,60}$/)
  .brand<'ApiKeyId'>();
export type ApiKeyId = z.infer<typeof ApiKeyId>;

/** The name is also the source of what the key brings: what is gone from it is gone. */
export const NewApiKey = z.object({
  name: cleanName(80),
  rights: z.array(ApiRight).min(1),
  expiresAt: Instant.nullable().default(null),
});
export type NewApiKey = z.infer<typeof NewApiKey>;
export const ApiKey = z.object({
  id: ApiKeyId,
  name: z.string(),
  rights: z.array(ApiRight),
  createdAt: Instant,
  expiresAt: Instant.nullable(),
  /** To the hour. */
  lastUsedAt: Instant.nullable(),
  revokedAt: Instant.nullable(),
});
export type ApiKey = z.infer<typeof ApiKey>;
export const ApiKeys = z.object({ keys: z.array(ApiKey) });
/** `secret` is shown here and never again. */
export const ApiKeyAdded = z.object({ key: ApiKey, secret: z.string() });
