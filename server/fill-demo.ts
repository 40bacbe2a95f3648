// Fills an empty database with the demo university, so that a class is two clicks away.
import type { Kysely } from 'kysely';
import type { z } from 'zod';
import type { FirstRunDone } from './contract/identity.ts';
import { type Instant, PersonId } from './contract/ids.ts';
import { Refused } from './contract/reply.ts';
import type { Database } from './database/tables.ts';
import { generatePassword, Passwords } from './identity/passwords.ts';
import { PersonStore } from './identity/person.store.ts';
import { demoUniversity } from './timetable/demo.ts';
import { insertLessons } from './timetable/timetable.store.ts';

export type DemoCredential = z.output<typeof FirstRunDone>['credentials'][number];

export interface DemoOptions {
  readonly db: Kysely<Database>;
  readonly now: Instant;
  /** IANA name, such as `Asia/Almaty`. */
  readonly timeZone: string;
  /** One password for all; missing: a fresh one for each. */
  readonly password?: string;
}

/** Throws `Refused('already-set-up')` unless the database is empty. All or nothing. */
export async function fillDemo({ db, now, timeZone, password }: DemoOptions): Promise<{ readonly credentials: DemoCredential[] }> {
  await refuseUnlessEmpty(db);
  const university = demoUniversity(now, timeZone);
  const passwords = new Passwords();
  const people = await Promise.all(
    university.people.map(async (person) => {
      const own = person.signsIn ? (password ?? generatePassword()) : null;
      return { ...person, own, passwordHash: own === null ? null : await passwords.hash(own) };
    }),
  );

  const personIds = idsFor(
    'person',
    people.map((person) => person.signInName),
  );
  const groupIds = idsFor('group', university.groups);
  const courseIds = idsFor('course', Object.keys(university.courses));
  const facultyId = 'demo-faculty-1';

  await db.transaction().execute(async (trx) => {
    await refuseUnlessEmpty(trx);
    const rows = people.map(({ signInName, displayName, language, role, passwordHash }) => ({
      id: PersonId.parse(personIds(signInName)),
      signInName,
      displayName,
      email: null,
      language,
      roles: [role],
      passwordHash,
      createdAt: now,
      secondFactorExempt: true,
    }));
    if (!(await new PersonStore(trx).add(rows))) throw new Refused('already-set-up', 'The database has people already');
    await trx.insertInto('faculty').values({ id: facultyId, name: university.faculty }).execute();
    await trx
      .insertInto('student_group')
      .values(university.groups.map((name) => ({ id: groupIds(name), faculty_id: facultyId, name })))
      .execute();
    await trx
      .insertInto('group_member')
      .values(
        people.flatMap(({ signInName, group }) =>
          group === null ? [] : [{ group_id: groupIds(group), person_id: personIds(signInName) }],
        ),
      )
      .execute();
    await trx
      .insertInto('course')
      .values(
        Object.entries(university.courses).map(([key, { code, title }]) => ({ id: courseIds(key), faculty_id: facultyId, code, title })),
      )
      .execute();
    await trx
      .insertInto('enrolment')
      .values({ course_id: courseIds('algorithms'), person_id: personIds('assistant'), role: 'assistant' })
      .execute();
    await insertLessons(
      trx,
      university.lessons.map(({ course, teacher, groups, ...lesson }, index) => ({
        ...lesson,
        id: `demo-lesson-${index + 1}`,
        courseId: courseIds(course),
        teacherId: personIds(teacher),
        groupIds: groups.map(groupIds),
        createdBy: null,
        createdAt: now,
      })),
    );
  });

  return {
    credentials: people.flatMap(({ signInName, displayName, role, own }) =>
      own === null ? [] : [{ signInName, displayName, role, password: own }],
    ),
  };
}

async function refuseUnlessEmpty(db: Kysely<Database>): Promise<void> {
  if (!(await new PersonStore(db).isEmpty())) throw new Refused('already-set-up', 'The database has people already');
}

function idsFor(what: string, names: readonly string[]): (name: string) => string {
  const ids = new Map(names.map((name, index) => [name, `demo-${what}-${index + 1}`]));
  return (name) => {
    const id = ids.get(name);
    if (id === undefined) throw new Error(`The demo university has no ${what} ${name}`);
    return id;
  };
}
