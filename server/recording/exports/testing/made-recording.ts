// For tests: a recording of a small class on disk, as the recorder leaves it: flashes and beeps at each even second of class time, slides, two people.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { eventsFile, line, partFiles, sessionFile } from '../../format/format.ts';
import { recordedPart } from './recorded-part.ts';

type Source = 'microphone' | 'camera' | 'screen' | 'screen-audio';

export interface MadeTrack {
  readonly trackId: string;
  readonly participantId: string;
  readonly name: string;
  readonly source: Source;
  readonly parts: readonly { readonly fromMs: number; readonly toMs: number; readonly source: string }[];
}

/** At each even second of class time, for a fifth of one. `T` is the source's own clock. */
const now = (fromMs: number) => `mod(T+${fromMs / 1000},2)`;

export const flashes = (size: string, colour: string, fromMs: number): string =>
  `color=c=${colour}:s=${size}:r=25,drawbox=t=fill:c=white:enable='lt(mod(t+${fromMs / 1000},2),0.2)'`;

/** Loud where the class beeps, else quiet noise. */
export const beeps = (fromMs: number, loud = 0.5): string =>
  `aevalsrc='if(lt(${now(fromMs).replaceAll('T', 't')},0.2),${loud}*sin(2*PI*880*t),0)':s=48000`;

/** Somebody talks from class time `from` to `to`, in syllables. */
export const talk = (fromMs: number, from: number, to: number, loud: number): string =>
  `aevalsrc='between(t+${fromMs / 1000},${from},${to})*${loud}*sin(2*PI*220*t)*(0.6+0.4*sin(2*PI*4*t))':s=48000`;

export async function writeRecording({
  root,
  id,
  lessonId,
  durationMs,
  pauses = [],
  tracks,
}: {
  readonly root: string;
  readonly id: string;
  readonly lessonId: string;
  readonly durationMs: number;
  readonly pauses?: readonly { readonly fromMs: number; readonly toMs: number }[];
  readonly tracks: readonly MadeTrack[];
}): Promise<void> {
  const folder = join(root, id);
  await mkdir(folder, { recursive: true });
  const events: object[] = [];
  let number = 0;
  for (const { parts, ...track } of tracks) {
    events.push({ type: 'track', at: parts[0]?.fromMs ?? 0, ...track });
    for (const { fromMs, toMs, source } of parts) {
      number++;
      const names = partFiles(number, 'mp4');
      const path = join(folder, names.file);
      const kind = track.source === 'camera' || track.source === 'screen' ? 'picture' : 'sound';
      const { bytes, index, initBytes, ...size } = await recordedPart({ path, source, kind, fromMs, toMs });
      await writeFile(path, bytes);
      await writeFile(join(folder, names.index), index);
      const mime = kind === 'picture' ? 'video/mp4; codecs="avc1.42c01e"' : 'audio/mp4; codecs="opus"';
      events.push({ type: 'part', at: fromMs, trackId: track.trackId, ...names, mime, startMs: fromMs, initBytes, ...size });
      events.push({ type: 'part-end', at: toMs, file: names.file, endMs: toMs, bytes: bytes.length });
    }
  }
  for (const { fromMs, toMs } of pauses) events.push({ type: 'paused', at: fromMs }, { type: 'resumed', at: toMs });
  events.push({ type: 'end', at: durationMs, reason: 'class-ended' });
  await writeFile(join(folder, sessionFile), JSON.stringify({ format: 1, id, lessonId, startedAt: 1_800_000_000_000, startedBy: null }));
  await writeFile(join(folder, eventsFile), events.map(line).join(''));
}
