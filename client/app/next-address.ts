// Where to go after signing in: only to places of our own.

type Place = { readonly pathname: string; readonly search: string; readonly hash: string };

const start = '/';

/** The sign-in page that leads back to a place. */
export function signInAddress({ pathname, search, hash }: Place): string {
  const next = `${pathname}${search}${hash}`;
  return next === start ? '/sign-in' : `/sign-in?next=${encodeURIComponent(next)}`;
}

/** The place named by `?next=`, or the start page when there is none or it leads elsewhere. */
export function nextAddress(search: string, origin: string): string {
  const next = new URLSearchParams(search).get('next');
  if (!next?.startsWith('/')) return start;
  // Browsers read `//host`, `/\host` and tabs in between as another host; their own parser tells.
  const url = URL.parse(next, origin);
  if (!url || url.origin !== origin) return start;
  // `/x/..//host` is ours when parsed, but what is left of it names a host again.
  if (url.pathname.startsWith('//')) return start;
  if (url.pathname === '/sign-in' || url.pathname === '/first-run') return start;
  return `${url.pathname}${url.search}${url.hash}`;
}
