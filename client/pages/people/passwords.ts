// Makes passwords that can be read out and copied from paper.

// No l, o, 0, 1, i.
const letters = 'abcdefghjkmnpqrstuvwxyz23456789';

/** 59 random bits, like `kx4m-9ruf-2ztw`. */
export function generatePassword(): string {
  const part = () => Array.from({ length: 4 }, letter).join('');
  return [part(), part(), part()].join('-');
}

/** Bytes beyond the last whole multiple are thrown away: each letter is as likely as the others. */
function letter(): string {
  const fair = 256 - (256 % letters.length);
  for (;;) {
    const [byte = 0] = crypto.getRandomValues(new Uint8Array(1));
    if (byte < fair) return letters.charAt(byte % letters.length);
  }
}
