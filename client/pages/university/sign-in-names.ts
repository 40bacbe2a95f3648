// Sign-in names as people paste them: one per line, or divided by commas, semicolons and blanks, which no such name contains.

export function namesIn(text: string): string[] {
  return [...new Set(text.split(/[\s,;]+/u).filter(Boolean))];
}

export function linesOf(people: readonly { readonly signInName: string }[]): string {
  return people.map(({ signInName }) => `${signInName}\n`).join('');
}
