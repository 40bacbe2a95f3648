// Bells while they are typed: the next one to offer, and whether they follow one another.
import type { Bell } from '../../../../server/contract/calendar.ts';

const lessonMinutes = 50;
const breakMinutes = 10;
const lastMinute = 24 * 60 - 1;

/** As long as the last one, after the same break as the one before it. */
export function nextBell(bells: readonly Bell[]): Bell {
  const last = bells.at(-1);
  if (last === undefined) return { number: 1, startsAt: '08:00', endsAt: '08:50' };
  const before = bells.at(-2);
  const length = minutes(last.endsAt) - minutes(last.startsAt) || lessonMinutes;
  const pause = before ? minutes(last.startsAt) - minutes(before.endsAt) : breakMinutes;
  const start = Math.min(minutes(last.endsAt) + Math.max(0, pause), lastMinute);
  return { number: last.number + 1, startsAt: clock(start), endsAt: clock(Math.min(start + length, lastMinute)) };
}

/** Each begins when or after the one before has ended. */
export function rising(bells: readonly Bell[]): boolean {
  return bells.every((bell, index) => {
    const before = bells[index - 1];
    return before === undefined || (bell.number > before.number && bell.startsAt >= before.endsAt);
  });
}

function minutes(time: string): number {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return hour * 60 + minute;
}

function clock(total: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(Math.floor(total / 60))}:${two(total % 60)}`;
}
