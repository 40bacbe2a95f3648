// What a lesson will likely ask of the media workers: how many come, and how many pictures flow to each. Rules B14 and B15.
import type { LessonKind, RoomRules, TeachingMode } from '../contract/timetable.ts';
import type { ExpectedLoad } from '../ports/media.ts';

/** What is known of a lesson before it begins. */
export interface PlannedLesson {
  readonly kind: LessonKind;
  readonly mode: TeachingMode;
  readonly rules: Pick<RoomRules, 'students' | 'guests' | 'capacity'>;
  /** Students on the roster. */
  readonly roster: number;
}

/** Who came to earlier lessons that are like it, of those who were expected there. */
export interface Turnout {
  readonly came: number;
  readonly expected: number;
}

export interface Expected extends ExpectedLoad {
  /** Subscriptions that flow at a time: the voice and each picture of every viewer. */
  readonly consumers: number;
}

/** Of those expected, who comes to the online room while nothing is known of earlier lessons. */
const usualTurnout: Readonly<Record<LessonKind, number>> = {
  lecture: 0.7,
  seminar: 0.85,
  laboratory: 0.85,
  'guided-study': 0.6,
  consultation: 0.4,
  examination: 0.98,
  defence: 0.95,
  'curator-hour': 0.7,
  meeting: 0.8,
  conference: 0.6,
  'public-event': 0.5,
};

/** In a hybrid lesson most sit in the place, and in one on site nearly all. */
const online: Readonly<Record<TeachingMode, number>> = { online: 1, hybrid: 0.4, 'on-site': 0.1 };

/** The usual counts like so many people's past: one small seminar does not say all about the next. */
const weightOfUsual = 10;
/** Guests are on no roster; where they are let in to more than to look, they are a part of what the room holds. */
const guestsOfCapacity: Readonly<Partial<Record<LessonKind, number>>> = {
  meeting: 0.05,
  defence: 0.05,
  conference: 0.2,
  'public-event': 0.2,
};
/** Of students who may show themselves, those who do; and the cameras that a page has place for. */
const camerasOn = 0.4;
const camerasShown = 9;
/** In an examination every camera is on, and only those who watch see them. */
const shownToEach: Readonly<Partial<Record<LessonKind, number>>> = { examination: 1, consultation: 2 };
/** The teacher's camera and the screen. */
const teachersPictures = 2;

/** Most of the time one voice is heard. */
const voices = 1;

export function expectedOf(lesson: PlannedLesson, past: Turnout | null): Expected {
  const usual = usualTurnout[lesson.kind] * online[lesson.mode];
  const share = ((past?.came ?? 0) + usual * weightOfUsual) / ((past?.expected ?? 0) + weightOfUsual);
  const guests = lesson.rules.guests ? lesson.rules.capacity * (guestsOfCapacity[lesson.kind] ?? 0) : 0;
  // Teachers come as well; nobody beyond the capacity does.
  const viewers = Math.min(Math.ceil(lesson.roster * Math.min(1, share) + guests) + 1, lesson.rules.capacity + 1);
  const pictures = shownToEach[lesson.kind] ?? teachersPictures + camerasOf(lesson, viewers);
  return { viewers, pictures, consumers: viewers * (voices + pictures) };
}

function camerasOf({ rules }: PlannedLesson, viewers: number): number {
  return rules.students.camera ? Math.min(camerasShown, Math.round((viewers - 1) * camerasOn)) : 0;
}
