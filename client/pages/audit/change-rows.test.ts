// What an act changed is told in words, whatever was written down.
import { expect, it } from 'vitest';
import { fieldKey, readable, rowsOf } from './change-rows.ts';

const words = { yes: 'yes', no: 'no', dateTime: (instant: number) => `at ${instant}` };

it('shows each field once, with both sides', () => {
  expect(rowsOf({ email: 'a', disabled: false }, { disabled: true, note: 'x' })).toEqual([
    { field: 'email', was: 'a', is: undefined },
    { field: 'disabled', was: false, is: true },
    { field: 'note', was: undefined, is: 'x' },
  ]);
});

it('has a word for what is known, and leaves the rest its name', () => {
  expect(fieldKey('email')).toBe('audit.field.email');
  expect(fieldKey('toString')).toBeNull();
});

it.each([
  ['disabled', true, 'yes'],
  ['startsAt', 5, 'at 5'],
  ['created', 5, '5'],
  ['roles', ['student', 'teacher'], 'student, teacher'],
  ['roleFaculties', { coordinator: ['f1', 'f2'] }, 'coordinator: f1, f2'],
  ['email', null, '–'],
  ['roles', [], '–'],
])('reads %s', (field, value, text) => {
  expect(readable(field, value, words)).toBe(text);
});
