// A university with a week of lessons behind it and hundreds that run now, straight into the database.
import type { Kysely } from 'kysely';
import { ConnectionId, LessonId, ParticipantId, PersonId } from '../../../server/contract/ids.ts';
import { inPieces } from '../../../server/database/pieces.ts';
import type { Database } from '../../../server/database/tables.ts';
import type { Fact } from '../../../server/facts.ts';
import { kindDefaults } from '../../../server/timetable/kind-defaults.ts';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
const slotMs = 60 * minuteMs;
const faculties = 16;
const pieces = 1000;

export interface Size {
  /** At the same time. */
  readonly lessons: number;
  readonly students: number;
  readonly days: number;
  readonly slotsOfDay: number;
}

const teacher = (lesson: number) => PersonId.parse(`t-${lesson}`);
const student = (lesson: number, number: number) => PersonId.parse(`s-${lesson}-${number}`);
const lessonOfNow = (lesson: number) => LessonId.parse(`now-${lesson}`);

/** Lessons of now begin at `startsAt`; those of the days before were watched, every fifth with trouble. */
export async function fillWeek(db: Kysely<Database>, { lessons, students, days, slotsOfDay }: Size, startsAt: number): Promise<void> {
  const all = Array.from({ length: lessons }, (_, index) => index);
  const person = (id: string, role: string) => ({
    ...{ id, sign_in_name: id, display_name: `Name of ${id}`, sort_key: id, search_text: id },
    ...{ email: null, language: null, roles: JSON.stringify([role]), password_hash: null, disabled: 0, created_at: 0 },
  });
  const people = all.flatMap((lesson) => [
    person(teacher(lesson), 'teacher'),
    ...Array.from({ length: students }, (_, number) => person(student(lesson, number), 'student')),
  ]);
  for (const part of inPieces(people, pieces)) await db.insertInto('person').values(part).execute();
  const faculty = (number: number) => `f-${number % faculties}`;
  const named = Array.from({ length: faculties }, (_, index) => ({ id: faculty(index), name: `Faculty ${index}` }));
  await db.insertInto('faculty').values(named).execute();
  for (const part of inPieces(all, pieces)) {
    await db
      .insertInto('course')
      .values(part.map((id) => ({ id: `c-${id}`, faculty_id: faculty(id), code: `C${id}`, title: `Course ${id}` })))
      .execute();
    await db
      .insertInto('student_group')
      .values(part.map((id) => ({ id: `g-${id}`, faculty_id: faculty(id), name: `G-${id}` })))
      .execute();
  }
  const members = all.flatMap((lesson) =>
    Array.from({ length: students }, (_, number) => ({ group_id: `g-${lesson}`, person_id: student(lesson, number) })),
  );
  for (const part of inPieces(members, pieces)) await db.insertInto('group_member').values(part).execute();
  const lesson = (id: string, number: number, at: number) => ({
    ...{ id, course_id: `c-${number}`, kind: 'lecture', title: `Lesson ${number}`, starts_at: at, ends_at: at + 50 * minuteMs },
    ...{ extended_to: null, ended_at: null, cancelled: 0, teacher_id: teacher(number), rules: JSON.stringify(kindDefaults.lecture) },
    ...{ guest_link_hash: null, guest_link: null, created_by: null, created_at: 0 },
  });
  const slots = Array.from(
    { length: days * slotsOfDay },
    (_, index) => startsAt - (1 + Math.floor(index / slotsOfDay)) * dayMs + (index % slotsOfDay) * slotMs,
  );
  const before = slots.flatMap((at, slot) => all.map((number) => lesson(`l-${slot}-${number}`, number, at)));
  const now = all.map((number) => lesson(lessonOfNow(number), number, startsAt));
  for (const part of inPieces([...before, ...now], pieces)) {
    await db.insertInto('lesson').values(part).execute();
    const groups = part.map(({ id, course_id }) => ({ lesson_id: id, group_id: course_id.replace('c-', 'g-') }));
    await db.insertInto('lesson_group').values(groups).execute();
  }
  const kept = before.map(({ id, starts_at }) => ({
    ...{
      lesson_id: id,
      watched_since: 0,
      held: 1,
      begun_at: starts_at,
      ended_at: null,
      came: students - 3,
      expected: students,
      led_by: null,
    },
  }));
  for (const part of inPieces(kept, pieces)) await db.insertInto('lesson_situation').values(part).execute();
  const troubles = before
    .filter((_, index) => index % 5 === 0)
    .map(({ id, starts_at }) => ({ lesson_id: id, kind: 'teacher-absent', source: '', since: starts_at, until: starts_at + 7 * minuteMs }));
  for (const part of inPieces(troubles, pieces)) await db.insertInto('lesson_trouble').values(part).execute();
}

/** Everybody of a lesson comes in; the teacher of every twentieth does not. */
export function arrivals(lesson: number, students: number, at: number): Fact[] {
  const comers = [
    ...(lesson % 20 === 0 ? [] : [teacher(lesson)]),
    ...Array.from({ length: students }, (_, number) => student(lesson, number)),
  ];
  return [
    { type: 'room-opened', lessonId: lessonOfNow(lesson), at },
    ...comers.flatMap((personId): Fact[] => {
      const of = ofPerson(lesson, personId, at);
      const role = personId.startsWith('t-') ? 'teacher' : 'student';
      return [
        { type: 'participant-joined', ...of, name: personId, role },
        { type: 'connection-opened', ...of, device: '', address: '' },
      ];
    }),
  ];
}

/** Somebody begins to speak, or stops. */
export function speech(lesson: number, speaks: boolean, at: number): Fact {
  const { participantId } = ofPerson(lesson, student(lesson, 0), at);
  return { type: 'speakers-changed', lessonId: lessonOfNow(lesson), at, speakers: speaks ? [participantId] : [] };
}

function ofPerson(lesson: number, personId: PersonId, at: number) {
  const lessonId = lessonOfNow(lesson);
  return { lessonId, at, personId, participantId: ParticipantId.parse(`p-${personId}`), connectionId: ConnectionId.parse(`c-${personId}`) };
}
