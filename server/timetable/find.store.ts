// Finds groups, teachers, courses, places and faculties by what somebody types, in the database and in Kazakh order.
import { type Kysely, type SelectQueryBuilder, sql } from 'kysely';
import type { Database } from '../database/tables.ts';
import { searchPatterns, searchText } from '../database/text.ts';

const mostFound = 20;

export interface FindQuery {
  readonly search: string;
  readonly facultyId?: string | undefined;
  /** Only this one, whatever the search. */
  readonly id?: string | undefined;
}

export interface FoundRow {
  readonly id: string;
  readonly name: string;
  readonly detail: string;
}

export class FindStore {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  async groups({ facultyId, ...query }: FindQuery): Promise<FoundRow[]> {
    return this.#db
      .selectFrom('student_group as found')
      .innerJoin('faculty', 'faculty.id', 'found.faculty_id')
      .select(['found.id', 'found.name', 'faculty.name as detail'])
      .$if(facultyId !== undefined, (narrowed) => narrowed.where('found.faculty_id', '=', facultyId ?? ''))
      .$call(firstFound(query))
      .execute();
  }

  async courses({ facultyId, ...query }: FindQuery): Promise<FoundRow[]> {
    return this.#db
      .selectFrom('course as found')
      .select(['found.id', 'found.title as name', 'found.code as detail'])
      .$if(facultyId !== undefined, (narrowed) => narrowed.where('found.faculty_id', '=', facultyId ?? ''))
      .$call(firstFound(query))
      .execute();
  }

  async faculties(query: FindQuery): Promise<FoundRow[]> {
    return this.#db
      .selectFrom('faculty as found')
      .select(['found.id', 'found.name', sql<string>`''`.as('detail')])
      .$call(firstFound(query))
      .execute();
  }

  async places(query: FindQuery): Promise<FoundRow[]> {
    return this.#db
      .selectFrom('place as found')
      .select(['found.id', 'found.name', 'found.building as detail'])
      .$call(firstFound(query))
      .execute();
  }

  /** People who teach; with a faculty, those who teach a course of it now or ever. The detail is the sign-in name. */
  async teachers({ facultyId, ...query }: FindQuery): Promise<FoundRow[]> {
    const ofFaculty = this.#db
      .selectFrom('lesson')
      .innerJoin('course', 'course.id', 'lesson.course_id')
      .select('lesson.teacher_id')
      .where('course.faculty_id', '=', facultyId ?? '');
    return this.#db
      .selectFrom('person as found')
      .select(['found.id', 'found.display_name as name', 'found.sign_in_name as detail'])
      .where('found.roles', 'like', '%"teacher"%')
      .where('found.disabled', '=', 0)
      .$if(facultyId !== undefined, (narrowed) => narrowed.where('found.id', 'in', ofFaculty))
      .$call(firstFound(query))
      .execute();
  }
}

/** Of the table that the query calls `found`: those that fit, best first. */
function firstFound<DB, TB extends keyof DB, O>(query: FindQuery) {
  return (all: SelectQueryBuilder<DB, TB, O>) =>
    all.where(fits(query)).orderBy(best(query)).orderBy(sql`found.sort_key`).orderBy(sql`found.id`).limit(mostFound);
}

/** Every word of the search, anywhere. */
function fits({ search, id }: FindQuery) {
  if (id !== undefined) return sql<boolean>`found.id = ${id}`;
  const words = searchPatterns(search).map((pattern) => sql`found.search_text like ${pattern} escape '\\'`);
  return words.length === 0 ? sql<boolean>`1 = 1` : sql<boolean>`${sql.join(words, sql` and `)}`;
}

/** What begins with the search comes before what has it somewhere. */
function best({ search }: FindQuery) {
  const start = searchText(search);
  return sql<number>`case when substr(found.search_text, 1, ${sql.lit(start.length)}) = ${start} then 0 else 1 end`;
}
