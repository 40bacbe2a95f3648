// Reads the Range header of a request (RFC 9110, section 14) for a file of known size.

/** Both ends included. */
export type ByteRange = { readonly start: number; readonly end: number };

/**
 * `whole` where there is no range, or one that a server may ignore (other units, several ranges, bad syntax);
 * `unsatisfiable` where it begins behind the end.
 */
export const readRange = (header: string | undefined, size: number): ByteRange | 'whole' | 'unsatisfiable' => {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '');
  const [, first = '', last = ''] = match ?? [];
  if (first === '' && last === '') return 'whole';
  if (first === '') {
    const count = Math.min(Number(last), size);
    return count === 0 ? 'unsatisfiable' : { start: size - count, end: size - 1 };
  }
  const start = Number(first);
  if (last !== '' && Number(last) < start) return 'whole';
  if (start >= size) return 'unsatisfiable';
  return { start, end: last === '' ? size - 1 : Math.min(Number(last), size - 1) };
};
