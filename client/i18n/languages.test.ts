// Which language a visitor gets.
import { expect, test } from 'vitest';
import { chooseLanguage } from './languages.ts';

test('the address beats the person, the person beats the stored pick, that beats the browser', () => {
  const wishes = { forced: 'en', person: 'kk', stored: 'ru', browser: ['ru-RU'] };
  expect(chooseLanguage(wishes)).toBe('en');
  expect(chooseLanguage({ ...wishes, forced: null })).toBe('kk');
  expect(chooseLanguage({ ...wishes, forced: null, person: null })).toBe('ru');
  expect(chooseLanguage({ browser: ['de-DE', 'kk-Cyrl-KZ', 'ru'] })).toBe('kk');
});

test('unknown wishes are passed over; English is the last resort', () => {
  expect(chooseLanguage({ forced: 'de', stored: '', browser: ['fr'] })).toBe('en');
});
