// Which addresses lead to a place of our own: the server and the client decide it alike.

/** Path, query and hash of a place of ours, or null when the address leads elsewhere. */
export function ownPlace(address: string, origin: string): string | null {
  if (!address.startsWith('/')) return null;
  // Browsers read `//host`, `/\host` and tabs in between as another host; their own parser tells.
  const url = URL.parse(address, origin);
  if (!url || url.origin !== origin) return null;
  // `/x/..//host` is ours when parsed, but what is left of it names a host again.
  if (url.pathname.startsWith('//')) return null;
  return `${url.pathname}${url.search}${url.hash}`;
}
