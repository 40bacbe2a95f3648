// The one form in which a value is hashed: JSON as RFC 8785 writes it.

/**
 * Keys in the order of their UTF-16 units, no white space, numbers and texts as ECMAScript writes them. Properties that are
 * undefined are left out. Throws on what JSON cannot say: NaN, infinities, functions, texts with half a surrogate pair.
 */
export function canonical(value: unknown): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return text(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError('Only finite numbers have a canonical form');
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object') throw new TypeError(`A ${typeof value} has no canonical form`);
  const parts = Object.entries(value)
    .filter(([, part]) => part !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, part]) => `${text(key)}:${canonical(part)}`);
  return `{${parts.join(',')}}`;
}

function text(value: string): string {
  if (!value.isWellFormed()) throw new TypeError('A text with half a surrogate pair has no canonical form');
  return JSON.stringify(value);
}
