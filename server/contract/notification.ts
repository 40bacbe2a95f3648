// Notifications as they cross the wire: what people are told of, on which channels, and on which devices.
import { z } from 'zod';
import { CapacityPeak } from './capacity.ts';
import { Instant, LessonId, PersonId, RecordingId } from './ids.ts';
import { SpaceLevel } from './recording-keeping.ts';

/** Add, never rename: settings of people name them. */
export const NotificationKind = z.enum([
  'lesson-moved',
  'lesson-cancelled',
  'lesson-restored',
  'teacher-substituted', // told to everybody but the new teacher, also to the old one
  'lesson-given-to-you', // told to the new teacher
  'place-changed',
  'lesson-added-for-group',
  'lesson-removed-for-group',
  'lesson-starts-soon', // never in the list in the app: the timetable counts down there
  'recording-ready',
  'called-to-class', // to those who are missing from a class that runs
  'space-low', // to administrators: recordings run out of space; of no lesson
  'capacity-near', // to administrators: the timetable will bring more than the server is planned for; of no lesson
]);
export type NotificationKind = z.infer<typeof NotificationKind>;

export const NotificationChannel = z.enum(['inApp', 'mail', 'push']);
export type NotificationChannel = z.infer<typeof NotificationChannel>;

/** What holds for a person who has chosen nothing. */
export const notificationDefaults: Readonly<Record<NotificationKind, readonly NotificationChannel[]>> = {
  'lesson-moved': ['inApp', 'mail', 'push'],
  'lesson-cancelled': ['inApp', 'mail', 'push'],
  'lesson-restored': ['inApp', 'mail', 'push'],
  'teacher-substituted': ['inApp', 'mail'],
  'lesson-given-to-you': ['inApp', 'mail', 'push'],
  'place-changed': ['inApp', 'push'],
  'lesson-added-for-group': ['inApp'],
  'lesson-removed-for-group': ['inApp'],
  'lesson-starts-soon': ['push'],
  'recording-ready': ['inApp'],
  'called-to-class': ['inApp', 'mail', 'push'],
  'space-low': ['inApp', 'mail', 'push'],
  'capacity-near': ['inApp', 'mail', 'push'],
};

/** How little space is left for recordings. */
export const SpaceNews = z.object({ level: SpaceLevel.exclude(['ample']), freeBytes: z.number() });
export type SpaceNews = z.infer<typeof SpaceNews>;

const Span = z.object({ startsAt: Instant, endsAt: Instant });

/** What happened, as it was when it happened. */
export const NotificationDetail = z.object({
  title: z.string(),
  courseTitle: z.string(),
  /** When the lesson is, after the change. */
  startsAt: Instant,
  endsAt: Instant,
  /** When it was to be before; null unless it was moved. */
  from: Span.nullable(),
  /** Names of the teachers, or of the places, before and after; null where there was, or is, none, and when neither changed. */
  before: z.string().nullable(),
  after: z.string().nullable(),
  /** Where the lesson is; null when it is only online. */
  place: z.string().nullable(),
  teacherName: z.string(),
  /** Why, in the words of who did it; may be empty. */
  note: z.string(),
  recordingId: RecordingId.nullable(),
  /** Only of `space-low`, which has nothing else to say. */
  space: SpaceNews.optional(),
  /** Only of `capacity-near`, likewise. */
  capacity: CapacityPeak.optional(),
});
export type NotificationDetail = z.infer<typeof NotificationDetail>;

export const NotificationId = z.string().min(1).max(200);

export const Notification = z.object({
  id: NotificationId,
  at: Instant,
  kind: NotificationKind,
  /** Null: it is of no lesson. */
  lessonId: LessonId.nullable(),
  detail: NotificationDetail,
  read: z.boolean(),
});
export type Notification = z.infer<typeof Notification>;

/** Newest first, at most 50. */
export const Notifications = z.object({ notifications: z.array(Notification), unread: z.number().int() });
/** `latestAt`: of the newest one, 0 without any. */
export const UnreadNotifications = z.object({ unread: z.number().int(), latestAt: Instant });

/** Some, or all that are not newer than the given moment. */
export const ReadNotifications = z.union([z.object({ ids: z.array(NotificationId).min(1).max(100) }), z.object({ upTo: Instant })]);
export type ReadNotifications = z.infer<typeof ReadNotifications>;

export const NotificationChoice = z.object({ kind: NotificationKind, channel: NotificationChannel, on: z.boolean() });
export type NotificationChoice = z.infer<typeof NotificationChoice>;

/** A browser that shows notifications also while the site is closed. */
export const PushDevice = z.object({ id: z.string(), name: z.string(), addedAt: Instant });
export type PushDevice = z.infer<typeof PushDevice>;

export const NotificationSettings = z.object({
  kinds: z.array(z.object({ kind: NotificationKind, inApp: z.boolean(), mail: z.boolean(), push: z.boolean() })),
  mail: z.object({
    /** Whether the server sends mail at all. */
    available: z.boolean(),
    /** Where to; null when the person's account has none. */
    address: z.string().nullable(),
  }),
  push: z.object({
    available: z.boolean(),
    /** The server's VAPID key (RFC 8292), base64url; empty when not available. */
    key: z.string(),
    devices: z.array(PushDevice),
  }),
});
export type NotificationSettings = z.infer<typeof NotificationSettings>;

export const NotificationChoices = z.object({ choices: z.array(NotificationChoice).min(1).max(60) });

/** As the browser's PushSubscription has it. */
export const PushSubscribe = z.object({
  endpoint: z.url({ protocol: /^https$/ }).max(1000),
  keys: z.object({
    /** Uncompressed point on P-256, 65 bytes. */
    p256dh: z.string().regex(/^[A-Za-z0-9_-]{87}=?$/),
    /** 16 bytes. */
    auth: z.string().regex(/^[A-Za-z0-9_-]{22}={0,2}$/),
  }),
  /** What the browser calls itself, like `Chrome, Android`. */
  name: z.string().trim().max(80).default(''),
});
export type PushSubscribe = z.infer<typeof PushSubscribe>;
export const PushUnsubscribe = z.object({ endpoint: z.string().max(1000) });

/** For administrators: what waits, what was sent of late, what could not be. */
export const Deliveries = z.object({
  mail: z.object({ configured: z.boolean(), waiting: z.number().int(), sent: z.number().int(), failed: z.number().int() }),
  push: z.object({ configured: z.boolean(), waiting: z.number().int(), sent: z.number().int(), failed: z.number().int() }),
  /** Newest first, at most 100. */
  failed: z.array(
    z.object({
      id: z.string(),
      at: Instant,
      channel: z.enum(['mail', 'push']),
      kind: NotificationKind,
      person: z.object({ id: PersonId, displayName: z.string() }),
      attempts: z.number().int(),
      /** What the other side answered, for whoever runs the server. */
      error: z.string(),
    }),
  ),
});
export type Deliveries = z.infer<typeof Deliveries>;
