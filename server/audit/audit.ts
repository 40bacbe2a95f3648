// What of a change is worth writing down: the keys that differ, and never a secret.

type Values = Readonly<Record<string, unknown>>;

const secretKey = /password|secret|token|hash|link/i;

/** Both sides with only the keys whose values differ. A side that was not there stays null. */
export function difference(before: Values | null, after: Values | null): { before: Values | null; after: Values | null } {
  const keys = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  const differing = [...keys].filter((key) => !isSame(before?.[key], after?.[key]));
  const only = (values: Values | null) =>
    values && Object.fromEntries(differing.filter((key) => key in values).map((key) => [key, secretKey.test(key) ? '…' : values[key]]));
  return { before: only(before), after: only(after) };
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
