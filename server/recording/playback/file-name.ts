// What a file that is made of a recording is called where it is saved.
import { DateTime } from 'luxon';
import type { Instant } from '../../contract/ids.ts';

const longestTitle = 100;

/** `Diffraction 2026-09-07.mp4`, in whatever script the title is; without what some system does not take in a name. */
export function fileNameOf(title: string, startedAt: Instant, timeZone: string, extension: string): string {
  const day = DateTime.fromMillis(startedAt, { zone: timeZone }).toISODate() ?? '';
  const clean = title
    .replace(/[\p{Cc}\p{Cf}<>:"/\\|?*%]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[. ]+/, '')
    .trim();
  const short = [...clean].slice(0, longestTitle).join('').trim();
  return `${short === '' ? day : `${short} ${day}`}.${extension}`;
}
