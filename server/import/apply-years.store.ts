// Finds the academic year of each term of an import, or adds it; a year is as long as its terms are.
import type { Kysely } from 'kysely';
import type { Database } from '../database/tables.ts';
import { type Application, newId } from './application.ts';

/** By name. */
export async function writeYears(db: Kysely<Database>, application: Application): Promise<ReadonlyMap<string, string>> {
  const ids = new Map<string, string>();
  const terms = application.of('terms');
  const items = [...(terms?.added ?? []), ...(terms?.changed ?? []).map(({ item }) => item)];
  if (items.length === 0) return ids;
  const rows = await db.selectFrom('academic_year').selectAll().execute();
  for (const name of new Set(items.map(({ values }) => values.year ?? ''))) {
    const spans = items.filter(({ values }) => values.year === name).map(({ values }) => values);
    const known = rows.find((row) => row.name === name);
    const starts = [...spans.map(({ startsOn = '' }) => startsOn), ...(known ? [known.starts_on] : [])].sort();
    const ends = [...spans.map(({ endsOn = '' }) => endsOn), ...(known ? [known.ends_on] : [])].sort();
    const span = { starts_on: starts.at(0) ?? '', ends_on: ends.at(-1) ?? '' };
    const id = known?.id ?? newId();
    if (known) await db.updateTable('academic_year').set(span).where('id', '=', id).execute();
    else
      await db
        .insertInto('academic_year')
        .values({ id, name, ...span })
        .execute();
    ids.set(name, id);
  }
  return ids;
}
