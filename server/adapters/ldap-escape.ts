// Makes what a person typed a plain value within a filter or a name of LDAP.

/**
 * Letters, digits and `@ . _ -` as they are, every other byte of the UTF-8 form as `\\xx`: a backslash and two hex digits mean the same in a
 * filter (RFC 4515, section 3) and in the value of a name (RFC 4514, section 2.4).
 */
export function escapeLdapValue(value: string): string {
  return [...Buffer.from(value, 'utf8')]
    .map((byte) => {
      const letter = String.fromCharCode(byte);
      return /[A-Za-z0-9@._-]/.test(letter) ? letter : `\\${byte.toString(16).padStart(2, '0')}`;
    })
    .join('');
}
