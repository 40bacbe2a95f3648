// Pasted lists of sign-in names are read as they were meant.
import { expect, test } from 'vitest';
import { linesOf, namesIn } from './sign-in-names.ts';

test('names stand one per line, or side by side with commas, semicolons and blanks between', () => {
  expect(namesIn('a.petrov\r\nәлия, s2;s3\t s4\n\n')).toEqual(['a.petrov', 'әлия', 's2', 's3', 's4']);
});

test('a name that stands there twice counts once, and nothing is nobody', () => {
  expect(namesIn('s1\ns1')).toEqual(['s1']);
  expect(namesIn(' \n ')).toEqual([]);
});

test('what is shown is read back as it was', () => {
  expect(namesIn(linesOf([{ signInName: 's1' }, { signInName: 's2' }]))).toEqual(['s1', 's2']);
});
