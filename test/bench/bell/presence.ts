// Whether everybody who came in is in the traces that the server left behind, and no entry of them is missing.
import { join } from 'node:path';
import { openDatabase } from '../../../server/database/open.ts';
import { lessonOf, personOf } from '../subjects/university.ts';

export interface Presence {
  /** People who came in and of whom the trace says nothing. */
  readonly missing: number;
  /** Traces whose numbers are not 1, 2, 3 … */
  readonly broken: number;
}

/** @param dataDir of a server that is closed */
export async function presenceIn(dataDir: string, rooms: readonly number[], perRoom: number): Promise<Presence> {
  const { db, close } = await openDatabase(join(dataDir, 'auditoria.sqlite'));
  try {
    let missing = 0;
    let broken = 0;
    for (const room of rooms) {
      const entries = await db
        .selectFrom('trace_entry')
        .select(['seq', 'kind', 'person_id'])
        .where('lesson_id', '=', lessonOf(room))
        .orderBy('seq')
        .execute();
      const came = new Set(entries.filter(({ kind }) => kind === 'participant-joined').map(({ person_id }) => person_id));
      const left = new Set(entries.filter(({ kind }) => kind === 'participant-left').map(({ person_id }) => person_id));
      for (let seat = 0; seat < perRoom; seat += 1) {
        const person = personOf(room, seat);
        // Who has come must also have gone: the server was stopped in good order.
        if (!came.has(person) || !left.has(person)) missing += 1;
      }
      if (entries.some(({ seq }, index) => seq !== index + 1)) broken += 1;
    }
    return { missing, broken };
  } finally {
    await close();
  }
}
