// A database with so many lessons that run now, each with its teacher and its group, and everybody signed in.

import { createHash } from 'node:crypto';
import type { Insertable, Kysely } from 'kysely';
import { LessonId, PersonId } from '../../../server/contract/ids.ts';
import type { RoomRules } from '../../../server/contract/timetable.ts';
import type { Database } from '../../../server/database/tables.ts';
import { kindDefaults } from '../../../server/timetable/kind-defaults.ts';

export const lessonOf = (room: number): LessonId => LessonId.parse(`lesson-${room}`);

/** Seat 0 is the teacher's. */
export const personOf = (room: number, seat: number): PersonId => PersonId.parse(`person-${room}-${seat}`);

/** What signing in would have given; the database holds its hash. */
export const sessionOf = (room: number, seat: number): string => `session-of-room-${room}-seat-${seat}`.padEnd(43, '_');

const rulesOf = (capacity: number): RoomRules => ({
  ...kindDefaults.laboratory,
  ...{ recording: 'never', lobby: 'outsiders', guests: false, capacity },
});

const atATime = 50;

export async function fillUniversity(db: Kysely<Database>, rooms: number, perRoom: number, now: number): Promise<void> {
  const places = Array.from({ length: rooms * perRoom }, (_, index) => ({ room: Math.floor(index / perRoom), seat: index % perRoom }));
  await db.insertInto('faculty').values({ id: 'faculty', name: 'Physics' }).execute();
  await db.insertInto('course').values({ id: 'course', faculty_id: 'faculty', code: 'PHY1', title: 'Optics' }).execute();
  await inPortions(places, (some) =>
    db
      .insertInto('person')
      .values(some.map((place) => personRow(place, now)))
      .execute(),
  );
  await inPortions(places, (some) =>
    db
      .insertInto('session')
      .values(some.map((place) => sessionRow(place, now)))
      .execute(),
  );
  for (let room = 0; room < rooms; room += 1) {
    const group = `group-${room}`;
    await db.insertInto('student_group').values({ id: group, faculty_id: 'faculty', name: group }).execute();
    const students = places.filter((place) => place.room === room && place.seat > 0);
    await inPortions(students, (some) =>
      db
        .insertInto('group_member')
        .values(some.map(({ seat }) => ({ group_id: group, person_id: personOf(room, seat) })))
        .execute(),
    );
    await db
      .insertInto('lesson')
      .values(lessonRow(room, perRoom + 10, now))
      .execute();
    await db
      .insertInto('lesson_group')
      .values({ lesson_id: lessonOf(room), group_id: group })
      .execute();
  }
}

interface Place {
  readonly room: number;
  readonly seat: number;
}

function personRow({ room, seat }: Place, now: number): Insertable<Database['person']> {
  const id = personOf(room, seat);
  return {
    ...{ id, sign_in_name: id, display_name: `Name of ${id}`, sort_key: id, search_text: id, email: null, language: null },
    ...{ roles: seat === 0 ? '["teacher"]' : '["student"]', password_hash: null, disabled: 0, created_at: now },
  };
}

function sessionRow({ room, seat }: Place, now: number): Insertable<Database['session']> {
  return {
    token_hash: createHash('sha256').update(sessionOf(room, seat)).digest('hex'),
    person_id: personOf(room, seat),
    ...{ created_at: now, last_seen_at: now, expires_at: now + 24 * 3_600_000, user_agent: 'bench', address: '127.0.0.1' },
  };
}

function lessonRow(room: number, capacity: number, now: number): Insertable<Database['lesson']> {
  return {
    ...{ id: lessonOf(room), course_id: 'course', kind: 'laboratory', title: 'Diffraction', teacher_id: personOf(room, 0) },
    ...{ starts_at: now - 60_000, ends_at: now + 3 * 3_600_000, extended_to: null, ended_at: null, cancelled: 0 },
    ...{ rules: JSON.stringify(rulesOf(capacity)), guest_link_hash: null, guest_link: null, created_by: null, created_at: now },
  };
}

/** SQLite takes only so many values in one statement. */
async function inPortions<T>(all: readonly T[], insert: (some: T[]) => Promise<unknown>): Promise<void> {
  for (let at = 0; at < all.length; at += atATime) await insert(all.slice(at, at + atATime));
}
