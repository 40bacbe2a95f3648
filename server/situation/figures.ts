// What lessons come to: how many were held, how many had which trouble, and the like.
import { SituationFigures, type SituationLesson, type SituationState, TroubleKind } from '../contract/situation.ts';
import { minuteMs } from './lesson.ts';

type Figures = { -readonly [K in keyof SituationFigures]: SituationFigures[K] };

const columnOf = {
  planned: 'coming',
  'not-begun': 'coming',
  running: 'held',
  over: 'held',
  'ended-early': 'held',
  'on-site': 'onSite',
  'not-held': 'notHeld',
  cancelled: 'cancelled',
  unknown: 'unknown',
} as const satisfies Record<SituationState, keyof Figures>;

export function noFigures(): Figures {
  return {
    ...{ lessons: 0, held: 0, notHeld: 0, cancelled: 0, onSite: 0, unknown: 0, coming: 0, troubled: 0, lateMinutes: 0, substituted: 0 },
    ...{ recordingDue: 0, recorded: 0, expected: 0, came: 0 },
    troubles: SituationFigures.shape.troubles.parse(Object.fromEntries(TroubleKind.options.map((kind) => [kind, 0]))),
  };
}

/** Adds one lesson. */
export function count(figures: Figures, lesson: SituationLesson): void {
  const column = columnOf[lesson.state];
  figures.lessons += 1;
  figures[column] += 1;
  for (const kind of new Set(lesson.troubles.map((trouble) => trouble.kind))) figures.troubles[kind] += 1;
  if (lesson.troubles.length > 0) figures.troubled += 1;
  if (lesson.marks.some(({ type }) => type === 'substituted')) figures.substituted += 1;
  if (column !== 'held') return;
  for (const { kind, since, until } of lesson.troubles)
    if (kind === 'teacher-absent' && until !== null) figures.lateMinutes += Math.round((until - since) / minuteMs);
  if (lesson.recordingDue) figures.recordingDue += 1;
  if (lesson.recordingDue && lesson.recording !== 'none') figures.recorded += 1;
  if (lesson.came === null) return;
  figures.expected += lesson.expected;
  figures.came += lesson.came;
}

/** One that deserves a look: it was not held, or something went wrong. */
export function isTroubled({ state, troubles }: SituationLesson): boolean {
  return state === 'not-held' || troubles.length > 0;
}
