// What people really saw of a recording: distinct seconds, told in small batches by players, and what teachers read of it.
import { z } from 'zod';
import { Instant, PersonId } from './ids.ts';

const at = z.number().int().nonnegative();

/** A stretch that was played and seen, in milliseconds of class time. */
export const Stretch = z.object({ fromMs: at, toMs: at, speed: z.number().min(0.25).max(4) });

/** Sent about every half minute; a batch that was sent twice counts once. Kept by the player while there is no line. */
export const Watched = z.object({
  reportId: z.string().regex(/^[A-Za-z0-9_-]{16,64}$/),
  stretches: z.array(Stretch).min(1).max(20),
});
export type Watched = z.infer<typeof Watched>;

const Seen = z.object({
  /** [from, to] of class time, in order, without overlaps. */
  parts: z.array(z.tuple([at, at])),
  seenMs: at,
  /** Of what there is to see: cuts, pauses and gaps taken out. 0 to 1. */
  share: z.number().min(0).max(1),
});
export const OwnViewing = Seen;
export type OwnViewing = z.infer<typeof OwnViewing>;

export const Viewer = Seen.extend({
  personId: PersonId,
  name: z.string(),
  /** Of the lesson's roster. */
  expected: z.boolean(),
  firstAt: Instant.nullable(),
  lastAt: Instant.nullable(),
  /** Part of it while the class ran. */
  liveMs: at,
});
export type Viewer = z.infer<typeof Viewer>;

/** For the lesson's teacher, assistants and those who may open its register. */
export const Viewing = z.object({
  viewers: z.array(Viewer),
  /** How often each stretch of class time was played, by anybody, again and again: where do they rewatch. */
  heat: z.object({ everyMs: z.number().int().positive(), plays: z.array(z.number().int()), people: z.array(z.number().int()) }),
  watchableMs: at,
});
export type Viewing = z.infer<typeof Viewing>;
