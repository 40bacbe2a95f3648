// Names are sorted as a Kazakh or Russian reader expects.
import { expect, test } from 'vitest';
import { compareNames } from './collation.ts';

test('letters follow the Kazakh alphabet', () => {
  const alphabet = [...'АӘБВГҒДЕЁЖЗИЙКҚЛМНҢОӨПРСТУҰҮФХҺЦЧШЩЪЫІЬЭЮЯ'];
  expect(alphabet.toReversed().sort(compareNames)).toEqual(alphabet);
});

test('the order agrees with ICU on real names', () => {
  const names = ['Үсенов Бек', 'Ұлан Серік', 'Әлиева Дана', 'Ахметов Нұрлан', 'Ибраева Әсел', 'Ысқақов Ерлан', 'Қасымов Олжас', 'Ким Анна'];
  const icu = new Intl.Collator('kk');
  expect([...names].sort(compareNames)).toEqual([...names].sort(icu.compare));
});

test('case does not matter, numbers count by value, Latin comes first', () => {
  expect(['Топ 10', 'топ 9', 'Alpha', 'АБВ'].sort(compareNames)).toEqual(['Alpha', 'АБВ', 'топ 9', 'Топ 10']);
});
