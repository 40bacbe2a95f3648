// Which network an address belongs to: what one wire, one building or one operator usually has together.

/** IPv4 by its /24, IPv6 by its /48; anything else is a network of its own. */
export function networkOf(address: string): string {
  const bare = address
    .toLowerCase()
    .replace(/%.*$/, '')
    .replace(/^::ffff:(?=\d+\.)/, '');
  const four = /^(\d{1,3}\.\d{1,3}\.\d{1,3})\.\d{1,3}$/.exec(bare);
  if (four !== null) return `${four[1]}.0/24`;
  if (!/^[0-9a-f:.]*:[0-9a-f:.]*$/.test(bare)) return bare;
  const [head = '', tail] = bare.split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  // An IPv4 address at the end stands for two groups.
  const missing = tail === undefined ? 0 : Math.max(0, 8 - before.length - after.length - (tail.includes('.') ? 1 : 0));
  const groups = [...before, ...Array.from({ length: missing }, () => '0'), ...after, '0', '0', '0'];
  return `${groups
    .slice(0, 3)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/48`;
}
