// Makes one file of a recording from beginning to end, in a working folder of its own, and puts it beside the recording.
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Chapter } from '../../contract/recording-page.ts';
import { watchingTimeOf } from '../../contract/watching-time.ts';
import type { RecordingFiles } from '../../ports/recording-files.ts';
import type { Insight } from '../insight/insight.ts';
import { lookThrough } from '../insight/look-through.ts';
import type { Playback } from '../playback/playback.service.ts';
import type { StoredRecording } from '../recording.store.ts';
import { makeClassFilm } from './class-film.ts';
import { finding, reading } from './fault.ts';
import type { Ffmpeg } from './ffmpeg.ts';
import type { Job, Titled } from './jobs.store.ts';
import type { Made, Making } from './making.ts';
import { makeSound } from './sound.ts';
import { fileOf } from './wanted.ts';
import { WorkingFolder } from './working-folder.ts';

export interface MakeParts {
  readonly files: Pick<RecordingFiles, 'of'>;
  readonly playback: Pick<Playback, 'view' | 'index'>;
  readonly ffmpeg: Ffmpeg;
  /** Below it one folder for each file that is being made; on the file system of the recordings. */
  readonly workRoot: string;
  readonly chaptersOf: (recording: StoredRecording) => Promise<readonly Chapter[]>;
  readonly insightOf: (recording: StoredRecording) => Promise<Insight | null>;
}

/** Changed whenever pieces of before could not be joined with those of now. */
const planVersion = 1;

export const workName = ({ recordingId, kind }: Pick<Job, 'recordingId' | 'kind'>): string => `${recordingId}-${kind}`;

export interface Task extends Titled {
  readonly job: Job;
  readonly signal: AbortSignal;
  readonly reached: (progress: number) => Promise<void>;
  /** The sound was made of this edition. */
  readonly hasSound: boolean;
}

/** The working folder stays when this rejects: whoever calls decides whether the work will go on. */
export async function make(parts: MakeParts, { job, recording, title, signal, reached, hasSound }: Task): Promise<Made> {
  const { files, playback, ffmpeg, workRoot } = parts;
  const folder = files.of(recording);
  const manifest = await finding(playback.view(recording, 'viewer'));
  const isFirst = job.kind === 'insight';
  const insight = isFirst ? null : await parts.insightOf(recording);
  const chapters = isFirst ? [] : await parts.chaptersOf(recording);
  const plan = JSON.stringify([planVersion, recording.edition, title, chapters, insight?.gains]);
  const work = await WorkingFolder.open(join(workRoot, workName(job)), plan);
  const watching = watchingTimeOf(manifest);
  const making: Making = { recording, title, manifest, watching, insight, chapters, folder, playback, work, ffmpeg, signal, reached };
  await reached(0);
  const made = await makeKind(making, job, hasSound);
  await work.remove();
  return made;
}

async function makeKind(making: Making, { kind }: Job, hasSound: boolean): Promise<Made> {
  const { folder } = making;
  switch (kind) {
    case 'insight':
      return lookThrough(making);
    case 'm4a':
      return folder.adopt(fileOf.m4a, await makeSound(making));
    case 'mp4':
      return folder.adopt(fileOf.mp4, await makeClassFilm(making, hasSound ? await fetched(making) : null));
  }
}

/** Null where it is not there after all. */
async function fetched({ folder, work, signal }: Making): Promise<string | null> {
  const bytes = await reading(folder.size(fileOf.m4a));
  if (bytes === undefined || bytes === 0) return null;
  return work.piece('fetched.m4a', async (path) => {
    const source = await reading(folder.stream(fileOf.m4a, 0, bytes - 1));
    await reading(pipeline(source, createWriteStream(path, { mode: 0o600 }), { signal }));
  });
}
