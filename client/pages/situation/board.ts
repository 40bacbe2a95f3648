// What the board shows first, what it folds away, and what it counts.
import { type SituationLesson, type SituationState, type Trouble, TroubleKind } from '../../../server/contract/situation.ts';
import { compareNames } from '../../i18n/index.ts';
import type { Filter } from './filter.ts';

/** `now` is the server's clock; `past` is a moment before, of which everything is told as it came to be. */
export type Moment = { readonly now: number; readonly past: boolean };

export type Tone = 'danger' | 'warn';

/** Without these nobody is taught; the others spoil a lesson. */
const grave: readonly TroubleKind[] = ['teacher-absent', 'teacher-gone', 'media-failed', 'no-sound'];

export function toneOf(kind: TroubleKind): Tone {
  return grave.includes(kind) ? 'danger' : 'warn';
}

export function goesOn({ until }: Trouble, now: number): boolean {
  return until === null || until > now;
}

/** What a lesson is shown for: the trouble that goes on; of the past, all that there was. */
export function troublesToShow({ troubles }: SituationLesson, { now, past }: Moment): readonly Trouble[] {
  return past ? troubles : troubles.filter((trouble) => goesOn(trouble, now));
}

/** W60. */
export function needsSomeone(lesson: SituationLesson, moment: Moment): boolean {
  return lesson.state === 'not-held' || troublesToShow(lesson, moment).length > 0;
}

/** W60: the worst kind first, and of one kind whoever has waited longest. */
export function byNeed(lessons: readonly SituationLesson[], moment: Moment): readonly SituationLesson[] {
  const weighed = lessons.map((lesson) => ({ lesson, ...gravest(lesson, moment) }));
  weighed.sort((a, b) => a.rank - b.rank || a.since - b.since || compareNames(a.lesson.title, b.lesson.title));
  return weighed.map(({ lesson }) => lesson);
}

function gravest(lesson: SituationLesson, moment: Moment): { readonly rank: number; readonly since: number } {
  const ranked = troublesToShow(lesson, moment).map(({ kind, since }) => ({ rank: TroubleKind.options.indexOf(kind), since }));
  ranked.sort((a, b) => a.rank - b.rank || a.since - b.since);
  return ranked[0] ?? { rank: 0, since: lesson.startsAt };
}

/** In the order in which the board shows them, after those that need someone. */
export const stateOrder: readonly SituationState[] = [
  'not-begun',
  'running',
  'planned',
  'on-site',
  'not-held',
  'ended-early',
  'over',
  'unknown',
  'cancelled',
];

/** W61: folded unless asked for. */
export function isFolded(state: SituationState, { past }: Moment): boolean {
  if (state === 'not-begun' || state === 'running') return false;
  return past ? state !== 'over' && state !== 'ended-early' : true;
}

export type Board = {
  readonly needing: readonly SituationLesson[];
  readonly rest: readonly { readonly state: SituationState; readonly lessons: readonly SituationLesson[] }[];
  /** Of what fits the filter but for its state, which is chosen by these. */
  readonly counts: { readonly all: number; readonly needing: number; readonly of: ReadonlyMap<SituationState, number> };
  readonly shown: number;
};

export function boardOf(lessons: readonly SituationLesson[], filter: Filter, moment: Moment): Board {
  const fitting = lessons.filter((lesson) => fits(lesson, filter));
  const needing = byNeed(
    fitting.filter((lesson) => needsSomeone(lesson, moment)),
    moment,
  );
  const inNeed = new Set(needing.map(({ lessonId }) => lessonId));
  const isChosen = (lesson: SituationLesson) =>
    filter.state === undefined || filter.state === lesson.state || (filter.state === 'needing' && inNeed.has(lesson.lessonId));
  const chosen = fitting.filter(isChosen);
  const quiet = chosen.filter(({ lessonId }) => !inNeed.has(lessonId));
  return {
    needing: needing.filter(isChosen),
    rest: stateOrder
      .map((state) => ({ state, lessons: quiet.filter((lesson) => lesson.state === state) }))
      .filter((part) => part.lessons.length > 0),
    counts: { all: fitting.length, needing: needing.length, of: countByState(fitting) },
    shown: chosen.length,
  };
}

export function countByState(lessons: readonly SituationLesson[]): ReadonlyMap<SituationState, number> {
  const counts = new Map<SituationState, number>();
  for (const { state } of lessons) counts.set(state, (counts.get(state) ?? 0) + 1);
  return counts;
}

/** W62: each word of the search is somewhere in what names the lesson. */
export function fits(lesson: SituationLesson, { faculty, building, kind, search }: Filter): boolean {
  if (faculty !== undefined && lesson.facultyId !== faculty) return false;
  if (building !== undefined && (lesson.place?.building ?? '') !== building) return false;
  if (kind !== undefined && lesson.kind !== kind) return false;
  if (search === '') return true;
  const { title, course, teacher, groups, ledBy, place } = lesson;
  const named = [title, course.code, course.title, teacher.displayName, ledBy ?? '', place?.name ?? '', ...groups].join('\n').toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => named.includes(word));
}

/** Of the lessons, by name; the empty one is for those without a place. */
export function buildingsOf(lessons: readonly SituationLesson[]): readonly string[] {
  return [...new Set(lessons.map(({ place }) => place?.building ?? ''))].sort(compareNames);
}
