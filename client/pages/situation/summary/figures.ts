// What a period came to, as the figures and columns of the summary.
import type { SituationFigures } from '../../../../server/contract/situation.ts';
import type { TextKey, Texts } from '../../../i18n/index.ts';

type Words = Pick<Texts, 't' | 'number'>;

export type Figure = {
  readonly id: string;
  readonly title: TextKey;
  readonly note?: TextKey;
  readonly words: (of: SituationFigures, words: Words) => string;
  /** It is better when there are none. */
  readonly isBad?: (of: SituationFigures) => boolean;
};

const count =
  (pick: (of: SituationFigures) => number) =>
  (of: SituationFigures, { number }: Words) =>
    number(pick(of));

/** 12 of 14; nothing to say where none was due. */
const part =
  (pick: (of: SituationFigures) => readonly [number, number]) =>
  (of: SituationFigures, { t, number }: Words) => {
    const [n, all] = pick(of);
    return all === 0 ? t('situation.summary.none') : t('situation.summary.of', { n: number(n), all: number(all) });
  };

const endedEarly = ({ troubles }: SituationFigures) => troubles['ended-early'];

export const figures: readonly Figure[] = [
  { id: 'lessons', title: 'situation.summary.lessons', words: count((of) => of.lessons) },
  { id: 'held', title: 'situation.summary.held', words: count((of) => of.held) },
  { id: 'not-held', title: 'situation.summary.notHeld', words: count((of) => of.notHeld), isBad: (of) => of.notHeld > 0 },
  { id: 'ended-early', title: 'situation.summary.endedEarly', words: count(endedEarly), isBad: (of) => endedEarly(of) > 0 },
  { id: 'troubled', title: 'situation.summary.troubled', words: count((of) => of.troubled), isBad: (of) => of.troubled > 0 },
  {
    id: 'late',
    title: 'situation.summary.late',
    note: 'situation.summary.late.note',
    words: count((of) => Math.round(of.lateMinutes)),
    isBad: (of) => of.lateMinutes >= 1,
  },
  {
    id: 'recorded',
    title: 'situation.summary.recorded',
    note: 'situation.summary.recorded.note',
    words: part((of) => [of.recorded, of.recordingDue]),
    isBad: (of) => of.recorded < of.recordingDue,
  },
  {
    id: 'turnout',
    title: 'situation.summary.turnout',
    note: 'situation.summary.turnout.note',
    words: (of, { t, number }) =>
      of.expected === 0 ? t('situation.summary.none') : number(of.came / of.expected, { style: 'percent', maximumFractionDigits: 0 }),
  },
  { id: 'substituted', title: 'situation.summary.substituted', words: count((of) => of.substituted) },
  { id: 'cancelled', title: 'situation.summary.cancelled', words: count((of) => of.cancelled) },
  { id: 'on-site', title: 'situation.summary.onSite', words: count((of) => of.onSite) },
  { id: 'unknown', title: 'situation.summary.unknown', words: count((of) => of.unknown) },
];

/** Those with which rows are compared. */
export const compared = figures.filter(({ id }) => id !== 'substituted' && id !== 'on-site' && id !== 'unknown');
