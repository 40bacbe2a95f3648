// The tables of notifications as Kysely sees them: what happened, who is told, what is still to be sent, what people want, their devices.
import type { ColumnType } from 'kysely';

type Fixed<T> = ColumnType<T, T, never>;

/** Something that people are told of. The id says what it is, so that the same thing is never told twice. */
export interface NotificationEventTable {
  id: Fixed<string>;
  /** lesson-moved, lesson-cancelled, lesson-restored, teacher-substituted, place-changed, groups-changed, lesson-starts-soon, recording-ready, called-to-class, space-low. */
  type: Fixed<string>;
  /** Empty: of no lesson. */
  lesson_id: Fixed<string>;
  at: Fixed<number>;
  by_id: Fixed<string | null>;
  /** JSON of NotificationDetail. */
  detail: Fixed<string>;
  /** JSON: who else than the lesson's people is meant; ids. */
  audience: Fixed<string>;
  /** When its notifications and deliveries were written; null while that is still to be done. */
  spread_at: number | null;
}

export interface NotificationTable {
  event_id: Fixed<string>;
  person_id: Fixed<string>;
  kind: Fixed<string>;
  at: Fixed<number>;
  read_at: number | null;
}

/** What leaves the server, or is to: the outbox. */
export interface DeliveryTable {
  id: Fixed<string>;
  event_id: Fixed<string>;
  person_id: Fixed<string>;
  kind: Fixed<string>;
  /** mail, push. */
  channel: Fixed<string>;
  /** The device; empty for mail. */
  target: Fixed<string>;
  /** waiting, sent, failed. */
  state: string;
  attempts: number;
  next_at: number;
  /** Not sent after this. */
  expires_at: Fixed<number>;
  /** Deliveries with the same one go out as one message, also when tried again. */
  batch: string;
  error: string;
  created_at: Fixed<number>;
  finished_at: number | null;
}

/** Only what differs from the default. */
export interface NotificationChoiceTable {
  person_id: Fixed<string>;
  kind: Fixed<string>;
  channel: Fixed<string>;
  is_on: number;
}

export interface PushDeviceTable {
  id: Fixed<string>;
  person_id: string;
  /** Unique: a browser belongs to who used it last. */
  endpoint: Fixed<string>;
  p256dh: string;
  auth: string;
  name: string;
  created_at: number;
}

export interface NotificationTables {
  notification_event: NotificationEventTable;
  notification: NotificationTable;
  delivery: DeliveryTable;
  notification_choice: NotificationChoiceTable;
  push_device: PushDeviceTable;
}
