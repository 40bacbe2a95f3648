// What of a register is shown, and in which order.
import { describe, expect, test } from 'vitest';
import type { RegisterRow } from '../../../server/contract/attendance.ts';
import { barSpan, filterRows, filtersOf, groupRows, isOwnOnly, sortRows } from './register-view.ts';
import { correctionOf, gapOf, rowOf } from './row.fixture.ts';

const row = rowOf;
const names = (rows: readonly RegisterRow[]) => rows.map(({ name }) => name);

describe('the register', () => {
  test('has names in the order of the Kazakh alphabet', () => {
    const { students } = groupRows([row('Қасым'), row('Кенже'), row('Әлия'), row('Асан'), row('Ұлан'), row('Үміт')]);
    expect(names(students)).toEqual(['Асан', 'Әлия', 'Кенже', 'Қасым', 'Ұлан', 'Үміт']);
  });

  test('has teachers and those off the roster apart', () => {
    const groups = groupRows([
      row('Б', { role: 'teacher' }),
      row('Г', { role: 'guest', onRoster: false }),
      row('С', { onRoster: false }),
      row('А'),
    ]);
    expect([names(groups.students), names(groups.leaders), names(groups.outsiders)]).toEqual([['А'], ['Б'], ['Г', 'С']]);
  });

  test('finds by any words of name and group, whatever the case', () => {
    const rows = [row('Әлімжанов Нұрсұлтан'), row('Пётр Семёнов', { groups: ['ВТ-23-2'] })];
    expect(names(filterRows(rows, { search: 'НҰР ис-23', verdict: 'all' }))).toEqual(['Әлімжанов Нұрсұлтан']);
    expect(names(filterRows(rows, { search: 'петр', verdict: 'all' }))).toEqual(['Пётр Семёнов']);
    expect(filterRows(rows, { search: 'нур вт', verdict: 'all' })).toEqual([]);
  });

  test('can show one verdict, or who is here', () => {
    const rows = [row('А', { verdict: 'late', here: true }), row('Б', { verdict: 'absent' }), row('В')];
    expect(names(filterRows(rows, { search: '', verdict: 'late' }))).toEqual(['А']);
    expect(names(filterRows(rows, { search: '', verdict: 'here' }))).toEqual(['А']);
  });

  test('can show whose presence had gaps, and who was corrected', () => {
    const rows = [row('А', { gaps: [gapOf({ kind: 'network' })] }), row('Б', { correction: correctionOf('present') }), row('В')];
    expect(names(filterRows(rows, { search: '', verdict: 'gaps' }))).toEqual(['А']);
    expect(names(filterRows(rows, { search: '', verdict: 'corrected' }))).toEqual(['Б']);
  });

  test('offers only the verdicts that there can be', () => {
    const totals = { expected: 2, here: 0, present: 1, late: 0, leftEarly: 0, absent: 0, excused: 1, asynchronous: 0 };
    expect(filtersOf({ final: true, totals })).toEqual(['all', 'present', 'late', 'left-early', 'absent', 'excused', 'gaps', 'corrected']);
    expect(filtersOf({ final: false, totals })).toContain('here');
  });

  test('keeps those who are alike in the order of names, either way', () => {
    const rows = [row('В', { minutes: 5 }), row('Б'), row('А')];
    expect(names(sortRows(rows, { column: 'minutes', descending: false }))).toEqual(['В', 'А', 'Б']);
    expect(names(sortRows(rows, { column: 'minutes', descending: true }))).toEqual(['А', 'Б', 'В']);
  });

  test('draws its bars over the lesson and whatever presence lies around it', () => {
    const rows = [row('А', { intervals: [{ from: 90, to: 260, endedBy: null }] })];
    expect(barSpan({ startsAt: 100, endsAt: 200, rows })).toEqual({ from: 90, to: 260 });
    expect(barSpan({ startsAt: 100, endsAt: 200, rows: [] })).toEqual({ from: 100, to: 200 });
  });

  test('is one’s own when it holds only the own row of a student', () => {
    const own = row('А');
    expect(isOwnOnly({ rows: [own] }, own.personId)).toBe(true);
    expect(isOwnOnly({ rows: [own, row('Б')] }, own.personId)).toBe(false);
    expect(isOwnOnly({ rows: [own] }, 'someone-else')).toBe(false);
  });
});
