// Marks the weekly patterns whose lessons follow from something else that an import changed; they are laid out again.
import type { Kysely } from 'kysely';
import type { ImportTable } from '../contract/import.ts';
import { inPieces } from '../database/pieces.ts';
import type { Database } from '../database/tables.ts';
import type { Application } from './application.ts';
import type { PlanValues } from './plan.ts';

export async function markSeries(db: Kysely<Database>, application: Application): Promise<void> {
  const idsOf = <T extends ImportTable>(table: T, field: keyof PlanValues<T> & string) =>
    (application.of(table)?.changed ?? []).filter(({ fields }) => fields.includes(field)).map(({ known }) => known.id);
  const mark = (column: 'term_id' | 'bell_schedule_id' | 'course_id', ids: readonly string[]) =>
    db.updateTable('series').set({ needs_layout: 1 }).where(column, 'in', ids).where('removed_at', 'is', null).execute();
  for (const some of inPieces([...new Set([...idsOf('terms', 'startsOn'), ...idsOf('terms', 'endsOn')])])) await mark('term_id', some);
  for (const some of inPieces(idsOf('bells', 'bells'))) await mark('bell_schedule_id', some);
  // A faculty has days of its own in the calendar.
  for (const some of inPieces(idsOf('courses', 'faculty'))) await mark('course_id', some);
  for (const some of inPieces(idsOf('streams', 'groups')))
    await db
      .updateTable('series')
      .set({ needs_layout: 1 })
      .where('id', 'in', (eb) => eb.selectFrom('series_stream').select('series_id').where('stream_id', 'in', some))
      .where('removed_at', 'is', null)
      .execute();
}
