// Decides what is worth telling, who of a lesson's people is told of it and as what, and on which channels.
import type { Instant } from '../contract/ids.ts';
import {
  type NotificationChannel,
  type NotificationDetail,
  type NotificationKind,
  NotificationKind as NotificationKinds,
  notificationDefaults,
} from '../contract/notification.ts';

export const eventTypes = [
  'lesson-moved',
  'lesson-cancelled',
  'lesson-restored',
  'teacher-substituted',
  'groups-changed',
  'place-changed',
  'lesson-starts-soon',
  'recording-ready',
  'called-to-class',
  'space-low',
  'capacity-near',
] as const;
export type EventType = (typeof eventTypes)[number];

/** Whom an event means beside the lesson's people of today. */
export interface Meant {
  /** Teachers, before and after. */
  readonly fromId?: string | undefined;
  readonly toId?: string | undefined;
  /** Groups. */
  readonly added?: readonly string[] | undefined;
  readonly removed?: readonly string[] | undefined;
  /** People: nobody else is told. */
  readonly only?: readonly string[] | undefined;
}

export interface NotificationEvent {
  /** The same for the same thing, however often and from wherever it is heard. */
  readonly id: string;
  readonly type: EventType;
  /** Empty: it is of no lesson. */
  readonly lessonId: string;
  readonly at: Instant;
  readonly byId: string | null;
  readonly detail: NotificationDetail;
  readonly meant: Meant;
}

/** Ids of people who have an account that works. */
export interface LessonPeople {
  readonly staff: readonly string[];
  readonly students: readonly string[];
  /** Members of the groups that came and went. */
  readonly ofAdded: readonly string[];
  readonly ofRemoved: readonly string[];
}

export interface Told {
  readonly personId: string;
  readonly kind: NotificationKind;
}

const DAY_MS = 24 * 3_600_000;
/** What an import changes further ahead is seen in the timetable in time. */
const IMPORT_AHEAD_MS = 14 * DAY_MS;

/** N3 */
export function isWorthTelling({ type, byId, detail }: Pick<NotificationEvent, 'type' | 'byId' | 'detail'>, now: Instant): boolean {
  if (type === 'recording-ready') return true;
  const spans = detail.from === null ? [detail] : [detail, detail.from];
  if (spans.every((span) => span.endsAt <= now)) return false;
  return byId !== null || type === 'lesson-starts-soon' || spans.some((span) => span.startsAt <= now + IMPORT_AHEAD_MS);
}

/** N2: everybody once. */
export function toldOf({ type, byId, meant }: Pick<NotificationEvent, 'type' | 'byId' | 'meant'>, people: LessonPeople): Told[] {
  const told = new Map<string, NotificationKind>();
  const tell = (ids: readonly string[], kind: NotificationKind) => {
    for (const id of ids) if (!told.has(id)) told.set(id, kind);
  };
  const everybody = [...people.staff, ...people.students];
  switch (type) {
    case 'teacher-substituted':
      if (meant.toId !== undefined) tell([meant.toId], 'lesson-given-to-you');
      if (meant.fromId !== undefined) tell([meant.fromId], 'teacher-substituted');
      tell(everybody, 'teacher-substituted');
      break;
    case 'groups-changed': {
      const stay = new Set(everybody);
      tell(people.ofAdded, 'lesson-added-for-group');
      tell(
        people.ofRemoved.filter((id) => !stay.has(id)),
        'lesson-removed-for-group',
      );
      break;
    }
    case 'called-to-class': {
      const called = new Set(meant.only);
      tell(
        people.students.filter((id) => called.has(id)),
        type,
      );
      break;
    }
    default:
      tell(everybody, type);
  }
  if (byId !== null) told.delete(byId);
  return [...told].map(([personId, kind]) => ({ personId, kind }));
}

/** What somebody has chosen, as `kind channel`. */
export type Choices = ReadonlyMap<string, boolean>;
export const choiceKey = (kind: NotificationKind, channel: NotificationChannel): string => `${kind} ${channel}`;

/** N4 */
export function isOn(kind: NotificationKind, channel: NotificationChannel, choices: Choices | undefined): boolean {
  // The timetable counts down to it: a list in the app would only repeat that.
  if (kind === 'lesson-starts-soon' && channel === 'inApp') return false;
  return choices?.get(choiceKey(kind, channel)) ?? notificationDefaults[kind].includes(channel);
}

export function settingsOf(choices: Choices): ({ kind: NotificationKind } & Record<NotificationChannel, boolean>)[] {
  const of = (kind: NotificationKind, channel: NotificationChannel) => isOn(kind, channel, choices);
  return NotificationKinds.options.map((kind) => ({
    kind,
    inApp: of(kind, 'inApp'),
    mail: of(kind, 'mail'),
    push: of(kind, 'push'),
  }));
}

/** After a failure: soon, then ever later, for about a day. */
const PAUSES_MINUTES = [1, 5, 15, 60, 180, 360, 720];

/** N7: how long to wait after so many attempts; null: give up. */
export function pauseMs(attempts: number): number | null {
  const minutes = PAUSES_MINUTES[attempts - 1];
  return minutes === undefined ? null : minutes * 60_000;
}

/** So many changes to one person at a time are one message (N6). */
export const DIGEST_FROM = 4;
/** Mail waits this long for more of the same (N6). */
export const MAIL_WAIT_MS = 60_000;
export const PUSH_WAIT_MS = 5000;

/** What comes too late if it waits for more. */
export function isUrgent(kind: NotificationKind | EventType): boolean {
  return kind === 'lesson-starts-soon' || kind === 'called-to-class';
}

/** Nothing is sent after this: news of yesterday's lesson confuses. */
export function expiryOf({ type, at, detail }: Pick<NotificationEvent, 'type' | 'at' | 'detail'>): Instant {
  if (type === 'called-to-class' || type === 'capacity-near') return detail.endsAt;
  return type === 'lesson-starts-soon' ? detail.startsAt + 5 * 60_000 : at + DAY_MS;
}
