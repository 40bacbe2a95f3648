// Names in the order of the Kazakh alphabet and searched without minding Kazakh letters, alike on every database whatever its locale.

const KAZAKH = 'аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя';
const LATIN = 'abcdefghijklmnopqrstuvwxyz';
const FIRST_CODE = 10;
const OTHER_CODE = 99;
const LONGEST_KEY_LETTERS = 60;

/** Decimal digits only: every collation of every database puts those in the same order. */
const codes = new Map([...` 0123456789${KAZAKH}${LATIN}`].map((letter, index) => [letter, String(FIRST_CODE + index)]));

/** Cyrillic before Latin, as the locale data for Kazakh have it (CLDR kk); punctuation counts as a space. */
export function sortKey(name: string): string {
  const letters = [...name.normalize('NFC').toLowerCase()].slice(0, LONGEST_KEY_LETTERS);
  return letters
    .flatMap((letter) => (codes.has(letter) ? letter : [...withoutMarks(letter)]))
    .map(codeOf)
    .join('')
    .replace(/^(10)+/, '');
}

function codeOf(letter: string): string {
  const code = codes.get(letter);
  if (code !== undefined) return code;
  if (/[\p{P}\p{Z}\p{S}]/u.test(letter)) return String(FIRST_CODE);
  return `${OTHER_CODE}${String(letter.codePointAt(0) ?? 0).padStart(7, '0')}`;
}

function withoutMarks(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '');
}

/** Many keyboards lack these, so people search with the Russian letter. */
const RUSSIAN: Readonly<Record<string, string>> = { ә: 'а', ғ: 'г', қ: 'к', ң: 'н', ө: 'о', ұ: 'у', ү: 'у', һ: 'х', і: 'и' };

/** Lower case, without marks, Kazakh letters as their Russian neighbours: `Қанат` becomes `канат`. */
export function searchText(...parts: readonly (string | null)[]): string {
  const text = parts.filter((part) => part !== null).join(' ');
  return withoutMarks(text.toLowerCase())
    .replace(/[әғқңөұүһі]/g, (letter) => RUSSIAN[letter] ?? letter)
    .replace(/\s+/gu, ' ')
    .trim();
}

/** One pattern for LIKE … ESCAPE '\' per word; a text is found when it matches all. */
export function searchPatterns(search: string): string[] {
  return searchText(search)
    .split(' ')
    .filter(Boolean)
    .map((word) => `%${word.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`);
}
