// Builds what lays out lessons on any handle of the database, so that the server and an import in a thread of its own do it alike.
import { randomBytes } from 'node:crypto';
import type { Kysely } from 'kysely';
import { CalendarStore } from './calendar/calendar.store.ts';
import type { Database } from './database/tables.ts';
import type { TimetableFact } from './facts.ts';
import type { Clock } from './ports/clock.ts';
import { LayoutService } from './timetable/layout.service.ts';
import { LayoutStore, type ReadCalendar } from './timetable/layout.store.ts';

export const readCalendar: ReadCalendar = (db) => new CalendarStore(db).read();

export const newId = (): string => randomBytes(12).toString('base64url');

export function openLayout({
  db,
  timeZone,
  clock,
  publish = () => undefined,
}: {
  readonly db: Kysely<Database>;
  /** IANA name, such as `Asia/Almaty`. */
  readonly timeZone: string;
  readonly clock: Pick<Clock, 'now'>;
  /** Told of what changed for people, after each transaction. */
  readonly publish?: (facts: readonly TimetableFact[]) => void;
}): LayoutService {
  // Ids that rise with time are written next to one another, which makes a whole term several times faster; nobody can guess one all the same.
  const newLessonId = () => `${clock.now().toString(36)}${randomBytes(9).toString('base64url')}`;
  return new LayoutService({ store: new LayoutStore(db, readCalendar), timeZone, clock, newId: newLessonId, publish });
}
