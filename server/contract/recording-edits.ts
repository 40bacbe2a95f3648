// What teachers do with a recording: who may see it and when, what is left out of it, links, trash. Nothing here changes a byte of it.
import { z } from 'zod';
import { Instant, ParticipantId, RecordingEditId, RecordingLinkId } from './ids.ts';

const at = z.number().int().nonnegative();

/** Who may open it beside the lesson's teacher, assistants, coordinators and administrators: its students, those of the course, everybody signed in. */
export const Audience = z.enum(['lesson', 'course', 'university']);
export type Audience = z.infer<typeof Audience>;

export const Publication = z.object({
  /** Its own name; null: like the lesson. */
  title: z.string().nullable(),
  /** Hidden: only those who may edit see it. */
  hidden: z.boolean(),
  /** Null: at once, and for as long as it is kept. */
  from: Instant.nullable(),
  until: Instant.nullable(),
  audience: Audience,
  /** Not allowed: the viewer's name stands across the picture. */
  download: z.boolean(),
});
export type Publication = z.infer<typeof Publication>;
export const PublicationChange = Publication.extend({ title: z.string().trim().min(1).max(200).nullable() })
  .partial()
  .refine(({ from, until }) => from == null || until == null || until > from, 'ends before it begins');
export type PublicationChange = z.infer<typeof PublicationChange>;

/** Class time. The ends are cut like passages: from 0, or to `null`, the end. */
export const NewRecordingEdit = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('cut'), fromMs: at, toMs: at.nullable() }),
  z.object({ kind: z.literal('drop'), participantId: ParticipantId, what: z.enum(['picture', 'voice']) }),
]);
export type NewRecordingEdit = z.infer<typeof NewRecordingEdit>;
const Made = z.object({
  id: RecordingEditId,
  madeAt: Instant,
  madeBy: z.string(),
  /** Null while it holds. */ undoneAt: Instant.nullable(),
});
export const RecordingEdit = z.discriminatedUnion('kind', [
  Made.extend(NewRecordingEdit.options[0].shape),
  Made.extend(NewRecordingEdit.options[1].shape),
]);
export type RecordingEdit = z.infer<typeof RecordingEdit>;
/** Newest first, the undone ones too. */
export const RecordingEdits = z.object({ edits: z.array(RecordingEdit) });

export const RecordingLink = z.object({
  id: RecordingLinkId,
  expiresAt: Instant,
  hasPassword: z.boolean(),
  madeAt: Instant,
  madeBy: z.string(),
  revokedAt: Instant.nullable(),
  opened: z.number().int(),
});
export type RecordingLink = z.infer<typeof RecordingLink>;
export const RecordingLinks = z.object({ links: z.array(RecordingLink) });
export const NewRecordingLink = z.object({
  /** At most a year ahead. */
  expiresAt: Instant,
  password: z.string().min(4).max(200).nullable(),
});
export type NewRecordingLink = z.infer<typeof NewRecordingLink>;
/** The address is told this once. */
export const RecordingLinkMade = z.object({ link: RecordingLink, url: z.string() });

/** Of the link in an address: no other word about the recording before the password is right. */
export const SharedRecording = z.object({ needsPassword: z.boolean() });
export const OpenSharedRecording = z.object({ password: z.string().max(200).nullable() });
/** A cookie was set that opens this one recording until `expiresAt`. */
export const SharedRecordingOpened = z.object({ recordingId: z.string(), expiresAt: Instant });

/** A short-lived address for what a media element or a download fetches by itself. Rights are asked again at every request. */
export const NewTicket = z.object({ file: z.enum(['mp4', 'm4a', 'hls']) });
export const Ticket = z.object({ url: z.string(), expiresAt: Instant });
