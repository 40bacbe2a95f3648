// Lengths and moments of a recording as they are said, not shown.
import type { Texts } from '../../i18n/index.ts';

type Words = Pick<Texts, 't'>;

/** 1 hour 2 minutes 5 seconds; parts that are nothing are left out. */
export function spoken({ t }: Words, ms: number): string {
  const all = Math.max(0, Math.floor(ms / 1000));
  const [hours, minutes, seconds] = [Math.floor(all / 3600), Math.floor(all / 60) % 60, all % 60];
  const parts = [
    hours > 0 ? t('recording.spoken.hours', { n: hours }) : '',
    minutes > 0 ? t('recording.spoken.minutes', { n: minutes }) : '',
    seconds > 0 || all === 0 ? t('recording.spoken.seconds', { n: seconds }) : '',
  ];
  return parts.filter((part) => part !== '').join(' ');
}

/** 2 min 10 s, for what changes all the time. */
export function shortly({ t }: Words, ms: number): string {
  const all = Math.max(0, Math.round(ms / 1000));
  if (all < 60) return t('recording.short.seconds', { s: all });
  if (all < 3600) return t('recording.short.minutes', { m: Math.floor(all / 60), s: all % 60 });
  return t('recording.short.hours', { h: Math.floor(all / 3600), m: Math.floor(all / 60) % 60 });
}

/** What the slider says about where it stands. */
export function spokenPlace(words: Words, atMs: number, ofMs: number, chapter: string | undefined): string {
  const place = words.t('recording.seekAt', { at: spoken(words, atMs), of: spoken(words, ofMs) });
  return chapter === undefined ? place : `${place}. ${chapter}`;
}
