// Which rule holds for a lesson: rule A30.
import { expect, it } from 'vitest';
import { AttendanceRule, RuleScope } from '../contract/attendance.ts';
import { RuleBook } from './rule-book.ts';

const zone = 'Asia/Almaty';
const rule = (lateAfterMinutes: number) => AttendanceRule.parse({ lateAfterMinutes, presentFromShare: 0.7 });
const booked = (id: string, scope: object, validFrom: string, minutes: number) => ({
  ...{ id, scope: RuleScope.parse(scope), validFrom, rule: rule(minutes) },
});
const university = { of: 'university' };
const seminars = { of: 'kind', kind: 'seminar' };
const algebra = { of: 'course', courseId: 'algebra' };
const lesson = (at: string, courseId = 'algebra', kind = 'seminar') => ({ courseId, kind, startsAt: Date.parse(at) });
const held = (book: RuleBook, of: ReturnType<typeof lesson>) => book.ruleFor(of).rule.lateAfterMinutes;

it('A30 the narrowest scope wins, and without any the configuration', () => {
  const all = [booked('u', university, '2026-09-01', 1), booked('k', seminars, '2026-09-01', 2), booked('c', algebra, '2026-09-01', 3)];
  const at = '2026-09-07T08:00:00+05:00';
  expect(held(new RuleBook(all, rule(0), zone), lesson(at))).toBe(3);
  expect(held(new RuleBook(all, rule(0), zone), lesson(at, 'logic'))).toBe(2);
  expect(held(new RuleBook(all, rule(0), zone), lesson(at, 'logic', 'lecture'))).toBe(1);
  expect(new RuleBook([], rule(0), zone).ruleFor(lesson(at))).toEqual({ id: null, scope: null, rule: rule(0) });
  expect(held(new RuleBook(all, rule(0), zone), lesson('2026-08-31T08:00:00+05:00'))).toBe(0);
});

it('A30 of one scope the latest first day holds that is not after the lesson’s, in the time zone of the university', () => {
  const all = [booked('a', algebra, '2026-09-01', 1), booked('c', algebra, '2026-11-01', 3), booked('b', algebra, '2026-10-01', 2)];
  const book = new RuleBook(all, rule(0), zone);
  expect(held(book, lesson('2026-09-30T23:59:00+05:00'))).toBe(1);
  // Still September in UTC.
  expect(held(book, lesson('2026-10-01T00:00:00+05:00'))).toBe(2);
  expect(held(book, lesson('2027-01-01T08:00:00+05:00'))).toBe(3);
});

it('A30 a course without a rule by then is judged by the next wider scope', () => {
  const book = new RuleBook([booked('c', algebra, '2026-10-01', 3), booked('u', university, '2026-09-01', 1)], rule(0), zone);
  expect(held(book, lesson('2026-09-07T08:00:00+05:00'))).toBe(1);
});

it('A38 one more takes the place of that of the same scope and day only', () => {
  const before = new RuleBook([booked('a', algebra, '2026-09-01', 1), booked('k', seminars, '2026-09-01', 2)], rule(0), zone);
  const after = before.with(booked('b', algebra, '2026-09-01', 9));
  expect(after.ruleFor(lesson('2026-09-07T08:00:00+05:00')).id).toBe('b');
  expect(after.ruleFor(lesson('2026-09-07T08:00:00+05:00', 'logic')).id).toBe('k');
  expect(before.ruleFor(lesson('2026-09-07T08:00:00+05:00')).id).toBe('a');
});
