// What people type finds what was written, whatever letters their keyboards have.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { matchesIn, piecesOf, wordsOf } from './find.ts';

const found = (text: string, search: string) => {
  const matches = matchesIn(text, wordsOf(search));
  return (
    matches &&
    piecesOf(text, matches)
      .filter(({ isMatch }) => isMatch)
      .map((piece) => piece.text)
  );
};

describe('a search', () => {
  test.each([
    ['Өткен сабақтың түйіні', 'откен сабактын', ['Өткен', 'сабақтың']],
    ['Ұлттық тест, үй тапсырмасы', 'УЙ', ['үй']],
    ['Һәм физика', 'хам', ['Һәм']],
    ['Ещё раз об экзамене', 'еще', ['Ещё']],
    ['Еще раз', 'ещё', ['Еще']],
    ['Йод и мой край', 'край', ['край']],
    ['Diffraction — naïve', 'NAIVE', ['naïve']],
    ['тең теңдеу', 'тен', ['тең', 'тең']],
  ])('in «%s» for «%s»', (text, search, expected) => {
    expect(found(text, search)).toEqual(expected);
  });

  test('wants all of the words', () => {
    expect(found('Оптика негіздері', 'оптика лазер')).toBeNull();
    expect(found('Лазер мен оптика', 'оптика лазер')).toEqual(['Лазер', 'оптика']);
  });

  test('for nothing finds nothing', () => {
    expect(found('anything', ' \n ')).toBeNull();
  });

  test('finds every text by itself, and its pieces are the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (text) => {
        const matches = matchesIn(text, wordsOf(text));
        if (wordsOf(text).length === 0) return matches === null;
        const pieces = piecesOf(text, matches ?? []);
        return matches !== null && pieces.map((piece) => piece.text).join('') === text;
      }),
    );
  });
});
