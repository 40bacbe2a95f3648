// The page of a course: its people, the lesson that its lasting link leads to, its recordings and its attendance.
import type { z } from 'zod';
import type { Person } from '../contract/identity.ts';
import { type CourseId, type Instant, LessonId } from '../contract/ids.ts';
import type { RecordingSummary } from '../contract/recording.ts';
import { Refused } from '../contract/reply.ts';
import type { CourseAttendance, CourseNow, CoursePage, RoleInLesson } from '../contract/timetable.ts';
import type { Clock } from '../ports/clock.ts';
import type { CoursePageStore, Lessons } from './course-page.store.ts';
import type { LessonView } from './lesson.ts';
import type { RosterStore } from './roster.store.ts';
import type { TimetableService } from './timetable.service.ts';
import { mayOpenRegister, roleIn, seesAll } from './who.ts';

type Asking = Pick<Person, 'id' | 'roles' | 'roleFaculties'>;

const dayMs = 24 * 3_600_000;
/** A term and its examinations: who taught the course years ago is not who teaches it. */
const currentMs = 200 * dayMs;
/** For as long after their end the door may be open. */
const doorMs = 3 * 3_600_000;
const mostComing = 200;
const mostJudged = 60;
const mostRecorded = 60;

/** What the course page needs of the register, and of the recordings. */
export interface OfLessons {
  /** Null for whoever is not in it. */
  register(person: Asking, id: LessonId, now: Instant): Promise<RegisterOfLesson | null>;
  /** Those of the lessons that the person may watch. */
  recordings(person: Asking, ids: readonly string[]): Promise<readonly RecordingSummary[]>;
}
export interface RegisterOfLesson {
  readonly totals: {
    readonly expected: number;
    readonly present: number;
    readonly late: number;
    readonly leftEarly: number;
    readonly absent: number;
  };
  readonly rows: readonly { readonly personId: string; readonly verdict: string; readonly minutes: number }[];
}

export interface CoursePageOptions {
  readonly store: CoursePageStore;
  readonly rosters: Pick<RosterStore, 'tiesOf'>;
  readonly timetable: Pick<TimetableService, 'viewsOf'>;
  readonly lessons: OfLessons;
  readonly clock: Pick<Clock, 'now'>;
}

export class CoursePageService {
  readonly #options: CoursePageOptions;

  constructor(options: CoursePageOptions) {
    this.#options = options;
  }

  async page(person: Asking, id: CourseId, origin: string): Promise<z.input<typeof CoursePage>> {
    const { store, clock } = this.#options;
    const course = await this.#course(id);
    const now = clock.now();
    const since = Math.min(now, (await store.latest(id, now)) ?? now) - currentMs;
    const [teachers, groups, lessons] = await Promise.all([store.teachers(id, since), store.groups(id, since), store.counts(id, now)]);
    const role = await this.#roleIn(person, { ...course, teachers, groups });
    return { course, teachers, groups, link: `${origin}/courses/${id}`, role, lessons };
  }

  /** C13: one's own before those of others; one that runs, else one whose door opens or is still open, else the next. */
  async now(person: Asking, id: CourseId): Promise<z.input<typeof CourseNow>> {
    await this.#course(id);
    const own = (await this.#open(person, await this.#ownLessons(person, id))).filter(({ role }) => role !== 'none' && role !== 'observer');
    const open = own.length > 0 ? own : await this.#open(person, { courseId: id, ownOf: null });
    const [lesson = null] = open.sort((a, b) => rankOf(a) - rankOf(b) || a.startsAt - b.startsAt);
    return { lesson };
  }

  async recordings(person: Asking, id: CourseId) {
    const { store, lessons, clock } = this.#options;
    const { faculty } = await this.#course(id);
    const of = await this.#shownLessons(person, id, faculty.id);
    const views = await this.#options.timetable.viewsOf(person, await store.past(of, clock.now(), mostRecorded, 'recorded'));
    const titles = new Map(views.map(({ id: lessonId, title }) => [lessonId, title]));
    const found = await lessons.recordings(person, [...titles.keys()]);
    const recordings = found.map((recording) => ({ ...recording, lessonTitle: titles.get(recording.lessonId) ?? '' }));
    return { recordings: recordings.sort((a, b) => b.startedAt - a.startedAt) };
  }

  /** Of the last 60 lessons that are over. A student sees the own rows only (A12). */
  async attendance(person: Asking, id: CourseId): Promise<z.input<typeof CourseAttendance>> {
    const { store, clock, lessons } = this.#options;
    const { faculty } = await this.#course(id);
    const now = clock.now();
    const of = await this.#shownLessons(person, id, faculty.id);
    const views = await this.#options.timetable.viewsOf(person, await store.past(of, now, mostJudged, 'all'));
    const judged: z.input<typeof CourseAttendance>['lessons'] = [];
    for (const { id: lessonId, title, startsAt, phase, role } of views) {
      if (phase !== 'ended') continue;
      const isStaff = mayOpenRegister(role, person, faculty.id);
      if (!isStaff && role !== 'student') continue;
      const register = await lessons.register(person, LessonId.parse(lessonId), now);
      // A register is computed from a long trace; in between others get their turn.
      await new Promise((next) => setImmediate(next));
      const own = register?.rows.find(({ personId }) => personId === person.id);
      const { expected: roster, present, late, leftEarly, absent } = register?.totals ?? none;
      judged.push({
        ...{ lessonId, title, startsAt },
        own: isStaff || own === undefined ? null : { verdict: own.verdict, minutes: own.minutes },
        totals: isStaff ? { roster, present, late, leftEarly, absent } : null,
      });
    }
    return { lessons: judged };
  }

  /** Those that may be entered, now or later. */
  async #open(person: Asking, lessons: Lessons): Promise<LessonView[]> {
    const { store, clock, timetable } = this.#options;
    const views = await timetable.viewsOf(person, await store.coming(lessons, clock.now() - doorMs, mostComing));
    return views.filter((view) => view.canEnter || view.phase === 'planned' || view.phase === 'door-open');
  }

  /** Of who is enrolled in the course, all. */
  async #ownLessons(person: Asking, courseId: CourseId): Promise<Lessons> {
    const { enrolments } = await this.#options.rosters.tiesOf(person.id);
    return { courseId, ownOf: enrolments.has(courseId) ? null : person.id };
  }

  async #shownLessons(person: Asking, courseId: CourseId, facultyId: string): Promise<Lessons> {
    return seesAll(person, facultyId) ? { courseId, ownOf: null } : this.#ownLessons(person, courseId);
  }

  async #course(id: CourseId) {
    const course = await this.#options.store.course(id);
    if (course === null) throw new Refused('not-found', 'There is no such course');
    return course;
  }

  /** The role in any of its lessons. */
  async #roleIn(person: Asking, course: OfCourse): Promise<RoleInLesson> {
    const teacherId = course.teachers.find(({ id }) => id === person.id)?.id ?? '';
    const of = { teacherId, courseId: course.id, facultyId: course.faculty.id, groupIds: course.groups.map(({ id }) => id) };
    return roleIn(of, person, await this.#options.rosters.tiesOf(person.id));
  }
}

interface OfCourse {
  readonly id: string;
  readonly faculty: { readonly id: string };
  readonly teachers: readonly { readonly id: string }[];
  readonly groups: readonly { readonly id: string }[];
}

const none: RegisterOfLesson['totals'] = { expected: 0, present: 0, late: 0, leftEarly: 0, absent: 0 };

function rankOf({ phase }: LessonView): number {
  if (phase === 'running') return 0;
  if (phase === 'door-open') return 1;
  return phase === 'ended' ? 2 : 3;
}
