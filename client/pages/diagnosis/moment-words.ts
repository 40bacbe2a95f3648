// One moment of a stay, and what happened in it, in words. Pure.
import type { Stay, StayEvent, Step } from '../../../server/contract/diagnosis.ts';
import { wayOf } from './way.ts';
import { delayWords, exactTime, kindsWords, percent, rateWords, type Words } from './words.ts';

export type Figure = { readonly id: string; readonly title: string; readonly value: string };

/** As the slider is read out: when, and how it was. */
export function momentWords(at: number, step: Step | null, words: Words): string {
  const { t } = words;
  const state =
    step === null ? t('diagnosis.moment.unmeasured') : step.severity === null ? t('diagnosis.moment.well') : kindsWords(step, words);
  return `${t('diagnosis.moment.at', { time: exactTime(at) })}: ${state}`;
}

export function wayWords(step: Pick<Step, 'way'>, { t }: Pick<Words, 't'>): string {
  const way = wayOf(step);
  const network = step.way.client?.network;
  const over = network === undefined || network === 'other' || network === 'unknown' ? [] : [t(`diagnosis.network.${network}`)];
  return [t(`diagnosis.way.${way ?? 'none'}`), ...over].join(', ');
}

export function sentWords({ ladder, ladderWhy }: Pick<Step, 'ladder' | 'ladderWhy'>, { t }: Pick<Words, 't'>): string {
  const what = t(`room.ladder.${ladder}`);
  return ladder !== 'all' && ladderWhy === 'chosen' ? `${what} (${t('diagnosis.chosen')})` : what;
}

/** All that was measured in the ten seconds; `stay` names the device. */
export function figuresOf(step: Step, { connections }: Pick<Stay, 'connections'>, words: Words): readonly Figure[] {
  const { t, exactDuration, number } = words;
  const { device, lossDown, lossUp, roundTripMs, downBps, upBps, worker } = step;
  const connection = connections[step.connection];
  const none = t('diagnosis.figure.none');
  const share = (value: number | null | undefined) => (value === null || value === undefined ? none : percent(value, words));
  const rate = (value: number | null) => (value === null ? none : rateWords(value, words));
  const height = device?.height ?? null;
  return [
    { id: 'lossDown', title: t('diagnosis.lane.lossDown'), value: share(lossDown) },
    { id: 'lossUp', title: t('diagnosis.lane.lossUp'), value: share(lossUp) },
    { id: 'roundTrip', title: t('diagnosis.lane.roundTrip'), value: roundTripMs === null ? none : delayWords(roundTripMs, words) },
    { id: 'concealed', title: t('diagnosis.lane.concealed'), value: share(device?.concealed) },
    { id: 'frozen', title: t('diagnosis.lane.frozen'), value: device === null || height === null ? none : exactDuration(device.frozenMs) },
    { id: 'ladder', title: t('diagnosis.lane.ladder'), value: sentWords(step, words) },
    { id: 'way', title: t('diagnosis.lane.way'), value: wayWords(step, words) },
    { id: 'downBps', title: t('diagnosis.figure.downBps'), value: rate(downBps) },
    { id: 'upBps', title: t('diagnosis.figure.upBps'), value: rate(upBps) },
    ...(device === null || height === null
      ? []
      : [
          {
            ...{ id: 'shown', title: t('diagnosis.figure.shown') },
            value: t('diagnosis.figure.shown.value', { height: number(height), fps: number(Math.round(device.fps ?? 0)) }),
          },
        ]),
    ...(device?.limitedBy
      ? [{ id: 'limited', title: t('diagnosis.figure.limited'), value: t(`diagnosis.figure.limited.${device.limitedBy}`) }]
      : []),
    ...(worker === null ? [] : [{ id: 'worker', title: t('diagnosis.figure.worker'), value: String(worker) }]),
    ...(connection?.device ? [{ id: 'device', title: t('diagnosis.figure.device'), value: connection.device }] : []),
    ...(connection?.network ? [{ id: 'network', title: t('diagnosis.figure.network'), value: connection.network }] : []),
  ];
}

export function eventWords(event: StayEvent, { connections }: Pick<Stay, 'connections'>, words: Words): string {
  const device = 'connection' in event ? connections[event.connection]?.device : undefined;
  if (event.type === 'opened') return words.t('diagnosis.event.opened', { device: device || '–' });
  const what = happening(event, words);
  // With one device it is plain which it was.
  return device && connections.length > 1 ? words.t('diagnosis.event.device', { what, device }) : what;
}

function happening(event: Exclude<StayEvent, { type: 'opened' }>, { t, reason, refusal, exactDuration }: Words): string {
  switch (event.type) {
    case 'refused':
      return event.times > 1
        ? t('diagnosis.event.refusedTimes', { n: event.times, sentence: refusal(event.refusal) })
        : t('diagnosis.event.refused', { sentence: refusal(event.refusal) });
    case 'joined':
      return t('diagnosis.event.joined', { role: t(`attendance.role.${event.role}`) });
    case 'left':
    case 'closed':
      return t(`diagnosis.event.${event.type}`, { reason: reason('leave', event.reason) });
    case 'dropped':
      return t('diagnosis.event.dropped', { cause: t(`diagnosis.loss.${event.cause}`) });
    case 'resumed':
      return t('diagnosis.event.resumed', { length: exactDuration(event.gapMs) });
    case 'waiting-began':
    case 'waiting-ended':
    case 'page-hidden':
    case 'page-shown':
    case 'media-failed':
    case 'media-restored':
      return t(`diagnosis.event.${event.type}`);
  }
}
