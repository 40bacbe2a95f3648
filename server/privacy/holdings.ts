// What is kept of a person, table by table: what they may have of it, and what becomes of it when they are made anonymous.

/** `delete`: goes at once. `keep`: names nobody once the account has no name; its own rule says how long it stays. */
type WhenAnonymised = 'delete' | 'keep';

export interface Holding {
  /** Its name in the file of one's own data. */
  readonly area: string;
  readonly table: string;
  /** Where the person's id stands. */
  readonly personColumn: string;
  /** What is handed out: no hashes, keys, nor what is only of use to the server. */
  readonly columns: readonly string[];
  readonly whenAnonymised: WhenAnonymised;
}

const holding = (
  area: string,
  table: string,
  columns: readonly string[],
  whenAnonymised: WhenAnonymised,
  personColumn = 'person_id',
): Holding => ({ area, table, personColumn, columns, whenAnonymised });

/**
 * All tables that know of persons. The account itself, chat and audit log are `privacy.service`'s own matter.
 * `test/contract/privacy.test.ts` finds a table that is missing here.
 */
export const holdings: readonly Holding[] = [
  holding('sessions', 'session', ['created_at', 'last_seen_at', 'expires_at', 'user_agent', 'address'], 'delete'),
  holding('secondFactor', 'second_factor', [], 'delete'),
  holding('recoveryCodes', 'recovery_code', [], 'delete'),
  holding('signInChallenges', 'sign_in_challenge', [], 'delete'),
  holding('externalIdentities', 'external_identity', ['provider', 'subject', 'created_at', 'last_used_at'], 'delete'),
  holding('groups', 'group_member', ['group_id'], 'keep'),
  holding('enrolments', 'enrolment', ['course_id', 'role'], 'keep'),
  holding('taughtLessons', 'lesson', ['id', 'title', 'kind', 'course_id', 'starts_at', 'ends_at', 'cancelled'], 'keep', 'teacher_id'),
  holding('taughtSeries', 'series', ['id', 'title', 'kind', 'course_id', 'weekday'], 'keep', 'teacher_id'),
  // Its personal parts are opened by the store.
  holding('attendance', 'trace_entry', [], 'keep'),
  holding('excuses', 'excusal', ['first_on', 'last_on', 'reason', 'note', 'at', 'revoked_at'], 'keep'),
  holding('attendanceResults', 'attendance_result', ['lesson_id', 'course_id', 'starts_at', 'verdict', 'minutes', 'share'], 'keep'),
  holding('missedInRow', 'attendance_streak', ['course_id', 'missed', 'since'], 'keep'),
  holding(
    'taughtResults',
    'attendance_lesson',
    ['lesson_id', 'course_id', 'starts_at', 'delay_minutes', 'taught_minutes'],
    'keep',
    'teacher_id',
  ),
  holding('toldOthers', 'outbox_event', ['lesson_id', 'at', 'kind'], 'keep'),
  holding('lessonChanges', 'lesson_change', ['lesson_id', 'at', 'change', 'note'], 'keep', 'by_id'),
  holding('imports', 'import_job', ['at', 'name', 'source', 'state'], 'keep', 'by_id'),
  holding('recordingsStarted', 'recording', ['id', 'lesson_id', 'started_at', 'ended_at', 'state'], 'keep', 'started_by'),
  holding('recordingsThrownAway', 'recording', ['id', 'trashed_at'], 'keep', 'trashed_by'),
  holding('recordingsHeld', 'recording', ['id', 'held_at', 'held_reason'], 'keep', 'held_by'),
  holding('recordingsWatched', 'recording_viewing', ['recording_id', 'parts', 'live_ms', 'first_at', 'last_at'], 'keep'),
  holding('viewingReports', 'recording_viewing_report', [], 'delete'),
  // Those of groups too.
  holding('calendarFeeds', 'calendar_feed', ['owner_kind', 'language', 'created_at', 'last_read_at'], 'delete', 'created_by'),
  holding('apiKeys', 'api_key', ['name', 'rights', 'created_at', 'expires_at', 'last_used_at', 'revoked_at'], 'keep', 'created_by'),
  holding('notifications', 'notification', ['event_id', 'kind', 'at', 'read_at'], 'delete'),
  holding('deliveries', 'delivery', ['kind', 'channel', 'target', 'state', 'attempts'], 'delete'),
  holding('notificationChoices', 'notification_choice', ['kind', 'channel', 'is_on'], 'delete'),
  holding('pushDevices', 'push_device', ['name', 'created_at'], 'delete'),
  holding('recordingNotes', 'recording_note', ['recording_id', 'at_ms', 'text', 'changed_at'], 'delete'),
  holding('recordingPositions', 'recording_position', ['recording_id', 'at_ms', 'saved_at'], 'delete'),
  holding('recordingMarks', 'recording_mark', ['recording_id', 'kind', 'at_ms', 'text', 'made_at'], 'keep', 'made_by'),
  holding('recordingEdits', 'recording_edit', ['recording_id', 'edit', 'made_at', 'undone_at'], 'keep', 'made_by'),
  holding('recordingEditsUndone', 'recording_edit', ['recording_id', 'edit', 'undone_at'], 'keep', 'undone_by'),
  holding('recordingFilesAsked', 'recording_job', ['recording_id', 'kind', 'asked_at', 'state'], 'keep', 'asked_by'),
  holding('recordingLinks', 'recording_link', ['recording_id', 'expires_at', 'made_at', 'revoked_at'], 'keep', 'made_by'),
  holding('connectionReports', 'connection_report', ['at', 'address', 'user_agent', 'note', 'verdict', 'result'], 'delete'),
  holding('ledForOthers', 'lesson_situation', ['lesson_id', 'begun_at', 'ended_at'], 'keep', 'led_by'),
  holding('lines', 'quality_line', ['lesson_id', 'role', 'device', 'network', 'opened_at', 'closed_at'], 'delete'),
  holding('refusedEntries', 'entry_refusal', ['lesson_id', 'at', 'place', 'code', 'times', 'device', 'network'], 'delete'),
  holding('recordingCaptions', 'recording_caption', ['recording_id', 'language', 'changed_at'], 'keep', 'changed_by'),
];
