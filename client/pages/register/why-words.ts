// Why a verdict is what it is, each reason as a sentence. Pure.
import type { AttendanceRule, Reason } from '../../../server/contract/attendance.ts';
import { ExcuseReason } from '../../../server/contract/excusals.ts';
import type { Texts } from '../../i18n/index.ts';

type Words = Pick<Texts, 't' | 'number' | 'time'>;

/** Whether a reason speaks for the person, against, or only explains. */
export type Weight = 'for' | 'against' | 'neutral';

const weights: Readonly<Record<Reason['code'], Weight>> = {
  cancelled: 'neutral',
  'not-held': 'neutral',
  'never-came': 'against',
  'may-still-come': 'neutral',
  'is-there': 'for',
  'came-in-time': 'for',
  'came-late': 'against',
  'share-reached': 'for',
  'share-missed': 'against',
  'stayed-since-coming': 'for',
  'left-before-end': 'against',
  'gaps-forgiven': 'for',
  'checks-missed': 'against',
  watched: 'for',
  excused: 'for',
  corrected: 'neutral',
};

export function whyWeight(reason: Reason): Weight {
  if (reason.code === 'watched') return reason.share >= reason.needed ? 'for' : 'against';
  if (reason.code === 'checks-missed') return reason.missed > reason.allowed ? 'against' : 'neutral';
  return weights[reason.code];
}

export function whyWords(reason: Reason, shareOf: AttendanceRule['shareOf'], { t, number, time }: Words): string {
  const shares = ({ share, needed }: { readonly share: number; readonly needed: number }) => ({
    share: percent(share, needed, number),
    needed: percent(needed, needed, number),
    of: shareOf,
  });
  switch (reason.code) {
    case 'came-in-time':
      return t('register.why.came-in-time', { at: time(reason.at) });
    case 'came-late':
      return t('register.why.came-late', {
        at: time(reason.at),
        minutes: plain(reason.minutes, reason.limitMinutes, number),
        limit: number(reason.limitMinutes),
      });
    case 'share-reached':
    case 'share-missed':
    case 'stayed-since-coming':
      return t(`register.why.${reason.code}`, shares(reason));
    case 'left-before-end':
      return t('register.why.left-before-end', {
        minutes: plain(reason.minutes, reason.toleratedMinutes, number),
        tolerated: number(reason.toleratedMinutes),
      });
    case 'gaps-forgiven':
      return t('register.why.gaps-forgiven', {
        minutes: plain(reason.minutes, reason.limitMinutes, number),
        limit: number(reason.limitMinutes),
      });
    case 'checks-missed':
      return t('register.why.checks-missed', { missed: reason.missed, allowed: reason.allowed });
    case 'watched':
      return t('register.why.watched', {
        share: percent(reason.share, reason.needed, number),
        needed: percent(reason.needed, reason.needed, number),
        days: reason.withinDays,
        of: reason.of ?? 'lesson',
      });
    case 'excused':
      return t(reason.note === '' ? 'register.why.excused' : 'register.why.excusedNote', {
        reason: excuseWords(reason.reason, t),
        note: reason.note,
      });
    default:
      return t(`register.why.${reason.code}`);
  }
}

/** A reason that the contract does not know is told as it is. */
export function excuseWords(reason: string, t: Texts['t']): string {
  const known = ExcuseReason.safeParse(reason);
  return known.success ? t(`register.excuse.${known.data}`) : reason;
}

/** Rounded, unless that would make a miss look like a hit. */
function percent(share: number, needed: number, number: Texts['number']): string {
  const digits = Math.round(share * 100) === Math.round(needed * 100) && share !== needed ? 1 : 0;
  return number(share, { style: 'percent', maximumFractionDigits: digits });
}

function plain(minutes: number, limit: number, number: Texts['number']): string {
  const close = Math.round(minutes) === Math.round(limit) && minutes !== limit;
  return number(close ? minutes : Math.round(minutes), { maximumFractionDigits: 1 });
}
