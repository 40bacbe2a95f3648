// What was found, in sentences: when, who, why, and what speaks for it. Pure.
import type { Evidence, Hint, TroubleKind, WorstFigures } from '../../../server/contract/diagnosis.ts';
import type { Texts } from '../../i18n/index.ts';
import { two, zonedTime } from '../../i18n/zone.ts';
import type { Answer, Group } from './answer.ts';
import { momentOf, monthDays, type Span } from './asked.ts';

export type Words = Pick<Texts, 't' | 'number' | 'date' | 'time' | 'exactDuration' | 'reason' | 'refusal'>;

export function whenWords(span: Span, { t, date, time }: Words): string {
  switch (span.kind) {
    case 'last-hour':
      return t('diagnosis.when.last-hour');
    case 'month':
      return t('diagnosis.when.month', { n: monthDays });
    case 'day':
      return t('diagnosis.when.day', { date: date(span.from, 'dayMonth') });
    case 'moment':
      return t('diagnosis.when.moment', { date: date(span.from, 'dayMonth'), time: time(momentOf(span)) });
    case 'span':
      return t('diagnosis.when.span', { date: date(span.from, 'dayMonth'), from: time(span.from), to: time(span.to) });
  }
}

/** The one sentence that stands before everything else. */
export function answerWords(answer: Answer, span: Span, words: Words): string {
  const when = whenWords(span, words);
  switch (answer.kind) {
    case 'not-kept':
      return words.t('diagnosis.answer.not-kept', { when, since: words.date(answer.since) });
    case 'nobody-there':
      return words.t('diagnosis.answer.nobody-there', { when });
    case 'well':
      return words.t('diagnosis.answer.well', { when, n: answer.people });
    case 'found': {
      const { troubled, of } = answer.people;
      return troubled > of
        ? words.t('diagnosis.answer.foundOutside', { when, n: troubled })
        : words.t('diagnosis.answer.found', { when, n: troubled, of });
    }
  }
}

/** What it was, of a group or of one stretch. */
export function causeWords({ lead, people: n }: Pick<Group, 'lead' | 'people'>, { t }: Pick<Words, 't'>): string {
  const { hint, network, lesson, worker } = lead;
  const sure = hint.isSure ? 'yes' : 'no';
  switch (hint.cause) {
    case 'network':
      return network === null ? t('diagnosis.causeIs.networkUnnamed', { sure }) : t('diagnosis.causeIs.network', { sure, network });
    case 'worker':
      return t('diagnosis.causeIs.worker', { sure, worker: String(worker ?? '–') });
    case 'room':
    case 'teacher-line':
      return t(`diagnosis.causeIs.${hint.cause}`, { sure, lesson: lesson.title });
    case 'server':
      return t('diagnosis.causeIs.server', { sure });
    case 'unclear':
      return t('diagnosis.causeIs.unclear');
    case 'rules':
      return t('diagnosis.causeIs.rules', { n });
    case 'own-line':
    case 'own-device':
      return t(`diagnosis.causeIs.${hint.cause}`, { sure, n });
  }
}

export function evidenceWords({ evidence }: Hint, words: Words): readonly string[] {
  return evidence.map((one) => oneEvidence(one, words));
}

function oneEvidence(one: Evidence, words: Words): string {
  const { t, refusal } = words;
  switch (one.code) {
    case 'network':
      return one.network === null
        ? t('diagnosis.evidence.networkUnnamed', sidesOf(one))
        : t('diagnosis.evidence.network', { network: one.network, ...sidesOf(one) });
    case 'worker':
      return t('diagnosis.evidence.worker', { worker: String(one.worker), ...sidesOf(one) });
    case 'room':
      return t('diagnosis.evidence.room', sidesOf(one));
    case 'others':
      return t('diagnosis.evidence.others', { n: one.others.troubled, of: one.others.of });
    case 'teacher-loss':
    case 'device-slow':
      return t(`diagnosis.evidence.${one.code}`, { share: percent(one.share, words) });
    case 'gaps-without-loss':
      return t('diagnosis.evidence.gaps-without-loss', { concealed: percent(one.concealed, words), loss: percent(one.loss, words) });
    case 'drops':
      return one.cause === null
        ? t('diagnosis.evidence.drops', { n: one.times })
        : t('diagnosis.evidence.dropsBy', { n: one.times, cause: t(`diagnosis.loss.${one.cause}`) });
    case 'refused':
      return t('diagnosis.evidence.refused', { sentence: refusal(one.refusal) });
    case 'way':
      return t(`diagnosis.evidence.way.${one.relay ? (one.tcp ? 'both' : 'relay') : 'tcp'}`);
    case 'server-stopped':
    case 'media-failed':
      return t(`diagnosis.evidence.${one.code}`);
  }
}

type Sides = Pick<Extract<Evidence, { code: 'room' }>, 'here' | 'elsewhere'>;

function sidesOf({ here, elsewhere }: Sides) {
  return { n: here.troubled, of: here.of, m: elsewhere.troubled, all: elsewhere.of };
}

/** What the worst was, as far as it was anything. */
export function worstWords(worst: WorstFigures, words: Words): readonly string[] {
  const { t, exactDuration } = words;
  const { lossDown, lossUp, concealed, frozenMs, roundTripMs, drops, ladder } = worst;
  return [
    ...(isFelt(lossDown) ? [t('diagnosis.worst.lossDown', { percent: percent(lossDown, words) })] : []),
    ...(isFelt(lossUp) ? [t('diagnosis.worst.lossUp', { percent: percent(lossUp, words) })] : []),
    ...(isFelt(concealed) ? [t('diagnosis.worst.concealed', { percent: percent(concealed, words) })] : []),
    ...(frozenMs >= 1000 ? [t('diagnosis.worst.frozen', { length: exactDuration(frozenMs) })] : []),
    ...(roundTripMs !== null && roundTripMs >= 200 ? [t('diagnosis.worst.roundTrip', { length: delayWords(roundTripMs, words) })] : []),
    ...(drops > 0 ? [t('diagnosis.worst.drops', { n: drops })] : []),
    ...(ladder === 'all' ? [] : [t('diagnosis.worst.ladder', { what: inSentence(t(`room.ladder.${ladder}`)) })]),
  ];
}

/** Below a hundredth nobody notices anything. */
const isFelt = (share: number | null): share is number => share !== null && share >= 0.01;

export function kindsWords({ kinds }: { readonly kinds: readonly TroubleKind[] }, { t }: Pick<Words, 't'>): string {
  const words = kinds.map((kind) => t(`diagnosis.kind.${kind}`));
  return words.map((word, index) => (index === 0 ? word : inSentence(word))).join(', ');
}

/** What begins with a capital by itself, after other words. */
function inSentence(words: string): string {
  return words.charAt(0).toLowerCase() + words.slice(1);
}

export function percent(share: number, { number }: Pick<Words, 'number'>): string {
  return number(share, { style: 'percent', maximumFractionDigits: share < 0.01 ? 1 : 0 });
}

/** 80 ms, 1.4 s. */
export function delayWords(ms: number, { t, number }: Pick<Words, 't' | 'number'>): string {
  if (ms < 1000) return t('diagnosis.ms', { n: number(Math.round(ms)) });
  return t('diagnosis.seconds', { n: number(ms / 1000, { maximumFractionDigits: 1 }) });
}

export function rateWords(bps: number, { t, number }: Pick<Words, 't' | 'number'>): string {
  return bps < 1e6
    ? t('diagnosis.kbps', { n: number(Math.round(bps / 1000)) })
    : t('diagnosis.mbps', { n: number(bps / 1e6, { maximumFractionDigits: 1 }) });
}

/** 10:07:20; minutes are not enough for steps of ten seconds. */
export function exactTime(at: number): string {
  const { hour, minute, second } = zonedTime(at);
  return `${two(hour)}:${two(minute)}:${two(second)}`;
}
