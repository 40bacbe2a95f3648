// Writes the lists of what an import changed anew: who is in which group, which groups and streams a lesson has, which bells a schedule.
import type { Kysely } from 'kysely';
import { inPieces } from '../database/pieces.ts';
import type { Database } from '../database/tables.ts';
import type { Application } from './application.ts';
import type { Bulk } from './bulk.ts';

/** Each: the column of a table, where it is kept, and how the two ids are called there. */
const kept = [
  ['people', 'groups', 'group_member', 'person_id', 'group_id'],
  ['streams', 'groups', 'stream_group', 'stream_id', 'group_id'],
  ['series', 'groups', 'series_group', 'series_id', 'group_id'],
  ['series', 'streams', 'series_stream', 'series_id', 'stream_id'],
  ['lessons', 'groups', 'lesson_group', 'lesson_id', 'group_id'],
] as const;

export async function writeLists(db: Kysely<Database>, bulk: Bulk, application: Application): Promise<void> {
  for (const one of kept) await writeList(db, bulk, application, one);
  await writeBells(db, bulk, application);
}

async function writeList(
  db: Kysely<Database>,
  bulk: Bulk,
  application: Application,
  [table, field, link, owner, other]: (typeof kept)[number],
): Promise<void> {
  const found = application.of(table);
  if (found === undefined) return;
  const changed = found.changed.filter(({ fields }) => fields.includes(field));
  const ids = new Map(changed.map(({ item, known }) => [item.id, known.id]));
  const { ref } = db.dynamic;
  // Memberships that were made by hand stay.
  if (table === 'people') await leaveGroups(db, application);
  else for (const some of inPieces([...ids.values()])) await db.deleteFrom(link).where(ref(owner), 'in', some).execute();
  const rows = [...found.added, ...changed.map(({ item }) => item)].flatMap((item) => {
    const own = ids.get(item.id) ?? application.idOf(table, item.id);
    return refsIn(item.values, field).map((one) => ({ [owner]: own, [other]: application.idOf(field, one) }));
  });
  await bulk.insert(link, rows, table === 'people' ? 'do nothing' : '');
}

async function leaveGroups(db: Kysely<Database>, application: Application): Promise<void> {
  for (const { item, known, fields } of application.of('people')?.changed ?? []) {
    if (!fields.includes('groups')) continue;
    const now = refsIn(item.values, 'groups');
    for (const left of known.values.groups ?? [])
      if (!now.includes(left))
        await db
          .deleteFrom('group_member')
          .where('person_id', '=', known.id)
          .where('group_id', '=', application.idOf('groups', left))
          .execute();
  }
}

async function writeBells(db: Kysely<Database>, bulk: Bulk, application: Application): Promise<void> {
  const bells = application.of('bells');
  const changed = (bells?.changed ?? []).filter(({ fields }) => fields.includes('bells'));
  for (const { known } of changed) await db.deleteFrom('bell').where('schedule_id', '=', known.id).execute();
  const rows = [...(bells?.added ?? []), ...changed.map(({ item }) => item)].flatMap(({ id, values }) =>
    values.bells.map((bell) => ({
      schedule_id: application.idOf('bells', id),
      number: bell.number,
      starts_at: bell.startsAt,
      ends_at: bell.endsAt,
    })),
  );
  await bulk.insert('bell', rows);
}

function refsIn(values: object, field: string): readonly string[] {
  const cells: Readonly<Record<string, unknown>> = { ...values };
  const refs = cells[field];
  return Array.isArray(refs) ? refs.map(String) : [];
}
