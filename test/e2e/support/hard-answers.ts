// Trouble in class as a large university has it at seven past ten: each kind and each cause, with names as long as they really are.
import type { z } from 'zod';
import { type Hint, Stays, type Trouble, Troubles } from '../../../server/contract/diagnosis.ts';

type TroubleIn = z.input<typeof Trouble>;
type HintIn = z.input<typeof Hint>;

export const minute = 60_000;
export const people = [
  'Әбдіқадырова Аружан Бауыржанқызы',
  'Бондаренко Алексей Николаевич',
  'Ғалымова Мөлдір Серікқызы',
  'Константинопольская Александра Владиславовна',
  'Жұмағұлов Дінмұхаммед Әлімжанұлы',
  'Ли Ан',
] as const;
const lessons = [
  ['Ақпараттық жүйелердің қауіпсіздігі', 'Криптографиялық хаттамалар және олардың тұрақтылығы'],
  ['Базы данных', 'Нормальные формы и декомпозиция схем'],
  ['Эконометрика', 'Көптік регрессия'],
] as const;
export const dormitory = '10.24.16.0/24';
const sides = { here: { troubled: 19, of: 22 }, elsewhere: { troubled: 7, of: 1204 } };

export const hints: readonly HintIn[] = [
  { cause: 'network', isSure: true, evidence: [{ code: 'network', network: dormitory, ...sides }] },
  {
    ...{ cause: 'own-line', isSure: true },
    evidence: [
      { code: 'others', others: { troubled: 1, of: 27 } },
      { code: 'drops', times: 2, cause: 'line-silent' },
      { code: 'way', relay: true, tcp: true },
    ],
  },
  { cause: 'rules', isSure: true, evidence: [{ code: 'refused', refusal: 'room-full' }] },
  {
    ...{ cause: 'own-device', isSure: false },
    evidence: [
      { code: 'device-slow', share: 0.6 },
      { code: 'gaps-without-loss', concealed: 0.14, loss: 0.002 },
    ],
  },
  { cause: 'worker', isSure: true, evidence: [{ code: 'worker', worker: 48213, ...sides }, { code: 'media-failed' }] },
  {
    ...{ cause: 'teacher-line', isSure: false },
    evidence: [
      { code: 'teacher-loss', share: 0.11 },
      { code: 'room', ...sides },
    ],
  },
  { cause: 'unclear', isSure: false, evidence: [] },
];
export const kinds: readonly TroubleIn['kinds'][] = [
  ['loss', 'sound-gaps', 'frozen'],
  ['dropped', 'loss', 'sound-gaps', 'frozen', 'delay', 'reduced'],
  ['not-let-in'],
  ['sound-gaps', 'slow-device'],
  ['no-media'],
  ['sound-gaps'],
  ['delay'],
];

export function lessonOf(index: number, at: number) {
  const [course, title] = lessons[index % lessons.length] ?? lessons[0];
  return {
    ...{ id: `hard-${index % lessons.length}`, title, startsAt: at - 12 * minute, endsAt: at + 38 * minute },
    course: { id: `c-${index % lessons.length}`, code: 'DB2210', title: course, facultyId: 'f-1' },
  };
}

export function troubleOf(index: number, at: number): TroubleIn {
  const of = index < 5 ? 0 : 1 + ((index - 5) % (hints.length - 1));
  const refused = hints[of]?.cause === 'rules';
  return {
    ...{
      id: `t-${index}`,
      person: { id: `p-${index}`, name: people[index % people.length] ?? '', role: 'student' },
      lesson: lessonOf(index, at),
    },
    ...{ from: at - (index % 4) * minute, to: at + (1 + (index % 3)) * minute, isNow: index === 1 },
    ...{ kinds: kinds[of] ?? ['loss'], severity: refused || index % 5 === 1 ? 'unusable' : index % 3 === 0 ? 'bad' : 'slight' },
    worst: refused
      ? worstOf({})
      : worstOf({
          lossDown: 0.18,
          lossUp: 0.04,
          roundTripMs: 1340,
          concealed: 0.22,
          freezes: 4,
          frozenMs: 14_000,
          drops: of === 1 ? 2 : 0,
        }),
    ...{ device: index % 2 === 0 ? 'Chrome, Windows' : 'Safari, iPhone', network: of === 0 ? dormitory : '178.91.44.0/24', worker: 48213 },
    hint: hints[of] ?? { cause: 'unclear', isSure: false, evidence: [] },
  };
}

export const worstOf = (more: Partial<TroubleIn['worst']>): TroubleIn['worst'] => ({
  ...{ lossDown: null, lossUp: null, roundTripMs: null, jitterMs: null, concealed: null, freezes: 0, frozenMs: 0, drops: 0, ladder: 'all' },
  ...more,
});

/** Ten past ten of the university's clock, on the day of the test. */
export function hardMoment(): number {
  const day = Math.floor((Date.now() + 5 * 60 * minute) / (1440 * minute)) * 1440 * minute - 5 * 60 * minute;
  return day + 10 * 60 * minute + 7 * minute;
}

export function troublesAt(at: number) {
  const counted = (troubled: number, of: number) => ({ troubled, of });
  return Troubles.parse({
    ...{ now: at + 10 * minute, keptSince: at - 30 * 1440 * minute, seesNetworks: true, next: 'more', isCut: true },
    overview: {
      people: counted(31, 1226),
      networks: [
        { network: dormitory, ...counted(19, 22) },
        { network: '2a03:1b20:4:f011::/48', ...counted(2, 140) },
      ],
      workers: [
        { worker: 48213, ...counted(24, 610) },
        { worker: 48214, ...counted(7, 616) },
      ],
      lessons: [0, 1, 2].map((index) => ({ lesson: lessonOf(index, at), ...counted(9 - 3 * index, 28) })),
    },
    troubles: Array.from({ length: 14 }, (_, index) => troubleOf(index, at)),
  });
}

export function staysAt(at: number) {
  return Stays.parse({
    ...{ now: at + 10 * minute, seesNetworks: true, next: null, isCut: false },
    stays: Array.from({ length: 8 }, (_, index) => ({
      person: { id: `p-${index}`, name: people[index % people.length], role: index === 7 ? 'teacher' : 'student' },
      ...{
        lesson: lessonOf(0, at),
        from: at - 12 * minute,
        to: at + 30 * minute,
        devices: ['Chrome, Windows', 'Safari, iPhone'].slice(index % 2),
      },
      ...{ networks: [dormitory], steps: 240, troubled: index < 4 ? 31 - 8 * index : 0, refusals: index === 2 ? 3 : 0 },
      severity: (['unusable', 'bad', 'slight'] as const)[index] ?? null,
    })),
  });
}
