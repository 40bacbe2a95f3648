// The recording of the lesson of `openTermCampus`, with real pictures and sound, and a way to say what became of it.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Updateable } from 'kysely';
import { type OpenDatabase, openDatabase } from '../../server/database/open.ts';
import type { RecordingTable } from '../../server/database/tables-recordings.ts';
import { writeRecording } from '../../server/recording/exports/testing/made-recording.ts';
import type { Campus } from './accounts.ts';
import { lessonId } from './campus.ts';
import { openTermCampus } from './term-campus.ts';

export const lastsMs = 20_000;
const insight = { version: 1, storyboard: null, thumbnail: 'thumbnail.jpg', speech: [], silences: [], slides: [], gains: [] };

/** A camera and a microphone of the teacher from the beginning to the end, and a student's camera for a while. */
const tracks = [
  ['t-camera', 'p1', 'Айгүл', 'camera', 0, lastsMs, 'testsrc=s=320x180:r=15'],
  ['t-voice', 'p1', 'Айгүл', 'microphone', 0, lastsMs, 'sine=f=440:r=48000'],
  ['s-camera', 'p2', 'Ерлан', 'camera', 4000, 8000, 'testsrc=s=160x90:r=15'],
] as const;

export interface Shown {
  readonly campus: Campus;
  readonly database: OpenDatabase;
  /** Changes its row, and that of none else. */
  become(change: Updateable<RecordingTable>): Promise<void>;
  /** As if all files were made of it that can be. */
  make(): Promise<void>;
  close(): Promise<void>;
}

export async function openShownRecording(): Promise<Shown> {
  const empty = await openTermCampus();
  const root = join(empty.folder, 'data', 'recordings');
  await mkdir(root, { recursive: true });
  await writeRecording({
    ...{ root, id: 'recording', lessonId, durationMs: lastsMs },
    tracks: tracks.map(([trackId, participantId, name, source, fromMs, toMs, made]) => ({
      ...{ trackId, participantId, name, source },
      parts: [{ fromMs, toMs, source: made }],
    })),
  });
  const campus = await empty.after(0, { AUDITORIA_RECORDING_MP4: 'asked' });
  const database = await openDatabase(join(campus.folder, 'data', 'auditoria.sqlite'));
  const { db } = database;
  const make = async () => {
    const { edition } = await db.selectFrom('recording').select('edition').where('id', '=', 'recording').executeTakeFirstOrThrow();
    const pictures = { 'insight.json': JSON.stringify({ ...insight, edition }), 'thumbnail.jpg': 'picture' };
    const made = { ...pictures, 'class.mp4': 'film '.repeat(20), 'sound.m4a': 'sound' };
    for (const [name, content] of Object.entries(made)) await writeFile(join(root, 'recording', name), content);
    const job = { recording_id: 'recording', state: 'ready', progress: 1, edition, asked_at: 0, asked_by: null, ended_at: 0, attempts: 1 };
    await db.deleteFrom('recording_job').execute();
    await db
      .insertInto('recording_job')
      .values(['insight', 'mp4', 'm4a'].map((kind) => ({ ...job, kind, bytes: 10, fault: null, due_at: 0 })))
      .execute();
  };
  await make();
  return {
    campus,
    database,
    make,
    become: async (change) => void (await db.updateTable('recording').set(change).where('id', '=', 'recording').execute()),
    async close() {
      await database.close();
      await campus.close();
    },
  };
}
