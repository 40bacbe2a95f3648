// The electronic journal: a line for each student in each judged lesson, in pages that can be asked for one after the other.
import type { z } from 'zod';
import { Verdict } from '../contract/attendance.ts';
import { Refused } from '../contract/reply.ts';
import type { Journal, JournalLine, JournalQuery } from '../contract/reports.ts';
import { LessonKind } from '../contract/timetable.ts';
import type { Asking } from '../timetable/who.ts';
import type { JournalFilter, JournalLesson, JournalStore } from './journal.store.ts';
import type { Named, NamedPerson, NamesStore } from './names.store.ts';
import { onlyIn } from './open.ts';
import type { Span } from './period.ts';
import type { Periods } from './periods.ts';
import type { ReportRights } from './rights.service.ts';
import { tenth } from './tally.ts';
import { turns } from './turns.ts';

type Query = z.output<typeof JournalQuery>;
type Line = z.input<typeof JournalLine>;

export const journalPage = 500;
const lessonsAtOnce = 25;

interface Place {
  readonly startsAt: number;
  readonly lessonId: string;
  /** Null: the lesson has been read to its end. */
  readonly personId: string | null;
}
interface Found {
  readonly lesson: JournalLesson;
  readonly personId: string;
  readonly verdict: string;
  readonly minutes: number;
}

export class JournalService {
  readonly #store: JournalStore;
  readonly #names: NamesStore;
  readonly #rights: ReportRights;
  readonly #periods: Periods;

  constructor(options: {
    readonly store: JournalStore;
    readonly names: NamesStore;
    readonly rights: ReportRights;
    readonly periods: Periods;
  }) {
    this.#store = options.store;
    this.#names = options.names;
    this.#rights = options.rights;
    this.#periods = options.periods;
  }

  /** Q8 */
  async page(asking: Asking, query: Query): Promise<z.input<typeof Journal>> {
    const { span } = await this.#periods.find(query);
    return this.#page(await this.#filter(asking, query, span), span, placeOf(query.after));
  }

  async #filter(asking: Asking, { courseId, groupId }: Query, span: Span): Promise<JournalFilter> {
    if (courseId !== undefined) await this.#rights.course(asking, courseId, span);
    if (groupId !== undefined) {
      const { courseIds } = await this.#rights.group(asking, groupId, span);
      return { open: 'every', courseIds: onlyIn(courseIds, courseId), groupId };
    }
    const open = courseId === undefined ? await this.#rights.lessons(asking, span) : 'every';
    return { open, courseIds: onlyIn('every', courseId) };
  }

  async #page(filter: JournalFilter, span: Span, after: Place): Promise<z.input<typeof Journal>> {
    const found: Found[] = [];
    const turn = turns();
    let place = after;
    let isOver = false;
    while (found.length <= journalPage && !isOver) {
      const lessons = await this.#store.lessons(filter, span, place, lessonsAtOnce);
      isOver = lessons.length < lessonsAtOnce;
      for (const lesson of lessons) {
        if (found.length > journalPage) break;
        const personId = lesson.id === place.lessonId ? place.personId : '';
        if (personId === null) continue;
        const students = await this.#store.students(lesson.id, personId, filter.groupId, journalPage + 1 - found.length);
        found.push(...students.map((student) => ({ lesson, ...student })));
        await turn();
      }
      const last = lessons.at(-1);
      // Unless the page is full, and then nobody asks from there.
      if (last) place = { startsAt: last.startsAt, lessonId: last.id, personId: null };
    }
    const lines = await this.#lines(found.slice(0, journalPage));
    const end = found[journalPage - 1];
    const isMore = found.length > journalPage && end !== undefined;
    return { lines, next: isMore ? `${end.lesson.startsAt}.${end.lesson.id}.${end.personId}` : null };
  }

  async #lines(found: readonly Found[]): Promise<Line[]> {
    const lessonIds = [...new Set(found.map(({ lesson }) => lesson.id))];
    const personIds = [...new Set(found.map(({ personId }) => personId))];
    const lessonGroups = await this.#store.groupIdsOf(lessonIds);
    const people = await this.#names.people([...personIds, ...found.map(({ lesson }) => lesson.teacherId)]);
    const groups = await this.#names.groupsOf(personIds);
    return found.map((one) =>
      this.#line(one, { people, groups: groups.get(one.personId) ?? [], ofLesson: lessonGroups.get(one.lesson.id) }),
    );
  }

  #line(
    { lesson, personId, verdict, minutes }: Found,
    known: {
      readonly people: ReadonlyMap<string, NamedPerson>;
      readonly groups: readonly Named[];
      readonly ofLesson: ReadonlySet<string> | undefined;
    },
  ): Line {
    const there = known.groups.filter(({ id }) => known.ofLesson?.has(id));
    const student = known.people.get(personId);
    return {
      ...{ lessonId: lesson.id, lessonExternalId: lesson.externalId, date: this.#periods.dayOf(lesson.startsAt) },
      ...{ startsAt: this.#periods.timeOf(lesson.startsAt), endsAt: this.#periods.timeOf(lesson.endsAt) },
      ...{ courseCode: lesson.courseCode, courseTitle: lesson.courseTitle, kind: LessonKind.parse(lesson.kind) },
      group: (there.length > 0 ? there : known.groups).map(({ name }) => name).join(', '),
      ...{ studentId: personId, studentExternalId: student?.externalId ?? null, studentName: student?.name ?? '' },
      ...{ verdict: Verdict.parse(verdict), minutes: tenth(minutes) },
      teacherName: known.people.get(lesson.teacherId)?.name ?? '',
      signedAt: lesson.signedAt === null ? null : this.#periods.timeOf(lesson.signedAt),
    };
  }
}

/** Throws `Refused('bad-request')` for what is no `next` of ours. */
function placeOf(after: string | undefined): Place {
  if (after === undefined) return { startsAt: 0, lessonId: '', personId: '' };
  const [, startsAt, lessonId, personId] = /^(\d{1,15})\.([\w-]{1,64})\.([\w-]{1,64})$/.exec(after) ?? [];
  if (startsAt === undefined || lessonId === undefined || personId === undefined)
    throw new Refused('bad-request', 'This is no place in the journal', { field: 'after' });
  return { startsAt: Number(startsAt), lessonId, personId };
}
