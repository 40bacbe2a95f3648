// Where to go after signing in: only to places of our own.
import { ownPlace } from '../../server/contract/own-place.ts';

type Place = { readonly pathname: string; readonly search: string; readonly hash: string };

const start = '/';

/** The sign-in page that leads back to a place. */
export function signInAddress({ pathname, search, hash }: Place): string {
  const next = `${pathname}${search}${hash}`;
  return next === start ? '/sign-in' : `/sign-in?next=${encodeURIComponent(next)}`;
}

/** The place named by `?next=`, or the start page when there is none or it leads elsewhere. */
export function nextAddress(search: string, origin: string): string {
  const next = ownPlace(new URLSearchParams(search).get('next') ?? '', origin);
  if (next === null || /^\/(sign-in|first-run)(?![^?#])/.test(next)) return start;
  return next;
}
