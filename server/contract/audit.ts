// The audit log as it crosses the wire: who did what to what, with before and after, and from where.
import { z } from 'zod';
import { Instant } from './ids.ts';

/** `thing.verb`. The client has words for each in each language; add, never rename. */
export const AuditAct = z.enum([
  'person.added',
  'person.changed',
  'people.imported',
  'person.anonymised',
  'faculty.added',
  'faculty.changed',
  'department.added',
  'department.changed',
  'programme.added',
  'programme.changed',
  'course.added',
  'course.changed',
  'course.people-set',
  'group.added',
  'group.changed',
  'group.members-set',
  'stream.added',
  'stream.changed',
  'stream.removed',
  'place.added',
  'place.changed',
  'calendar.year-added',
  'calendar.year-changed',
  'calendar.year-removed',
  'calendar.term-added',
  'calendar.term-changed',
  'calendar.term-removed',
  'calendar.schedule-added',
  'calendar.schedule-changed',
  'calendar.schedule-removed',
  'calendar.day-added',
  'calendar.day-changed',
  'calendar.day-removed',
  'series.added',
  'series.changed',
  'series.removed',
  'lesson.added',
  'lesson.changed',
  'lesson.cancelled',
  'lesson.extended',
  'lesson.observed', // by whoever watches over classes, each time they come in
  'lesson.ended-from-outside', // while it ran, by an administrator
  'lesson.guest-link-made',
  'lesson.guest-link-revoked',
  'import.uploaded',
  'import.applied',
  'import.discarded',
  'timetable.put',
  'api-key.added',
  'api-key.revoked',
  'feed.made',
  'feed.revoked',
  'sign-in.linked',
  'sign-in.account-made',
  'second-factor.enrolled',
  'second-factor.removed',
  'second-factor.reset', // by an administrator
  'second-factor.codes-renewed',
  'password.changed', // one's own
  'first-run.done',
  'data.expired', // by the rules of how long what is kept
  'own-data.exported',
  'worker.drained',
  'worker.resumed',
  'outbox.replayed',
  'outbox.paused',
  'outbox.resumed',
  'outbox.retried',
  'trace.exported',
  'trace-key.rotated',
  'audit.exported',
  'report.exported',
  'situation.exported', // the board or its summary, as a file
  'diagnosis.looked', // into people's quality histories; once in a quarter of an hour for the same
  'register.corrected',
  'register.signed',
  'register.reopened',
  'register-rule.added',
  'register-rule.removed',
  'excusal.added',
  'excusal.removed',
  'recording.renamed',
  'recording.published', // any change of who may see it, and when
  'recording.edited',
  'recording.edit-undone',
  'recording.linked',
  'recording.unlinked',
  'recording.downloaded',
  'recording.trashed',
  'recording.restored',
  'recording.purged',
  'recording.held',
  'recording.released',
  'recording.archived',
  'recording.marked',
  'recording.mark-changed',
  'recording.mark-removed',
  'recording.captioned',
  'recording.captions-removed',
  'recording.exported',
]);
export type AuditAct = z.infer<typeof AuditAct>;

export const AuditEntry = z.object({
  /** Rises with every entry. */
  seq: z.number().int(),
  at: Instant,
  actor: z.object({ id: z.string(), name: z.string(), kind: z.enum(['person', 'api-key', 'server']) }),
  /** Network address; empty for the server itself. */
  address: z.string(),
  act: AuditAct,
  /** `kind` is a word like `lesson`; `name` is what people call it. */
  subject: z.object({ kind: z.string(), id: z.string(), name: z.string() }),
  /** Only what differs; null when there was, or is, nothing. No secrets. */
  before: z.record(z.string(), z.unknown()).nullable(),
  after: z.record(z.string(), z.unknown()).nullable(),
});
export type AuditEntry = z.infer<typeof AuditEntry>;

export const AuditQuery = z.object({
  actorId: z.string().max(80).optional(),
  subjectId: z.string().max(200).optional(),
  act: AuditAct.optional(),
  /** In names of actor and subject. */
  search: z.string().max(120).optional(),
  from: z.coerce.number().int().nonnegative().optional(),
  to: z.coerce.number().int().nonnegative().optional(),
  /** The `next` of the page before. */
  before: z.coerce.number().int().positive().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
/** Newest first. `next` is null on the last page. */
export const AuditPage = z.object({ entries: z.array(AuditEntry), next: z.number().int().nullable(), total: z.number().int() });
