// The form of a bell schedule offers the bell that one would have typed.
import { describe, expect, it } from 'vitest';
import { nextBell, rising } from './bells.ts';

const bell = (number: number, startsAt: string, endsAt: string) => ({ number, startsAt, endsAt });

describe('the next bell', () => {
  it('begins the day at eight', () => {
    expect(nextBell([])).toEqual(bell(1, '08:00', '08:50'));
  });

  it('follows ten minutes after the only one, and is as long', () => {
    expect(nextBell([bell(1, '08:30', '10:00')])).toEqual(bell(2, '10:10', '11:40'));
  });

  it('keeps the break that was made before', () => {
    expect(nextBell([bell(1, '08:00', '08:50'), bell(2, '08:55', '09:45')])).toEqual(bell(3, '09:50', '10:40'));
  });

  it('never leaves the day', () => {
    expect(nextBell([bell(1, '23:00', '23:50')])).toEqual(bell(2, '23:59', '23:59'));
  });
});

describe('bells that follow one another', () => {
  it('may touch', () => {
    expect(rising([bell(1, '08:00', '08:50'), bell(2, '08:50', '09:40')])).toBe(true);
  });

  it('may not overlap, nor go back', () => {
    expect(rising([bell(1, '08:00', '08:50'), bell(2, '08:40', '09:40')])).toBe(false);
    expect(rising([bell(2, '08:00', '08:50'), bell(1, '09:00', '09:50')])).toBe(false);
  });
});
