// Our Kazakh words cover everything that react-aria may say.
import english from 'react-aria-components/i18n/en-US';
import { expect, test } from 'vitest';
import kazakh from './aria-kk.ts';

test('Kazakh has exactly the packages and keys of English', () => {
  const keys = (packages: Readonly<Record<string, object>>) =>
    Object.entries(packages)
      .flatMap(([name, words]) => Object.keys(words).map((key) => `${name} ${key}`))
      .sort();
  expect(keys(kazakh)).toEqual(keys(english));
});

test('Kazakh takes values where English does', () => {
  const takers = (packages: Readonly<Record<string, Readonly<Record<string, unknown>>>>) =>
    Object.entries(packages)
      .flatMap(([name, words]) =>
        Object.entries(words)
          .filter(([, value]) => typeof value === 'function')
          .map(([key]) => `${name} ${key}`),
      )
      .sort();
  expect(takers(kazakh)).toEqual(takers(english));
});
