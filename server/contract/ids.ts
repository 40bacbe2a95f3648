// Branded identifiers: strings that cannot be mistaken for one another.
import { z } from 'zod';

const id = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);

export const PersonId = id.brand<'PersonId'>();
export type PersonId = z.infer<typeof PersonId>;

export const FacultyId = id.brand<'FacultyId'>();
export type FacultyId = z.infer<typeof FacultyId>;

export const CourseId = id.brand<'CourseId'>();
export type CourseId = z.infer<typeof CourseId>;

export const GroupId = id.brand<'GroupId'>();
export type GroupId = z.infer<typeof GroupId>;

/** A lesson's id also names its live room: a lesson has at most one. */
export const LessonId = id.brand<'LessonId'>();
export type LessonId = z.infer<typeof LessonId>;

/** One person in one room, whatever the number of devices. */
export const ParticipantId = id.brand<'ParticipantId'>();
export type ParticipantId = z.infer<typeof ParticipantId>;

/** One device of a participant: it survives a dropped socket that comes back in time. */
export const ConnectionId = id.brand<'ConnectionId'>();
export type ConnectionId = z.infer<typeof ConnectionId>;

export const TrackId = id.brand<'TrackId'>();
export type TrackId = z.infer<typeof TrackId>;

export const ConsumerId = id.brand<'ConsumerId'>();
export type ConsumerId = z.infer<typeof ConsumerId>;

export const TransportId = id.brand<'TransportId'>();
export type TransportId = z.infer<typeof TransportId>;

export const MessageId = id.brand<'MessageId'>();
export type MessageId = z.infer<typeof MessageId>;

export const RecordingId = id.brand<'RecordingId'>();
export type RecordingId = z.infer<typeof RecordingId>;

/** Milliseconds since 1970-01-01T00:00Z. */
export const Instant = z.number().int().nonnegative();
export type Instant = z.infer<typeof Instant>;
