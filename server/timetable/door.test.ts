// The door of a lesson, moment by moment.
import { describe, expect, it } from 'vitest';
import { askDoor, doorTimes, endOf, type LessonTimes, latestEnd, phaseOf } from './door.ts';

const minute = 60_000;
const rule = { openBeforeMinutes: 10, teacherOpenBeforeMinutes: 30, closeAfterMinutes: 15 };
const start = Date.UTC(2026, 10, 23, 4);
const lesson: LessonTimes = { startsAt: start, endsAt: start + 50 * minute, extendedTo: null, endedAt: null, cancelled: false };

describe('the door opens 10 minutes before the start, for those who prepare 30, and closes 15 minutes after the end', () => {
  const early = (role: 'teacher' | 'student') => ({
    open: false,
    why: 'too-early',
    opensAt: start - (role === 'teacher' ? 30 : 10) * minute,
  });
  const open = { open: true };
  const over = { open: false, why: 'lesson-over' };
  it.each([
    ['student', -10 * minute - 1, early('student')],
    ['student', -10 * minute, open],
    ['observer', -10 * minute - 1, early('student')],
    ['none', -10 * minute, open],
    ['teacher', -30 * minute - 1, early('teacher')],
    ['teacher', -30 * minute, open],
    ['assistant', -30 * minute, open],
    ['student', 65 * minute - 1, open],
    ['student', 65 * minute, over],
    ['teacher', 65 * minute, over],
  ] as const)('%s at %i ms', (role, after, answer) => {
    expect(askDoor(lesson, role, rule, start + after)).toEqual(answer);
  });

  it('an extension moves the end and the door', () => {
    const extended = { ...lesson, extendedTo: start + 80 * minute };
    expect(endOf(extended)).toBe(start + 80 * minute);
    expect(askDoor(extended, 'student', rule, start + 95 * minute - 1)).toEqual(open);
    expect(askDoor(extended, 'student', rule, start + 95 * minute)).toEqual(over);
  });

  it('an extension reaches at most 3 hours beyond the planned end, however often it is repeated', () => {
    expect(latestEnd({ ...lesson, extendedTo: start + 100 * minute })).toBe(start + 230 * minute);
  });

  it('nobody comes in after the class was ended for all', () => {
    const ended = { ...lesson, endedAt: start + 20 * minute };
    expect(askDoor(ended, 'teacher', rule, start + 20 * minute + 1)).toEqual(over);
    expect(doorTimes(ended, 'teacher', rule).closesAt).toBe(start + 20 * minute);
  });

  it('a cancelled lesson says so, at any time', () => {
    const cancelled = { ...lesson, cancelled: true, endedAt: start - 60 * minute };
    expect(askDoor(cancelled, 'student', rule, start)).toEqual({ open: false, why: 'lesson-cancelled' });
  });
});

describe('the phase', () => {
  it.each([
    ['student', -10 * minute - 1, 'planned'],
    ['student', -10 * minute, 'door-open'],
    ['teacher', -30 * minute, 'door-open'],
    ['student', 0, 'running'],
    ['student', 50 * minute - 1, 'running'],
    ['student', 50 * minute, 'ended'],
    ['student', 70 * minute, 'ended'],
  ] as const)('of a %s at %i ms is %s', (role, after, phase) => {
    expect(phaseOf(lesson, role, rule, start + after)).toBe(phase);
  });

  it('is ended as soon as the class was ended for all, and cancelled when it was cancelled', () => {
    expect(phaseOf({ ...lesson, endedAt: start + minute }, 'student', rule, start + minute)).toBe('ended');
    expect(phaseOf({ ...lesson, cancelled: true }, 'student', rule, start)).toBe('cancelled');
  });
});
