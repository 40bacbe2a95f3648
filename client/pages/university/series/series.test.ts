// The form of a weekly pattern: weeks as people write them, and what is complete enough to be sent.
import { describe, expect, it } from 'vitest';
import { type Draft, emptyDraft, readWeeks, seriesOf, writeWeeks } from './series.ts';

describe('weeks by number', () => {
  it.each([
    ['1-4, 6', [1, 2, 3, 4, 6]],
    ['3', [3]],
    ['2;2 5–6', [2, 5, 6]],
  ])('%s can be read', (text, weeks) => {
    expect(readWeeks(text)).toEqual(weeks);
  });

  it.each(['', 'two', '5-3', '1-', '1.5'])('“%s” cannot', (text) => {
    expect(readWeeks(text)).toBeUndefined();
  });

  it('are written as they are read', () => {
    expect(writeWeeks([6, 1, 2, 3, 4])).toBe('1–4, 6');
    expect(readWeeks(writeWeeks([1, 3, 4, 5, 9]))).toEqual([1, 3, 4, 5, 9]);
  });
});

const calendar = { timeZone: 'Asia/Almaty', now: 0, years: [], schedules: [], days: [] };
const found = (id: string) => ({ id, name: id, detail: '' });
const whole: Draft = { ...emptyDraft(calendar, '2026-09-01'), termId: 't', course: found('c'), title: 'Trees', teacher: found('p') };

describe('a pattern', () => {
  it('is sent once term, course, title and teacher are there', () => {
    expect(seriesOf(whole)).toMatchObject({ termId: 't', courseId: 'c', teacherId: 'p', weeks: 'every', groupIds: [] });
  });

  it.each([
    ['without a course', { course: null }],
    ['without a title', { title: '  ' }],
    ['that ends before it starts', { startsAt: '10:00', endsAt: '09:00' }],
    ['with weeks that cannot be read', { weeks: 'numbers', numbers: 'all' }],
    ['until a day before its first', { fromOn: '2026-10-01', untilOn: '2026-09-01' }],
  ] as const)('is not sent %s', (_what, part) => {
    expect(seriesOf({ ...whole, ...part })).toBeUndefined();
  });

  it('online has no place, whatever was chosen before', () => {
    expect(seriesOf({ ...whole, place: found('room') })?.placeId).toBeNull();
    expect(seriesOf({ ...whole, place: found('room'), mode: 'hybrid' })?.placeId).toBe('room');
  });
});
