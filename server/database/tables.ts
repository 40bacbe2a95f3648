// Every table as Kysely sees it. Types are text, integer and bigint (milliseconds) on both databases; JSON is text; booleans are 0 and 1.
import type { ColumnType, Generated } from 'kysely';
import type { AccountTables } from './tables-accounts.ts';
import type { ConnectionTables } from './tables-connection.ts';
import type { NotificationTables } from './tables-notification.ts';
import type { QualityTables } from './tables-quality.ts';
import type { RecordingsTables } from './tables-recordings.ts';
import type { RecordsTables } from './tables-records.ts';
import type { SignInTables } from './tables-sign-in.ts';
import type { SituationTables } from './tables-situation.ts';
import type { TimetableTables } from './tables-timetable.ts';

/** A column that is written once. */
type Fixed<T> = ColumnType<T, T, never>;

export interface PersonTable {
  id: Fixed<string>;
  /** Lower case, NFKC; unique. */
  sign_in_name: string;
  display_name: string;
  /** Sort key in the order of the Kazakh alphabet, and folded text for searching. */
  sort_key: string;
  search_text: string;
  email: string | null;
  language: string | null;
  /** JSON array of roles. */
  roles: string;
  /** argon2id in PHC form; null for people who cannot sign in with a password. */
  password_hash: string | null;
  /** 1 by hand; 2 because the import that brought the person no longer names them, which ends when it does again. */
  disabled: number;
  created_at: Fixed<number>;
  /** What the student-record system calls the person; unique. */
  external_id: Generated<string | null>;
  /** Which import brought the account; null when made by hand. */
  source: Generated<string | null>;
  /** JSON of RoleFaculties. */
  role_faculties: Generated<string>;
  /** When the name and the like were taken away for good. */
  anonymised_at: Generated<number | null>;
  /** Since when there is a second factor. */
  second_factor_at: Generated<number | null>;
  /** By when it must be set up, where the role asks for one; null: the time has not begun. */
  second_factor_due_at: Generated<number | null>;
  /** 1 for the people of the demo university: whatever their role, they are never asked for one. */
  second_factor_exempt: Generated<number>;
  disabled_at: Generated<number | null>;
}

export interface SessionTable {
  /** SHA-256 of the token, hex. */
  token_hash: Fixed<string>;
  person_id: Fixed<string>;
  created_at: Fixed<number>;
  expires_at: number;
  last_seen_at: number;
  user_agent: Fixed<string>;
  address: Fixed<string>;
}

/** What each list of the catalogue is sorted and searched by, and found again by in an import. */
interface Listed {
  external_id: Generated<string | null>;
  sort_key: Generated<string>;
  search_text: Generated<string>;
  /** Which import brought it; null when made by hand. */
  source: Generated<string | null>;
}

export interface FacultyTable extends Listed {
  id: Fixed<string>;
  name: string;
}

export interface CourseTable extends Listed {
  id: Fixed<string>;
  faculty_id: string;
  code: string;
  title: string;
  department_id: Generated<string | null>;
  credits: Generated<number | null>;
  planned_hours: Generated<number | null>;
}

/** An academic group. */
export interface StudentGroupTable extends Listed {
  id: Fixed<string>;
  faculty_id: string;
  name: string;
  programme_id: Generated<string | null>;
}

export interface GroupMemberTable {
  group_id: Fixed<string>;
  person_id: Fixed<string>;
}

/** People who take (role student) or help in (role assistant) a course beside the groups of its lessons. */
export interface EnrolmentTable {
  course_id: Fixed<string>;
  person_id: Fixed<string>;
  role: string;
  source: Generated<string | null>;
}

export interface LessonTable {
  id: Fixed<string>;
  course_id: string;
  kind: string;
  title: string;
  starts_at: number;
  ends_at: number;
  /** Later end by the teacher; null when not extended. */
  extended_to: number | null;
  /** Ended for all before its time, or cancelled. */
  ended_at: number | null;
  cancelled: number;
  teacher_id: string;
  /** JSON of RoomRules. */
  rules: string;
  /** SHA-256 of the guests' link, hex; null without one. */
  guest_link_hash: string | null;
  guest_link: string | null;
  created_by: Fixed<string | null>;
  created_at: Fixed<number>;
  /** The weekly pattern it follows and the day (ISO date) of the plan; null for a single lesson. Unique together. */
  series_id: Generated<string | null>;
  occurrence: Generated<string | null>;
  /** What the import with that source calls it. Unique together. */
  external_id: Generated<string | null>;
  source: Generated<string | null>;
  place_id: Generated<string | null>;
  mode: Generated<string>;
  /** JSON: what was changed by hand, and what the plan had said. The plan no longer decides these. */
  by_hand: Generated<string>;
  /** Said with the latest change. */
  note: Generated<string>;
  /** Rises with every change that calendars must learn of (RFC 5545, SEQUENCE). */
  sequence: Generated<number>;
  changed_at: Generated<number | null>;
}

export interface LessonGroupTable {
  lesson_id: Fixed<string>;
  group_id: Fixed<string>;
}

/** The state of a live room that outlives the server: who leads, locks, hands, bans. JSON in `state`. */
export interface RoomTable {
  lesson_id: Fixed<string>;
  opened_at: number;
  closed_at: number | null;
  close_reason: string | null;
  state: string;
}

export interface ChatMessageTable {
  id: Fixed<string>;
  lesson_id: Fixed<string>;
  participant_id: Fixed<string>;
  person_id: Fixed<string>;
  name: Fixed<string>;
  at: Fixed<number>;
  text: Fixed<string>;
  /** Given by the client; unique within lesson and person. */
  client_id: Fixed<string>;
}

/** The trace of a lesson: append-only. */
export interface TraceEntryTable {
  lesson_id: Fixed<string>;
  /** 1, 2, 3 … within the lesson, without gaps. */
  seq: Fixed<number>;
  at: Fixed<number>;
  kind: Fixed<string>;
  person_id: Fixed<string | null>;
  participant_id: Fixed<string | null>;
  connection_id: Fixed<string | null>;
  /** JSON object, canonical (RFC 8785). */
  detail: Fixed<string>;
  /** JSON object with a salt: names, addresses, words of people. It may be erased; its hash stays in the chain. */
  personal: Generated<string | null>;
  personal_hash: Generated<string | null>;
  /** SHA-256, hex, of this entry and the one before. */
  hash: Generated<string>;
}

/** Small values of the server itself, such as its last sign of life. */
export interface ServerValueTable {
  name: Fixed<string>;
  value: string;
}

export interface Database
  extends AccountTables,
    TimetableTables,
    NotificationTables,
    SignInTables,
    RecordsTables,
    RecordingsTables,
    SituationTables,
    ConnectionTables,
    QualityTables {
  person: PersonTable;
  session: SessionTable;
  faculty: FacultyTable;
  course: CourseTable;
  student_group: StudentGroupTable;
  group_member: GroupMemberTable;
  enrolment: EnrolmentTable;
  lesson: LessonTable;
  lesson_group: LessonGroupTable;
  room: RoomTable;
  chat_message: ChatMessageTable;
  trace_entry: TraceEntryTable;
  server_value: ServerValueTable;
}
