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

export const DepartmentId = id.brand<'DepartmentId'>();
export type DepartmentId = z.infer<typeof DepartmentId>;

export const ProgrammeId = id.brand<'ProgrammeId'>();
export type ProgrammeId = z.infer<typeof ProgrammeId>;

/** Several groups that are taught together. */
export const StreamId = id.brand<'StreamId'>();
export type StreamId = z.infer<typeof StreamId>;

/** A physical room in a building; *room* alone is the live one. */
export const PlaceId = id.brand<'PlaceId'>();
export type PlaceId = z.infer<typeof PlaceId>;

export const AcademicYearId = id.brand<'AcademicYearId'>();
export type AcademicYearId = z.infer<typeof AcademicYearId>;

export const TermId = id.brand<'TermId'>();
export type TermId = z.infer<typeof TermId>;

export const BellScheduleId = id.brand<'BellScheduleId'>();
export type BellScheduleId = z.infer<typeof BellScheduleId>;

export const CalendarDayId = id.brand<'CalendarDayId'>();
export type CalendarDayId = z.infer<typeof CalendarDayId>;

/** A weekly pattern that lessons are laid out from. */
export const SeriesId = id.brand<'SeriesId'>();
export type SeriesId = z.infer<typeof SeriesId>;

export const ImportId = id.brand<'ImportId'>();
export type ImportId = z.infer<typeof ImportId>;

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

/** A change to what is played of a recording; the bytes stay until the recording is purged. */
export const RecordingEditId = id.brand<'RecordingEditId'>();
export type RecordingEditId = z.infer<typeof RecordingEditId>;

/** A moment that a teacher marked, while the class ran or afterwards. */
export const RecordingMarkId = id.brand<'RecordingMarkId'>();
export type RecordingMarkId = z.infer<typeof RecordingMarkId>;

export const RecordingLinkId = id.brand<'RecordingLinkId'>();
export type RecordingLinkId = z.infer<typeof RecordingLinkId>;

/** A person's own note or bookmark in a recording. */
export const RecordingNoteId = id.brand<'RecordingNoteId'>();
export type RecordingNoteId = z.infer<typeof RecordingNoteId>;

export const RegisterRuleId = id.brand<'RegisterRuleId'>();
export type RegisterRuleId = z.infer<typeof RegisterRuleId>;

/** An excuse for some days of a student. */
export const ExcusalId = id.brand<'ExcusalId'>();
export type ExcusalId = z.infer<typeof ExcusalId>;

/** Milliseconds since 1970-01-01T00:00Z. */
export const Instant = z.number().int().nonnegative();
export type Instant = z.infer<typeof Instant>;

/** A day in the university's time zone, as ISO 8601 writes it: 2026-09-01. */
export const LocalDate = z.iso.date();
export type LocalDate = z.infer<typeof LocalDate>;

/** A time of day in the university's time zone: 08:00. */
export const LocalTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
export type LocalTime = z.infer<typeof LocalTime>;

/** 1 is Monday, 7 is Sunday (ISO 8601). */
export const Weekday = z.number().int().min(1).max(7);
export type Weekday = z.infer<typeof Weekday>;

/** What another system calls the same thing; stable, so that what is sent twice is stored once. */
export const ExternalId = z.string().trim().min(1).max(200);
export type ExternalId = z.infer<typeof ExternalId>;
