// The recording of the lesson of `openTermCampus` with files, chat and raised hands, as a class leaves them behind.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openDatabase } from '../../server/database/open.ts';
import { eventsFile, line, sessionFile } from '../../server/recording/format/format.ts';
import { TraceStore } from '../../server/trace/trace.store.ts';
import { lessonId, startsAt, studentId, teacherId } from './campus.ts';

const second = 1000;
const fragmentMs = 10 * second;
const fragmentBytes = 10;
const initBytes = 10;
export const recordedMs = 40 * 60 * second;
/** Nothing was captured in between. */
export const pausedMs = { fromMs: 600 * second, toMs: 660 * second };

export const said = [
  { id: 'greeting', by: studentId(1), atMs: 5 * second, text: 'Сәлеметсіздер ме' },
  { id: 'question', by: studentId(1), atMs: 300 * second, text: 'Толқын ұзындығы қандай?' },
  { id: 'in-the-pause', by: studentId(1), atMs: 630 * second, text: 'What happens now?' },
  { id: 'answer', by: teacherId, atMs: 900 * second, text: '532 нм' },
  { id: 'after', by: studentId(2), atMs: 51 * 60 * second, text: 'Is it over?' },
] as const;

/** `folder`: of the campus, whose server may run. */
export async function fillRecordedLesson(folder: string): Promise<void> {
  const data = join(folder, 'data');
  const directory = join(data, 'recordings', 'recording');
  await mkdir(directory, { recursive: true });
  const session = { format: 1, id: 'recording', lessonId, startedAt: startsAt, startedBy: teacherId };
  await writeFile(join(directory, sessionFile), line(session));
  const part = async (number: number, startMs: number, endMs: number, trackId: string) => {
    const file = `p000${number}.mp4`;
    const index = `p000${number}.jsonl`;
    const count = (endMs - startMs) / fragmentMs;
    const fragment = (_: unknown, at: number) =>
      line([startMs + at * fragmentMs, fragmentMs, initBytes + at * fragmentBytes, fragmentBytes, 1]);
    const bytes = initBytes + count * fragmentBytes;
    await writeFile(join(directory, file), Buffer.alloc(bytes));
    await writeFile(join(directory, index), Array.from({ length: count }, fragment).join(''));
    return [
      { type: 'part', at: startMs, trackId, file, index, mime: 'video/mp4', startMs, initBytes },
      { type: 'part-end', at: endMs, file, endMs, bytes },
    ];
  };
  const events = [
    { type: 'track', at: 0, trackId: 'voice', participantId: 'of-teacher', name: 'Name of teacher', source: 'microphone' },
    { type: 'track', at: 0, trackId: 'slides', participantId: 'of-teacher', name: 'Name of teacher', source: 'screen' },
    ...(await part(1, 0, pausedMs.fromMs, 'voice')),
    { type: 'paused', at: pausedMs.fromMs },
    { type: 'resumed', at: pausedMs.toMs },
    ...(await part(2, pausedMs.toMs, recordedMs, 'voice')),
    ...(await part(3, 120 * second, 480 * second, 'slides')),
    { type: 'end', at: recordedMs, reason: 'stopped' },
  ];
  await writeFile(join(directory, eventsFile), events.map(line).join(''));

  const { db, close } = await openDatabase(join(data, 'auditoria.sqlite'));
  await db
    .insertInto('chat_message')
    .values(
      said.map(({ id, by, atMs, text }) => ({
        ...{ id, lesson_id: lessonId, participant_id: `of-${by}`, person_id: by, name: `Name of ${by}`, at: startsAt + atMs, text },
        client_id: id,
      })),
    )
    .execute();
  const hand = (personId: string, atMs: number) => ({
    ...{ lessonId, at: startsAt + atMs, kind: 'hand-raised' as const, personId, participantId: `of-${personId}`, connectionId: null },
    ...{ detail: {}, personal: {} },
  });
  await new TraceStore(db).append([hand(studentId(1), 700 * second), hand(studentId(2), 710 * second), hand(studentId(1), 620 * second)]);
  await close();
}
