// A gap in words: what ended the stay, and all that is known of why, as sentences that a student understands. Pure.

import type { Gap } from '../../../server/contract/attendance.ts';
import type { DeviceWord, LineEvidence, LostBeside } from '../../../server/contract/line-evidence.ts';
import type { Texts } from '../../i18n/index.ts';

type Words = Pick<Texts, 't' | 'number' | 'duration' | 'reason'>;

/** What happened. A loss whose grace period still runs has no ending yet. */
export function gapHead({ endedBy, to, kind }: Pick<Gap, 'endedBy' | 'to' | 'kind'>, { t, reason }: Words): string {
  if (endedBy !== null) return reason('leave', endedBy);
  if (to === null) return t('register.gap.waiting');
  return t(`register.gap.kind.${kind}`);
}

/** Why, as far as it was measured: the line before, the others beside, the device's own word, and whether it counts. */
export function gapEvidence({ line, beside, word, forgiven }: Gap, words: Words): readonly string[] {
  return [
    ...(line ? lineWords(line, words) : []),
    ...(beside ? besideWords(beside, words) : []),
    ...(word ? deviceWords(word, words) : []),
    ...(forgiven ? [words.t('register.gap.forgiven')] : []),
  ];
}

function lineWords({ cause, ice, lossPercent, roundTripMs, hidden }: LineEvidence, { t, number }: Words): readonly string[] {
  const sentences = [t(`register.gap.cause.${cause}`)];
  if (ice === 'connected' || ice === 'disconnected' || ice === 'failed') sentences.push(t(`register.gap.ice.${ice}`));
  if (lossPercent === 0) sentences.push(t('register.gap.noLoss'));
  else if (lossPercent !== null) {
    const percent = number(lossPercent / 100, { style: 'percent', maximumFractionDigits: lossPercent < 1 ? 1 : 0 });
    sentences.push(t('register.gap.loss', { percent }));
  }
  if (roundTripMs !== null) sentences.push(t('register.gap.roundTrip', { ms: number(Math.round(roundTripMs)) }));
  if (hidden) sentences.push(t('register.gap.hidden'));
  return sentences;
}

/** Two and more, and at least half of those on it: that was the network. */
export function isFaultOfNetwork({ sameNetwork, onNetwork }: LostBeside): boolean {
  return sameNetwork >= 2 && sameNetwork * 2 >= onNetwork;
}

function besideWords(beside: LostBeside, { t }: Words): readonly string[] {
  const { sameNetwork, onNetwork, room, everywhere } = beside;
  const sentences: string[] = [];
  if (sameNetwork > 0) {
    sentences.push(
      t(isFaultOfNetwork(beside) ? 'register.gap.networkFault' : 'register.gap.network', { lost: sameNetwork, all: onNetwork }),
    );
  } else if (onNetwork > 0) sentences.push(t('register.gap.networkWhole', { all: onNetwork }));
  if (room > sameNetwork) sentences.push(t('register.gap.room', { n: room }));
  if (everywhere > Math.max(room, sameNetwork)) sentences.push(t('register.gap.everywhere', { n: everywhere }));
  return sentences;
}

/** It is told as the device's own, since nobody else saw it. */
function deviceWords({ offline, hiddenMs, slept }: DeviceWord, { t, duration }: Words): readonly string[] {
  return [
    ...(offline ? [t('register.gap.word.offline')] : []),
    ...(slept ? [t('register.gap.word.slept')] : []),
    ...(hiddenMs >= 1000 ? [t('register.gap.word.hidden', { length: duration(hiddenMs) })] : []),
  ];
}
