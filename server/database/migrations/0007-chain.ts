// Chains the entries of the trace that were written before there were chains: by the rules of that day, which later ones do not change.
import { createHash, randomBytes } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';

interface Old {
  readonly seq: number;
  readonly at: number;
  readonly kind: string;
  readonly person_id: string | null;
  readonly participant_id: string | null;
  readonly connection_id: string | null;
  readonly detail: string;
}

const perPage = 500;
const personalKeys: Readonly<Record<string, readonly string[]>> = {
  'waiting-started': ['name'],
  'participant-joined': ['name'],
  'connection-opened': ['device', 'address'],
};

export async function chainOldEntries<Tables>(db: Kysely<Tables>): Promise<void> {
  for (let after = ''; ; ) {
    const found = await sql<{ lesson_id: string }>`
      select lesson_id from trace_entry where lesson_id > ${after} order by lesson_id limit 1`.execute(db);
    const lessonId = found.rows[0]?.lesson_id;
    if (lessonId === undefined) return;
    await chainLesson(db, lessonId);
    after = lessonId;
    await setImmediate();
  }
}

async function chainLesson<Tables>(db: Kysely<Tables>, lessonId: string): Promise<void> {
  let previous = '0'.repeat(64);
  let seq = 0;
  for (;;) {
    const { rows } = await sql<Old>`
      select seq, at, kind, person_id, participant_id, connection_id, detail from trace_entry
      where lesson_id = ${lessonId} and seq > ${seq} order by seq limit ${perPage}`.execute(db);
    for (const row of rows) {
      const { detail, personal, personalHash } = split(row);
      previous = sha256(
        canonical({
          ...{ v: 1, lessonId, seq: row.seq, at: row.at, kind: row.kind, personId: row.person_id, participantId: row.participant_id },
          ...{ connectionId: row.connection_id, detail, personal: personalHash, previous },
        }),
      );
      await sql`
        update trace_entry set detail = ${canonical(detail)}, personal = ${personal}, personal_hash = ${personalHash}, hash = ${previous}
        where lesson_id = ${lessonId} and seq = ${row.seq}`.execute(db);
      seq = row.seq;
    }
    if (rows.length < perPage) break;
  }
  await sql`insert into trace_chain (lesson_id, seq, hash) values (${lessonId}, ${seq}, ${previous})`.execute(db);
}

function split({ kind, detail }: Old) {
  const values: [string, unknown][] = Object.entries(JSON.parse(detail));
  const hidden = personalKeys[kind] ?? [];
  const kept = Object.fromEntries(values.filter(([key]) => !hidden.includes(key)));
  const parts = values
    .filter(([key]) => hidden.includes(key))
    .map(([key, value]) => [key, [randomBytes(16).toString('base64url'), value]] as const);
  if (parts.length === 0) return { detail: kept, personal: null, personalHash: null };
  const hashes = parts.map(([key, [salt, value]]) => [key, sha256(canonical([salt, key, value]))] as const);
  return { detail: kept, personal: canonical(Object.fromEntries(parts)), personalHash: sha256(canonical(Object.fromEntries(hashes))) };
}

/** RFC 8785. */
function canonical(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.toWellFormed());
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  const parts = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${parts.map(([key, part]) => `${JSON.stringify(key)}:${canonical(part)}`).join(',')}}`;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
