// Searches as people type: without minding capitals, accents, ё, and the Kazakh letters that many keyboards lack.

/** The same neighbours as in the server's search. */
const neighbours: Readonly<Record<string, string>> = { ә: 'а', ғ: 'г', қ: 'к', ң: 'н', ө: 'о', ұ: 'у', ү: 'у', һ: 'х', і: 'и' };

function foldLetter(letter: string): string {
  const plain = letter.toLowerCase().normalize('NFKD').replace(/\p{M}/gu, '');
  return [...plain].map((one) => neighbours[one] ?? one).join('');
}

/** `places[i]` is where in the text the letter stands that became the i-th of `folded`; one more for the end. */
function fold(text: string): { readonly folded: string; readonly places: readonly number[] } {
  let folded = '';
  const places: number[] = [];
  let at = 0;
  for (const letter of text) {
    const plain = /\s/u.test(letter) ? ' ' : foldLetter(letter);
    for (let index = 0; index < plain.length; index += 1) places.push(at);
    folded += plain;
    at += letter.length;
  }
  places.push(at);
  return { folded, places };
}

export type Match = readonly [from: number, to: number];

/** Words of which all must be in a text; empty when nothing is looked for. */
export function wordsOf(search: string): readonly string[] {
  return [...new Set(fold(search).folded.split(' ').filter(Boolean))];
}

/** Where the words stand in the text, in order and without overlaps; null when one of them does not. */
export function matchesIn(text: string, words: readonly string[]): readonly Match[] | null {
  if (words.length === 0) return null;
  const { folded, places } = fold(text);
  const found: Match[] = [];
  for (const word of words) {
    let at = folded.indexOf(word);
    if (at < 0) return null;
    for (; at >= 0; at = folded.indexOf(word, at + word.length)) {
      const last = places[at + word.length - 1] ?? 0;
      // Marks that follow the last letter belong to it.
      const end = places.slice(at + word.length).find((place) => place > last) ?? text.length;
      found.push([places[at] ?? 0, end]);
    }
  }
  return joined(found);
}

function joined(matches: readonly Match[]): readonly Match[] {
  const result: Match[] = [];
  for (const [from, to] of matches.toSorted((a, b) => a[0] - b[0])) {
    const last = result.at(-1);
    if (last && from <= last[1]) result[result.length - 1] = [last[0], Math.max(last[1], to)];
    else result.push([from, to]);
  }
  return result;
}

export type Piece = { readonly text: string; readonly isMatch: boolean };

/** The text in pieces, the found ones marked. */
export function piecesOf(text: string, matches: readonly Match[]): readonly Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const [from, to] of matches) {
    if (from > at) pieces.push({ text: text.slice(at, from), isMatch: false });
    pieces.push({ text: text.slice(from, to), isMatch: true });
    at = to;
  }
  if (at < text.length) pieces.push({ text: text.slice(at), isMatch: false });
  return pieces;
}
