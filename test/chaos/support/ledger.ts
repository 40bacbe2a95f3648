// Compares what people were promised with what the database holds, and proves the trace.
import type { Kysely } from 'kysely';
import type { Database } from '../../../server/database/tables.ts';
import { ChainCheck } from '../../../server/trace/chain.ts';
import type { Class } from './class.ts';

/** Each a sentence about something that was acknowledged and is not there, or not as it was. */
export async function lostOf(db: Kysely<Database>, classes: readonly Class[]): Promise<string[]> {
  const lost = await Promise.all(classes.map((one) => lostOfClass(db, one)));
  return lost.flat();
}

async function lostOfClass(db: Kysely<Database>, { lesson: { lessonId }, people }: Class): Promise<string[]> {
  const lost: string[] = [];
  const entries = await db.selectFrom('trace_entry').selectAll().where('lesson_id', '=', lessonId).orderBy('seq').execute();
  const messages = await db.selectFrom('chat_message').selectAll().where('lesson_id', '=', lessonId).execute();

  const check = new ChainCheck(lessonId);
  for (const entry of entries) check.take(entry);
  check.end();
  for (const fault of check.faults) lost.push(`${lessonId}: the trace is broken: ${JSON.stringify(fault)}`);

  const texts = new Map(messages.map(({ client_id, text }) => [client_id, text]));
  const told = new Set(entries.filter(({ kind }) => kind === 'message-posted').map(({ detail }) => detailOf(detail).messageId));
  const acknowledged = new Set(people.flatMap(({ account }) => [...account.messages.keys()]));
  for (const { id, client_id } of messages)
    if (acknowledged.has(client_id) && !told.has(id)) lost.push(`${lessonId}: message ${id} is not in the trace`);
  for (const person of people) {
    const { account, personId } = person;
    for (const [clientId, text] of account.messages)
      if (texts.get(clientId) !== text) lost.push(`${lessonId}: a message of ${personId} is gone: ${clientId}`);
    const own = entries.filter((entry) => entry.person_id === personId);
    const count = (kind: string) => own.filter((entry) => entry.kind === kind).length;
    if (count('hand-raised') < account.handsRaised)
      lost.push(`${lessonId}: ${personId} raised ${account.handsRaised} hands, of which ${count('hand-raised')} are known`);
    const opened = new Set(own.filter(({ kind }) => kind === 'connection-opened').map(({ connection_id }) => connection_id));
    for (const id of account.connections) if (!opened.has(id)) lost.push(`${lessonId}: ${personId} came in as ${id}, and nobody knows`);
    if (count('participant-joined') !== count('participant-left'))
      lost.push(`${lessonId}: ${personId} joined ${count('participant-joined')} times and left ${count('participant-left')} times`);
    if (count('connection-opened') !== count('connection-closed'))
      lost.push(`${lessonId}: ${personId} has ${count('connection-opened')} lines, of which ${count('connection-closed')} were closed`);
  }
  return lost;
}

function detailOf(json: string): Record<string, unknown> {
  const detail: unknown = JSON.parse(json);
  return typeof detail === 'object' && detail !== null ? { ...detail } : {};
}
