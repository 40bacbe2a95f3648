// Absences that are excused, as they cross the wire.
import { z } from 'zod';
import { ExcusalId, Instant, LocalDate, PersonId } from './ids.ts';

export const ExcuseReason = z.enum(['illness', 'mobility', 'competition', 'official-duty', 'family', 'technical', 'other']);
export type ExcuseReason = z.infer<typeof ExcuseReason>;
/** A student's absence from all lessons of these days is excused. */
export const Excusal = z.object({
  id: ExcusalId,
  personId: PersonId,
  name: z.string(),
  groups: z.array(z.string()),
  firstOn: LocalDate,
  lastOn: LocalDate,
  reason: ExcuseReason,
  note: z.string(),
  byName: z.string(),
  at: Instant,
});
export type Excusal = z.infer<typeof Excusal>;
export const NewExcusal = z
  .object({
    personId: PersonId,
    firstOn: LocalDate,
    lastOn: LocalDate,
    reason: ExcuseReason,
    note: z.string().trim().max(500).default(''),
  })
  .refine(({ firstOn, lastOn }) => firstOn <= lastOn, { path: ['lastOn'], error: 'must not be before the first day' });
export type NewExcusal = z.infer<typeof NewExcusal>;
export const ExcusalsQuery = z.object({
  personId: PersonId.optional(),
  search: z.string().trim().max(100).optional(),
  from: LocalDate.optional(),
  page: z.coerce.number().int().min(0).max(10_000).default(0),
});
export const Excusals = z.object({ excusals: z.array(Excusal), total: z.number().int() });
