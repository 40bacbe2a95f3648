// Keeps the reports of connection tests that people sent. Old ones are removed by `privacy`.
import { type Kysely, sql } from 'kysely';
import { z } from 'zod';
import { type ConnectionReport, type ConnectionReportsQuery, TestResult, Verdict } from '../contract/connection-test.ts';
import { type Instant, PersonId } from '../contract/ids.ts';
import type { Database } from '../database/tables.ts';
import { searchPatterns, searchText } from '../database/text.ts';

type Query = z.output<typeof ConnectionReportsQuery>;
type Filter = Omit<Query, 'limit' | 'before'>;

export class ReportStore {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  async add({ id, at, person, address, userAgent, note, verdict, result }: ConnectionReport): Promise<void> {
    await this.#db
      .insertInto('connection_report')
      .values({
        ...{ id, at, address, note, verdict, person_id: person.id, user_agent: userAgent },
        search_text: searchText(note, address),
        result: JSON.stringify(result),
      })
      .execute();
  }

  /** Newest first. */
  async page({ before, limit, ...filter }: Query): Promise<ConnectionReport[]> {
    let page = this.#matching(filter)
      .select(['connection_report.id', 'at', 'person_id', 'display_name', 'address', 'user_agent', 'note', 'verdict', 'result'])
      .orderBy('at', 'desc')
      .orderBy('connection_report.id', 'desc')
      .limit(limit);
    const place = placeOf(before);
    if (place !== null)
      page = page.where((e) => e.or([e('at', '<', place.at), e.and([e('at', '=', place.at), e('connection_report.id', '<', place.id)])]));
    const rows = await page.execute();
    return rows.map((row) => ({
      ...{ id: row.id, at: row.at, address: row.address, userAgent: row.user_agent, note: row.note },
      person: { id: PersonId.parse(row.person_id), name: row.display_name },
      verdict: Verdict.parse(row.verdict),
      result: TestResult.parse(JSON.parse(row.result)),
    }));
  }

  async count(filter: Filter): Promise<number> {
    const { total } = await this.#matching(filter)
      .select((e) => e.fn.countAll<number>().as('total'))
      .executeTakeFirstOrThrow();
    return Number(total);
  }

  #matching({ search, verdict, from, to }: Filter) {
    let matching = this.#db.selectFrom('connection_report').innerJoin('person', 'person.id', 'person_id');
    if (verdict !== undefined) matching = matching.where('verdict', '=', verdict);
    if (from !== undefined) matching = matching.where('at', '>=', from);
    if (to !== undefined) matching = matching.where('at', '<', to);
    for (const pattern of searchPatterns(search ?? ''))
      matching = matching.where(
        sql<boolean>`(person.search_text like ${pattern} escape '\\' or connection_report.search_text like ${pattern} escape '\\')`,
      );
    return matching;
  }
}

/** Where a page ends, as it is handed to whoever asks for the next. */
export function placeAfter({ at, id }: { readonly at: Instant; readonly id: string }): string {
  return `${at}:${id}`;
}

const Place = z.tuple([z.coerce.number().int(), z.string().min(1)]);

function placeOf(before: string | undefined): { readonly at: Instant; readonly id: string } | null {
  const place = Place.safeParse(before?.split(':', 2));
  return place.success ? { at: place.data[0], id: place.data[1] } : null;
}
