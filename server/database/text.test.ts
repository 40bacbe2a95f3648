// The order of names and the search in them.
import { describe, expect, it } from 'vitest';
import { searchPatterns, searchText, sortKey } from './text.ts';

describe('names', () => {
  it('are in the order of the Kazakh alphabet', () => {
    const right = [
      'Аманов',
      'Әбенов',
      'Бек',
      'Ғани',
      'Дана',
      'Ерлан',
      'Ёлкин',
      'Жан',
      'Кенже',
      'Қанат',
      'Нұр',
      'Ңа',
      'Оспан',
      'Өтеген',
      'Уәли',
      'Ұлан',
      'Үміт',
      'Хан',
      'Һауа',
      'Ырыс',
      'Іңкәр',
      'Эля',
      'Яна',
      'Adams',
      'Zhan',
    ];
    const mixed = right.toReversed();
    expect(mixed.sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1))).toEqual(right);
  });

  it('are sorted by keys of digits alone, which no collation reorders', () => {
    for (const name of ["O'Neil-Смирнова Жұлдыз", '李明', '🙂 Ünal', '']) expect(sortKey(name)).toMatch(/^\d*$/);
  });

  it('put the shorter of two equal beginnings first', () => {
    expect(sortKey('Ерлан') < sortKey('Ерлан Әлі')).toBe(true);
    expect(sortKey('Ерлан Әлі') < sortKey('Ерланов')).toBe(true);
  });

  it('are found with Russian letters for Kazakh ones and without marks', () => {
    expect(searchText('Қанат Өмірұлы', 'k.omir', null)).toBe('канат омирулы k.omir');
    expect(searchText('Йод Ёж Ünal')).toBe('иод еж unal');
  });

  it('are searched word by word, with the signs of LIKE taken literally', () => {
    expect(searchPatterns(' Қан  50%_a\\ ')).toEqual(['%кан%', '%50\\%\\_a\\\\%']);
  });
});
