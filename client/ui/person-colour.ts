// Initials and a colour made from a name, the same everywhere and for ever.

/** Two letters at most: the first of the first two words. */
export function initials(name: string): string {
  const words = name
    .trim()
    .split(/\s+/u)
    .filter((word) => /[\p{L}\p{N}]/u.test(word));
  return words
    .slice(0, 2)
    .map((word) => /[\p{L}\p{N}]/u.exec(word)?.[0] ?? '')
    .join('')
    .toLocaleUpperCase('ru');
}

/** Backgrounds on which white letters have a contrast of at least 4.5. */
export const personColours = [
  '#9a3412',
  '#854d0e',
  '#4d6b14',
  '#2f6f3e',
  '#0f6e66',
  '#0e6785',
  '#1f5fa8',
  '#4650b8',
  '#6d45b3',
  '#8b3a9b',
  '#a1326f',
  '#a8323d',
] as const;

export function personColour(name: string): string {
  let hash = 0x811c9dc5;
  for (const letter of name.normalize('NFC')) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193);
  return personColours[(hash >>> 0) % personColours.length] ?? personColours[0];
}
