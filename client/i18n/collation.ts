// The order of names: Kazakh alphabet, in which Russian names keep their order too.

// Chromium's collator claims Kazakh but sorts Ү before Ұ and І after И, so the alphabet is spelled out.
const alphabet = 'аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя';
const rank = new Map([...alphabet].map((letter, index) => [letter, index]));
const others = new Intl.Collator('ru', { numeric: true, sensitivity: 'base' });

/** Cyrillic by the Kazakh alphabet, before it digits and Latin as usual; case does not matter. */
export function compareNames(left: string, right: string): number {
  const a = letters(left);
  const b = letters(right);
  const shorter = Math.min(a.length, b.length);
  for (let i = 0; i < shorter; i++) {
    const x = a[i] ?? '';
    const y = b[i] ?? '';
    if (x === y) continue;
    const order = compareLetters(x, y);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

/** Splits into letters, but keeps a run of digits whole so that 9 comes before 10. */
function letters(name: string): string[] {
  return (
    name
      .normalize('NFC')
      .toLowerCase()
      .match(/\d+|[^\d]/gu) ?? []
  );
}

function compareLetters(x: string, y: string): number {
  const rankX = rank.get(x);
  const rankY = rank.get(y);
  if (rankX !== undefined && rankY !== undefined) return rankX - rankY;
  if (rankX !== undefined) return 1;
  if (rankY !== undefined) return -1;
  return others.compare(x, y);
}
