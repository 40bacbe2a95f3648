// Moves times by the university's clocks: so many days and minutes later on the wall, whatever a change of summer time does between.
import { DateTime } from 'luxon';
import type { Instant } from '../contract/ids.ts';
import type { Shift } from './changes.ts';

interface Times {
  readonly startsAt: Instant;
  readonly endsAt: Instant;
}

/** What brings one lesson from here to there, and others of its weekly pattern along. */
export function shiftBetween(from: Times, to: Times, timeZone: string): Shift {
  return { start: moving(from.startsAt, to.startsAt, timeZone), end: moving(from.endsAt, to.endsAt, timeZone) };
}

function moving(from: Instant, to: Instant, timeZone: string): (at: Instant) => Instant {
  const byMs = onTheWall(to, timeZone).toMillis() - onTheWall(from, timeZone).toMillis();
  // The lesson itself goes exactly where it was sent, also where the clocks show an hour twice.
  return (at) => (at === from ? to : onTheWall(at, timeZone).plus(byMs).setZone(timeZone, { keepLocalTime: true }).toMillis());
}

/** As the clocks on the wall show it, read as if they were in UTC. */
function onTheWall(at: Instant, timeZone: string): DateTime {
  return DateTime.fromMillis(at, { zone: timeZone }).setZone('utc', { keepLocalTime: true });
}
