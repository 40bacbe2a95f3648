// Names people and groups of a recorded roster, which holds ids only, in the order of a roster.
import type { Kysely } from 'kysely';
import type { Database } from '../database/tables.ts';
import type { RecordedPerson } from './acts.ts';
import type { Expected } from './lesson.ts';

const order: readonly Expected['role'][] = ['teacher', 'assistant', 'student'];

export class ExpectedStore {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /** Who is not to be found any more has an empty name. */
  async named(people: readonly RecordedPerson[]): Promise<Expected[]> {
    const groupIds = [...new Set(people.flatMap((person) => person.groupIds))];
    const personIds = people.map((person) => person.personId);
    const [persons, groups] = await Promise.all([
      personIds.length === 0
        ? []
        : this.#db.selectFrom('person').select(['id', 'display_name', 'sort_key']).where('id', 'in', personIds).execute(),
      groupIds.length === 0
        ? []
        : this.#db.selectFrom('student_group').select(['id', 'name', 'sort_key']).where('id', 'in', groupIds).execute(),
    ]);
    const names = new Map(persons.map((row) => [row.id, row]));
    const groupNames = groups.toSorted((a, b) => compare(a.sort_key, b.sort_key));
    return people
      .map(({ personId, role, groupIds: own }) => ({
        expected: {
          ...{ personId, role, name: names.get(personId)?.display_name ?? '' },
          groups: groupNames.filter(({ id }) => own.includes(id)).map(({ name }) => name),
        },
        key: names.get(personId)?.sort_key ?? '',
      }))
      .sort((a, b) => order.indexOf(a.expected.role) - order.indexOf(b.expected.role) || compare(a.key, b.key))
      .map(({ expected }) => expected);
  }
}

/** Sort keys are made to be compared letter by letter, alike on both databases. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
