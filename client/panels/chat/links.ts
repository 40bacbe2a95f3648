// Finds the addresses in a message: only http and https, everything else stays text.

export type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly href: string };

const candidate = /\bhttps?:\/\/[^\s<>"'`]+/giu;
/** Punctuation that ends a sentence rather than an address. */
const trailing = /[.,;:!?…»”’]+$/u;

export function pieces(text: string): readonly Piece[] {
  const found: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(candidate)) {
    const address = trimmed(match[0]);
    const href = safeAddress(address);
    if (!href) continue;
    if (match.index > from) found.push({ kind: 'text', text: text.slice(from, match.index) });
    found.push({ kind: 'link', text: address, href });
    from = match.index + address.length;
  }
  if (from < text.length) found.push({ kind: 'text', text: text.slice(from) });
  return found;
}

function trimmed(address: string): string {
  let rest = address.replace(trailing, '');
  // A bracket belongs to the address only if it was opened there.
  while (rest.endsWith(')') && count(rest, ')') > count(rest, '(')) rest = rest.slice(0, -1).replace(trailing, '');
  return rest;
}

function count(text: string, letter: string): number {
  return text.split(letter).length - 1;
}

/** What the browser itself understands it to be; names with a password in front are a common trick and stay text. */
function safeAddress(address: string): string | undefined {
  const url = URL.parse(address);
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:')) return undefined;
  if (url.username || url.password || !url.hostname) return undefined;
  return url.href;
}
