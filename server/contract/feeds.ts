// Private calendar feeds and printed weeks as they cross the wire.
import { z } from 'zod';
import { Language } from './identity.ts';
import { Instant, LocalDate } from './ids.ts';

export const FeedId = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,64}$/)
  .brand<'FeedId'>();
export type FeedId = z.infer<typeof FeedId>;

/** Whose lessons: one's own, or a group's. */
export const FeedOf = z.enum(['person', 'group']);
export type FeedOf = z.infer<typeof FeedOf>;

/** `id` is the group's; left out for oneself. */
export const NewFeed = z
  .object({ of: FeedOf, id: z.string().min(1).max(64).optional(), language: Language })
  .refine((feed) => (feed.of === 'group') === (feed.id !== undefined), 'a group is named by its id, oneself is not');
export type NewFeed = z.infer<typeof NewFeed>;
export const FeedChange = z.object({ language: Language });

export const Feed = z.object({
  id: FeedId,
  of: FeedOf,
  /** The group's name, or one's own. */
  name: z.string(),
  language: Language,
  /** For calendar programs: whoever has it sees the lessons, without signing in. */
  url: z.string(),
  /** The same as webcal:// address, which opens the calendar program of the device. */
  webcal: z.string(),
  createdAt: Instant,
  /** When a calendar program fetched it last. */
  lastReadAt: Instant.nullable(),
  /** False when its owner may no longer see what it holds (left the group): it answers like one that never was. */
  works: z.boolean(),
});
export type Feed = z.infer<typeof Feed>;
/** Newest first. */
export const Feeds = z.object({ feeds: z.array(Feed) });

/** Answered as application/pdf. `id` is left out for one's own week; `week` is any day of it, missing means this week. */
export const PrintQuery = z
  .object({
    of: z.enum(['person', 'group', 'teacher']),
    id: z.string().min(1).max(64).optional(),
    week: LocalDate.optional(),
    language: Language.default('kk'),
  })
  .refine((query) => query.of === 'person' || query.id !== undefined, 'a group or a teacher is named by its id');
export type PrintQuery = z.output<typeof PrintQuery>;
