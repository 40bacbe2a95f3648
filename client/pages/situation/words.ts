// Trouble, its length, people and marks of a lesson in words.
import type { SituationLesson, SituationMark, Trouble } from '../../../server/contract/situation.ts';
import type { Texts } from '../../i18n/index.ts';
import { markWords } from '../timetable/words.ts';
import { goesOn } from './board.ts';

const minuteMs = 60_000;

export function troubleName({ kind, source }: Pick<Trouble, 'kind' | 'source'>, { t }: Pick<Texts, 't'>): string {
  if ((kind === 'black' || kind === 'frozen') && (source === 'camera' || source === 'screen'))
    return t(`situation.trouble.${kind}.${source}`);
  return t(`situation.trouble.${kind}`);
}

/** For 12 min; of what is over, from when to when. */
export function troubleLength(
  trouble: Trouble,
  now: number,
  { t, duration, timeRange }: Pick<Texts, 't' | 'duration' | 'timeRange'>,
): string {
  const { kind, since, until } = trouble;
  if (kind === 'ended-early' && until !== null) return t('situation.earlyBy', { time: duration(wholeMinutes(until - since)) });
  if (until !== null && !goesOn(trouble, now)) {
    return t('situation.lasted', { span: timeRange(since, until), time: duration(wholeMinutes(until - since)) });
  }
  const length = now - since;
  return length < minuteMs ? t('situation.justNow') : t('situation.lasting', { time: duration(wholeMinutes(length)) });
}

/** Where there is room for little: how long it goes on already, or by how much it ended early. */
export function shortLength(trouble: Trouble, now: number, texts: Pick<Texts, 't' | 'duration' | 'timeRange'>): string {
  const length = now - trouble.since;
  if (trouble.kind === 'ended-early' || length < minuteMs) return troubleLength(trouble, now, texts);
  return texts.duration(wholeMinutes(length));
}

/** Begun minutes are not counted yet, so that nothing is said to last longer than it does. */
function wholeMinutes(ms: number): number {
  return ms < minuteMs ? Math.max(0, ms) : Math.floor(ms / minuteMs) * minuteMs;
}

export function markText(mark: SituationMark, startsAt: number, texts: Texts): string {
  switch (mark.type) {
    case 'extended':
      return texts.t('situation.extended', { time: texts.time(mark.from) });
    case 'substituted':
      return texts.t('situation.substituted', { name: mark.teacherName });
    default:
      return markWords(mark, startsAt, texts);
  }
}

/** How many of the roster are there, or came; undefined where that says nothing. */
export function turnout({ state, here, came, expected }: SituationLesson, { t, number }: Pick<Texts, 't' | 'number'>): string | undefined {
  if (expected === 0) return undefined;
  const all = number(expected);
  if (state === 'running' || state === 'not-begun') return t('situation.here', { here: number(here), expected: all });
  if (came === null || state === 'planned' || state === 'cancelled') return undefined;
  return t('situation.came', { came: number(came), expected: all });
}

export function whereWords({ place }: Pick<SituationLesson, 'place'>): string | undefined {
  return place === null ? undefined : [place.name, place.building].filter(Boolean).join(', ');
}
