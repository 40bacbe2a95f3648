// The tables of recordings as the code sees them.
import type { ColumnType, Generated } from 'kysely';

type Fixed<T> = ColumnType<T, T, never>;

export interface RecordingTable {
  id: Fixed<string>;
  lesson_id: Fixed<string>;
  state: string;
  started_at: Fixed<number>;
  ended_at: number | null;
  end_reason: string | null;
  directory: Fixed<string>;
  started_by: Fixed<string | null>;
  bytes: number;
  title: Generated<string | null>;
  hidden: Generated<number>;
  visible_from: Generated<number | null>;
  visible_until: Generated<number | null>;
  /** Audience of the contract. */
  audience: Generated<string>;
  download: Generated<number>;
  /** Rises with every edit, so that what was made before it is known to be outdated. */
  edition: Generated<number>;
  trashed_at: Generated<number | null>;
  /** Null: by the rules of retention. */
  trashed_by: Generated<string | null>;
  /** Taken out of the trash or of the archive: what the rules say begins anew. */
  restored_at: Generated<number | null>;
  /** Its bytes are being removed: there is no way back any more. */
  purging_at: Generated<number | null>;
  /** Its bytes are gone. */
  purged_at: Generated<number | null>;
  archived_at: Generated<number | null>;
  held_at: Generated<number | null>;
  held_by: Generated<string | null>;
  held_reason: Generated<string | null>;
  /** Wrapped by the server's key, base64url; null: not encrypted, or purged. */
  sealed_key: Generated<string | null>;
}

export interface RecordingEditTable {
  id: Fixed<string>;
  recording_id: Fixed<string>;
  /** JSON of NewRecordingEdit. */
  edit: Fixed<string>;
  made_at: Fixed<number>;
  made_by: Fixed<string>;
  undone_at: number | null;
  undone_by: string | null;
}

export interface RecordingLinkTable {
  id: Fixed<string>;
  recording_id: Fixed<string>;
  /** SHA-256, hex. */
  token_hash: Fixed<string>;
  password_hash: Fixed<string | null>;
  expires_at: Fixed<number>;
  made_at: Fixed<number>;
  made_by: Fixed<string>;
  revoked_at: number | null;
  opened: Generated<number>;
}

export interface RecordingMarkTable {
  id: Fixed<string>;
  recording_id: Fixed<string>;
  kind: Fixed<string>;
  at_ms: number;
  text: string;
  made_at: Fixed<number>;
  made_by: Fixed<string>;
  removed_at: number | null;
}

export interface RecordingCaptionTable {
  recording_id: Fixed<string>;
  language: Fixed<string>;
  /** JSON of Cue[]. */
  cues: string;
  changed_at: number;
  changed_by: string;
}

export interface RecordingNoteTable {
  id: Fixed<string>;
  recording_id: Fixed<string>;
  person_id: Fixed<string>;
  client_id: Fixed<string>;
  at_ms: number;
  text: string;
  changed_at: number;
}

export interface RecordingPositionTable {
  recording_id: Fixed<string>;
  person_id: Fixed<string>;
  /** Null: watched to the end. */
  at_ms: number | null;
  saved_at: number;
}

export interface RecordingViewingTable {
  recording_id: Fixed<string>;
  person_id: Fixed<string>;
  /** JSON: [from, to][] of class time, in order, without overlaps. */
  parts: string;
  /** JSON of what is not in the trace yet: see `viewing/untold.ts`. */
  untold: string;
  live_ms: number;
  first_at: Fixed<number>;
  last_at: number;
}

export interface RecordingViewingReportTable {
  recording_id: Fixed<string>;
  person_id: Fixed<string>;
  report_id: Fixed<string>;
  at: Fixed<number>;
}

export interface RecordingHeatTable {
  recording_id: Fixed<string>;
  bucket: Fixed<number>;
  /** Of class time, all plays of all people together. */
  played_ms: number;
}

/** At most one of each kind for a recording: the latest. */
export interface RecordingJobTable {
  recording_id: Fixed<string>;
  /** `insight` (storyboard, speech, loudness), `m4a`, `mp4`. */
  kind: Fixed<string>;
  state: string;
  progress: number;
  /** Of the recording when it was begun. */
  edition: number;
  asked_at: number;
  asked_by: string | null;
  /** Not before: more edits may come, or an attempt failed. */
  due_at: number;
  ended_at: number | null;
  attempts: number;
  bytes: number | null;
  fault: string | null;
}

/** Files that will not change any more. */
export interface RecordingFileTable {
  recording_id: Fixed<string>;
  name: Fixed<string>;
  bytes: number;
  /** As it lies there: with encryption a little more. */
  stored_bytes: number;
  /** Of what lies there, hex. */
  sha256: string;
  place: string;
  checked_at: number | null;
  fault: string | null;
}

export interface RecordingsTables {
  recording: RecordingTable;
  recording_edit: RecordingEditTable;
  recording_link: RecordingLinkTable;
  recording_mark: RecordingMarkTable;
  recording_caption: RecordingCaptionTable;
  recording_note: RecordingNoteTable;
  recording_position: RecordingPositionTable;
  recording_viewing: RecordingViewingTable;
  recording_viewing_report: RecordingViewingReportTable;
  recording_heat: RecordingHeatTable;
  recording_job: RecordingJobTable;
  recording_file: RecordingFileTable;
}
