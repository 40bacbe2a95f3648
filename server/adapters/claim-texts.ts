// Makes text of whatever a provider gives as the value of a claim.

const MOST_VALUES = 500;
const LONGEST = 1000;

/** Values that are neither text nor number nor boolean are left out. */
export function textsOf(value: unknown): readonly string[] {
  return [value]
    .flat()
    .slice(0, MOST_VALUES)
    .flatMap((each: unknown) =>
      typeof each === 'string' || typeof each === 'number' || typeof each === 'boolean' ? [String(each).slice(0, LONGEST)] : [],
    );
}
