// How the file of a report is called.
import type { Format } from './paper.ts';

/** What file systems refuse, and what would turn the reading order round. */
const unfit = /[\p{Cc}\p{Cf}<>:"/\\|?*]/gu;
const longest = 100;

export function fileNameOf(title: string, format: Format): string {
  return `${title.replace(unfit, ' ').replace(/\s+/gu, ' ').trim().slice(0, longest)}.${format}`;
}
