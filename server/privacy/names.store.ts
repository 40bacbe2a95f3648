// Takes a person's name out of what was written down about others' business: changes of lessons, notifications, imports, the trace of a class.
import { type Kysely, sql } from 'kysely';
import type { Database } from '../database/tables.ts';
import { erasePersonal } from '../trace/personal.ts';

export interface Known {
  readonly id: string;
  readonly displayName: string;
  readonly email: string | null;
  readonly externalId: string | null;
}

/**
 * Only where something says by its id, or by that of the lesson, that this person is meant and not a namesake. Imports know nobody's id:
 * there the values alone decide.
 */
export async function takeNamesAway(trx: Kysely<Database>, person: Known, name: string): Promise<void> {
  const id = containing(person.id);
  const lessons = trx
    .selectFrom('lesson')
    .select('id')
    .where((e) =>
      e.or([
        e('teacher_id', '=', person.id),
        e.and([e('by_hand', '<>', '{}'), e('by_hand', 'like', id)]),
        e('id', 'in', e.selectFrom('lesson_change').select('lesson_id').where('change', 'like', id)),
      ]),
    );
  const renamed = (json: string) => replaced(json, new Set([person.displayName]), name);

  const events = await trx
    .selectFrom('notification_event')
    .select(['id', 'detail'])
    .where((e) => e.or([e('by_id', '=', person.id), e('audience', 'like', id), e('lesson_id', 'in', lessons)]))
    .where('detail', 'like', containing(inJson(person.displayName)))
    .execute();
  // What happened is written once, so the types of these tables know of no change; this is the one exception.
  for (const row of events) await sql`update notification_event set detail = ${renamed(row.detail)} where id = ${row.id}`.execute(trx);

  const changes = await trx
    .selectFrom('lesson_change')
    .select(['id', 'before', 'after'])
    .where('lesson_id', 'in', lessons)
    .where((e) => {
      const isNamed = containing(inJson(person.displayName));
      return e.or([e('before', 'like', isNamed), e('after', 'like', isNamed)]);
    })
    .execute();
  for (const row of changes)
    await sql`update lesson_change set before = ${renamed(row.before)}, after = ${renamed(row.after)} where id = ${row.id}`.execute(trx);
  await sql`update lesson_change set by_name = ${name} where by_id = ${person.id}`.execute(trx);

  const substituted = await trx
    .selectFrom('lesson')
    .select(['id', 'by_hand'])
    .where('by_hand', '<>', '{}')
    .where('by_hand', 'like', id)
    .execute();
  for (const row of substituted)
    await trx
      .updateTable('lesson')
      .set({ by_hand: renamed(row.by_hand) })
      .where('id', '=', row.id)
      .execute();

  await sql`update import_job set by_name = ${name} where by_id = ${person.id}`.execute(trx);
  await forgetInImports(trx, person, name);
  await forgetInTrace(trx, person);
}

/** Samples of what a file had changed, and cells that were wrong. */
async function forgetInImports(trx: Kysely<Database>, { displayName, email, externalId }: Known, name: string): Promise<void> {
  const values = [displayName, email, externalId].filter((value) => value !== null);
  const jobs = await trx
    .selectFrom('import_job')
    .select(['id', 'summary', 'faults'])
    .where((e) =>
      e.or(
        values
          .map(inJson)
          .map(containing)
          .flatMap((value) => [e('summary', 'like', value), e('faults', 'like', value)]),
      ),
    )
    .execute();
  for (const { id, summary, faults } of jobs) {
    const forgotten = (json: string | null) => json && replaced(json, new Set(values), name);
    await trx
      .updateTable('import_job')
      .set({ summary: forgotten(summary), faults: forgotten(faults) })
      .where('id', '=', id)
      .execute();
  }
}

/** The register needs when and as what the person was there, not under which name and from which address. What was hashed stays. */
async function forgetInTrace(trx: Kysely<Database>, { id }: Known): Promise<void> {
  const own = await trx
    .selectFrom('trace_entry')
    .select(['lesson_id', 'seq', 'personal'])
    .where('person_id', '=', id)
    .where('personal', 'is not', null)
    .execute();
  // As the index says it, or it is not used.
  const { rows: signed } = await sql<(typeof own)[number]>`
    select lesson_id, seq, personal from trace_entry
    where kind in ('register-corrected', 'register-signed', 'register-reopened')
      and detail like ${containing(inJson(id))} and personal is not null`.execute(trx);
  await erase(trx, own, ['name', 'device', 'address', 'reason']);
  await erase(trx, signed, ['byName']);
}

async function erase(
  trx: Kysely<Database>,
  entries: readonly { readonly lesson_id: string; readonly seq: number; readonly personal: string | null }[],
  keys: readonly string[],
): Promise<void> {
  for (const { lesson_id, seq, personal } of entries) {
    if (personal === null) continue;
    await trx
      .updateTable('trace_entry')
      .set({ personal: erasePersonal(personal, keys) })
      .where('lesson_id', '=', lesson_id)
      .where('seq', '=', seq)
      .execute();
  }
}

/** Every text within that is one of these, and not a part of another, becomes the new one. */
function replaced(json: string, values: ReadonlySet<string>, by: string): string {
  return JSON.stringify(JSON.parse(json), (_key, value: unknown) => (typeof value === 'string' && values.has(value) ? by : value));
}

function inJson(value: string): string {
  return JSON.stringify(value);
}

/** Finds a little too much where the value has signs that mean something to `like`; what is found is looked at again. */
function containing(value: string): string {
  return `%${value.replace(/[\\%_]/g, '_')}%`;
}
