// Fills an empty database with the demo university, so that a class is two clicks away.
import type { Kysely } from 'kysely';
import type { z } from 'zod';
import type { FirstRunDone } from './contract/identity.ts';
import { type Instant, PersonId } from './contract/ids.ts';
import { Refused } from './contract/reply.ts';
import type { Database } from './database/tables.ts';
import { fillDemoPast } from './fill-demo-past.ts';
import { fillDemoCatalogue, fillDemoPlan } from './fill-demo-plan.ts';
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

  const ids = {
    person: idsFor(
      'person',
      people.map((person) => person.signInName),
    ),
    group: idsFor('group', university.groups),
    course: idsFor('course', Object.keys(university.courses)),
  };

  await db.transaction().execute(async (trx) => {
    await refuseUnlessEmpty(trx);
    const rows = people.map(({ signInName, displayName, language, role, passwordHash }) => ({
      id: PersonId.parse(ids.person(signInName)),
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
    await fillDemoCatalogue(trx, university, ids);
    await trx
      .insertInto('group_member')
      .values(
        people.flatMap(({ signInName, group }) =>
          group === null ? [] : [{ group_id: ids.group(group), person_id: ids.person(signInName) }],
        ),
      )
      .execute();
    await trx
      .insertInto('enrolment')
      .values({ course_id: ids.course('algorithms'), person_id: ids.person('assistant'), role: 'assistant' })
      .execute();
    const { course, teacher, groups, ...running } = university.running;
    const of = { courseId: ids.course(course), teacherId: ids.person(teacher), groupIds: groups.map(ids.group) };
    await insertLessons(trx, [{ ...running, ...of, id: 'demo-lesson-1', createdBy: null, createdAt: now }]);
    await fillDemoPlan(trx, university, { ids, now, timeZone });
  });
  // By itself: were it cut short, the university would be whole, and only poorer in history.
  await fillDemoPast(db, { now, gone: university.gone });

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
