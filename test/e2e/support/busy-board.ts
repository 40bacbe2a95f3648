// A board of a whole university at ten past ten: every kind of trouble and every state, with names as long as they really are.
import type { Page } from '@playwright/test';
import type { z } from 'zod';
import { Situation, type SituationLesson, type SituationState, type Trouble, TroubleKind } from '../../../server/contract/situation.ts';

const minute = 60_000;

const faculties = [
  'Ақпараттық технологиялар факультеті',
  'Биология және биотехнология факультеті',
  'Факультет философии и политологии',
  'Факультет востоковедения',
  'Химия және химиялық технология факультеті',
  'Юридический факультет',
  'Факультет журналистики',
  'География және табиғатты пайдалану факультеті',
  'Тарих факультеті',
  'Факультет медицины и здравоохранения',
  'Механика-математика факультеті',
  'Филология факультеті',
  'Физика-техникалық факультет',
  'Экономика және бизнес жоғары мектебі',
].map((name, index) => ({ id: `f-${index + 1}`, name }));

const titles = [
  ['Молекулалық биология', 'Ақуыз биосинтезі'],
  ['Базы данных', 'Нормальные формы и декомпозиция схем'],
  ['Қазақстан тарихы', 'Алтын Орданың құлауы'],
  ['Гражданское право', 'Обязательства из причинения вреда'],
  ['Дифференциалдық теңдеулер', 'Біртекті теңдеулер'],
  ['Органическая химия', 'Реакции электрофильного замещения в ароматическом ряду'],
  ['Эконометрика', 'Көптік регрессия'],
] as const;
const teachers = ['Сейітова Айгүл Төлегенқызы', 'Ким Виктор Алексеевич', 'Әбдірахманов Нұрлан Ғалымұлы', 'Тёмина Юлия Сергеевна'];
const kinds = ['lecture', 'seminar', 'laboratory', 'examination'] as const;

type Entry = z.input<typeof Situation>['lessons'][number];

function entry(index: number, now: number, over: Partial<Entry>): Entry {
  const [course, title] = titles[index % titles.length] ?? titles[0];
  return {
    lessonId: `busy-${index}`,
    title,
    kind: kinds[index % kinds.length] ?? 'lecture',
    mode: index % 3 === 0 ? 'hybrid' : 'online',
    course: { id: `c-${index % 7}`, code: `DB22${10 + (index % 7)}`, title: course },
    facultyId: faculties[index % faculties.length]?.id ?? 'f-1',
    place: index % 3 === 0 ? { name: String(201 + index), building: index % 2 ? 'Бас ғимарат' : 'Главный учебный корпус' } : null,
    groups: [`ИС-23-${1 + (index % 4)}`],
    teacher: { id: `p-${index}`, displayName: teachers[index % teachers.length] ?? '' },
    ledBy: null,
    startsAt: now - 10 * minute,
    endsAt: now + 40 * minute,
    marks: [],
    state: 'running',
    begunAt: now - 9 * minute,
    endedAt: null,
    here: 18 + (index % 9),
    came: 20 + (index % 9),
    expected: 30,
    recording: index % 2 ? 'recording' : 'none',
    recordingDue: index % 2 === 1,
    troubles: [],
    mayObserve: true,
    ...over,
  };
}

const troubleOf = (kind: TroubleKind, since: number, more: Partial<Trouble> = {}): Trouble => ({
  ...{ kind, since, until: null, source: kind === 'black' ? 'camera' : kind === 'frozen' ? 'screen' : null },
  ...more,
});

const stateOf: Partial<Record<TroubleKind, SituationState>> = { 'teacher-absent': 'not-begun', 'ended-early': 'ended-early' };

/** One lesson with each kind of trouble, and a few more whose teacher has not come. */
function troubled(now: number): Entry[] {
  const each = [...TroubleKind.options, 'teacher-absent', 'teacher-absent', 'black'] as const;
  return each.map((kind, index) => {
    const state = stateOf[kind] ?? 'running';
    const until = kind === 'ended-early' ? { until: now + 40 * minute } : {};
    return entry(index, now, {
      state,
      ...(state === 'not-begun' && { here: 3, begunAt: null, recording: 'none' }),
      ...(index === 1 && { ledBy: 'Бондаренко Алексей Петрович' }),
      ...(index === 3 && { marks: [{ type: 'substituted', teacherName: 'Ғалымова Мөлдір Серікқызы' }] }),
      troubles: [troubleOf(kind, now - (2 + index) * minute, until), ...(index === 3 ? [troubleOf('not-recorded', now - 5 * minute)] : [])],
    });
  });
}

const quiet: readonly (readonly [SituationState, number])[] = [
  ['running', 41],
  ['not-begun', 3],
  ['planned', 12],
  ['on-site', 4],
  ['over', 3],
  ['cancelled', 2],
];

export function busyBoard(now: number, at: number | null = null): Situation {
  const calm = quiet.flatMap(([state, count]) => Array.from({ length: count }, () => state));
  const lessons: Entry[] = [
    ...troubled(now),
    ...calm.map((state, index) =>
      entry(100 + index, now, { state, ...(state !== 'running' && { here: 0, recording: 'none', mayObserve: state === 'not-begun' }) }),
    ),
  ];
  return Situation.parse({
    ...{ madeAt: now, at, timeZone: 'Asia/Almaty', observersTold: 'everyone', more: false, faculties, lessons },
    settings: { teacherAbsentMinutes: 5, nobodyHeardMinutes: 5, endedEarlyMinutes: 10 },
  });
}

/** From now on the page is answered with this board, as the server's own would be. `calm` leaves out who has trouble. */
export async function showBoard(
  page: Page,
  { calm = false, only }: { readonly calm?: boolean; readonly only?: number } = {},
): Promise<void> {
  await page.unroute(boardAddress);
  await page.route(boardAddress, (route) => {
    const board = busyBoard(Date.now());
    const fits = ({ troubles }: SituationLesson) => !calm || troubles.length === 0;
    return route.fulfill({ json: { ...board, lessons: board.lessons.filter(fits).slice(0, only) } });
  });
}

export const boardAddress = /\/api\/situation(\?.*)?$/;
