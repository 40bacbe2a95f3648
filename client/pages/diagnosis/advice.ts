// What support says to the person on the phone, and what support does next: by the cause. Pure.
import type { Cause, Trouble, TroubleKind } from '../../../server/contract/diagnosis.ts';
import { evidenceOf } from './answer.ts';
import { linkTo, minutesOf, nothingAsked } from './asked.ts';
import { delayWords, percent, type Words } from './words.ts';

/** More than these in one breath nobody takes in. */
const mostKinds = 3;

/** Sentences to be read out, one after the other. */
export function sayOf(trouble: Trouble, words: Words): readonly string[] {
  const { t, time } = words;
  const { lesson, from, to, kinds, hint } = trouble;
  return [
    t('diagnosis.say.seen', { lesson: lesson.title, from: time(from), to: time(to) }),
    ...kinds.slice(0, mostKinds).flatMap((kind) => kindWords(kind, trouble, words)),
    whyWords(trouble, words),
    ...(hint.cause === 'rules' ? [] : [t(`diagnosis.say.do.${hint.cause}`)]),
  ];
}

/** A figure is said only where it was measured. */
function kindWords(kind: TroubleKind, { worst }: Trouble, words: Words): readonly string[] {
  const { t, exactDuration } = words;
  switch (kind) {
    case 'loss': {
      const share = Math.max(worst.lossDown ?? 0, worst.lossUp ?? 0);
      return share > 0 ? [t('diagnosis.say.loss', { percent: percent(share, words) })] : [];
    }
    case 'sound-gaps':
      return worst.concealed === null ? [] : [t('diagnosis.say.sound-gaps', { percent: percent(worst.concealed, words) })];
    case 'frozen':
      return [t('diagnosis.say.frozen', { length: exactDuration(Math.max(1000, worst.frozenMs)) })];
    case 'delay':
      return worst.roundTripMs === null ? [] : [t('diagnosis.say.delay', { length: delayWords(worst.roundTripMs, words) })];
    case 'dropped':
      return [t('diagnosis.say.dropped', { n: worst.drops })];
    case 'not-let-in':
    case 'no-media':
    case 'reduced':
    case 'slow-device':
      return [t(`diagnosis.say.${kind}`)];
  }
}

function whyWords({ hint }: Trouble, { t, refusal }: Words): string {
  const sure = hint.isSure ? 'yes' : 'no';
  switch (hint.cause) {
    case 'rules': {
      const refused = evidenceOf(hint, 'refused');
      return refused ? t('diagnosis.say.why.rules', { sentence: refusal(refused.refusal) }) : t('diagnosis.say.why.rulesUnknown');
    }
    case 'room':
    case 'unclear':
      return t(`diagnosis.say.why.${hint.cause}`);
    default:
      return t(`diagnosis.say.why.${hint.cause}`, { sure });
  }
}

export type Next = { readonly id: NextId; readonly title: string; readonly text: string; readonly link: string | null };
type NextId = 'test' | 'before' | 'device' | 'network' | 'networkUnnamed' | 'lesson' | 'teacher' | 'worker' | 'server' | 'rules';

const nextBy: Readonly<Record<Cause, readonly NextId[]>> = {
  rules: ['rules', 'before'],
  'own-line': ['test', 'before'],
  'own-device': ['device', 'before', 'test'],
  network: ['network', 'test'],
  'teacher-line': ['teacher', 'lesson'],
  room: ['lesson', 'server'],
  worker: ['worker', 'lesson'],
  server: ['server', 'lesson'],
  unclear: ['test', 'before', 'lesson'],
};

/** `mayOpenLoad`: administrators are led to the page Load itself. */
export function nextOf(trouble: Trouble, mayOpenLoad: boolean, { t }: Pick<Words, 't'>): readonly Next[] {
  const { hint, network, worker, device, person, lesson, from, to } = trouble;
  const minutes = minutesOf(from, to);
  const load = mayOpenLoad ? '/status' : null;
  const links: Readonly<Record<NextId, string | null>> = {
    test: '/connection-test',
    before: linkTo({ ...nothingAsked, person: person.id }),
    device: null,
    network: linkTo({ ...nothingAsked, ...minutes, network: network ?? undefined, everybody: true }),
    networkUnnamed: null,
    lesson: linkTo({ ...nothingAsked, ...minutes, lesson: lesson.id, everybody: true }),
    teacher: null,
    worker: load,
    server: load,
    rules: `/courses/${lesson.course.id}`,
  };
  const values = { worker: String(worker ?? '–'), network: network ?? '–', device: device || '–' };
  return nextBy[hint.cause].map((id) => {
    const known: NextId = id === 'network' && network === null ? 'networkUnnamed' : id;
    return { id: known, title: t(`diagnosis.next.${known}`, values), text: t(`diagnosis.next.${known}.text`, values), link: links[known] };
  });
}

/** Where nothing was measured, it may lie with what no network sees. */
export function nextOfWell(person: Trouble['person'], { t }: Pick<Words, 't'>): readonly Next[] {
  return [
    { id: 'test', title: t('diagnosis.next.test'), text: t('diagnosis.next.test.text'), link: '/connection-test' },
    {
      id: 'before',
      title: t('diagnosis.next.before'),
      text: t('diagnosis.next.before.text'),
      link: linkTo({ ...nothingAsked, person: person.id }),
    },
  ];
}
