// Whatever a dead process or a loss of power left of a recording, after the repair it is whole and ended.

import { type FileHandle, mkdtemp, open, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { LessonId, ParticipantId, RecordingId, TrackId } from '../../contract/ids.ts';
import { RecordingManifest } from '../../contract/recording.ts';
import { RecordingDirectory } from '../capture/recording-directory.ts';
import { FolderFiles } from '../exports/testing/folder-files.ts';
import { ManifestReader } from '../playback/manifest-reader.ts';
import { readEvents, readIndex } from './format.ts';
import { endDirectory } from './repair.ts';

let root = '';
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'repair-'));
});
afterEach(() => rm(root, { recursive: true }));

const row = (id: RecordingId, state: 'recording' | 'ended' = 'ended') =>
  ({ id, state, lessonId: LessonId.parse('lesson'), directory: id, sealedKey: null, endReason: null }) as const;
const readerOf = () => new ManifestReader(new FolderFiles(root));

const trackId = TrackId.parse('t1');
let made = 0;

/** A recording of two parts, the second one open, as a killed process leaves it. */
const leftBehind = async (): Promise<{ readonly id: RecordingId; readonly path: string }> => {
  const id = RecordingId.parse(`r${made++}`);
  let failed: unknown;
  const handles: FileHandle[] = [];
  const directory = await RecordingDirectory.create({
    root,
    session: { format: 1, id, lessonId: LessonId.parse('lesson'), startedAt: 1000, startedBy: null },
    openFile: async (path, flags) => {
      const handle = await open(path, flags);
      handles.push(handle);
      return handle;
    },
    onError: (error) => {
      failed = error;
    },
    key: null,
    progress: { event: () => undefined, indexed: () => undefined },
    onWritten: () => undefined,
  });
  directory.event({ type: 'track', at: 0, trackId, participantId: ParticipantId.parse('p1'), name: 'Ерлан', source: 'camera' });
  const header = {
    extension: 'mp4',
    mime: 'video/mp4; codecs="avc1.42e01f"',
    width: 320,
    height: 240,
    bytes: Buffer.alloc(600, 1),
  } as const;
  const first = directory.openPart(trackId, { ...header, startMs: 10 }, 10);
  for (let i = 0; i < 3; i++) first.fragment({ timeMs: 10 + i * 500, durationMs: 500, key: i === 0, bytes: Buffer.alloc(1000 + i, 2) });
  first.end(1600);
  const second = directory.openPart(trackId, { ...header, startMs: 3000 }, 3000);
  for (let i = 0; i < 5; i++) second.fragment({ timeMs: 3000 + i * 500, durationMs: 500, key: i === 0, bytes: Buffer.alloc(2000 + i, 3) });
  await expect.poll(() => directory.bytes).toBe(3 * 1000 + 3 + 5 * 2000 + 10);
  await directory.sync();
  expect(failed).toBeUndefined();
  for (const handle of handles) await handle.close();
  return { id, path: join(root, id) };
};

it('keeps all that the index names and writes an end', async () => {
  const { id, path } = await leftBehind();
  await writeFile(join(path, 'p0002.mp4'), Buffer.alloc(777), { flag: 'a' });
  await writeFile(join(path, 'p0002.jsonl'), '[5500,500,106', { flag: 'a' });
  await writeFile(join(path, 'events.jsonl'), '{"type":"paus', { flag: 'a' });
  await endDirectory(path, null, 'crash');
  const manifest = RecordingManifest.parse(await readerOf().manifest(row(id)));
  expect(manifest).toMatchObject({ state: 'ended', endReason: 'crash', durationMs: 5500 });
  expect(manifest.tracks[0]?.parts.map(({ startMs, endMs, bytes, open }) => [startMs, endMs, bytes, open])).toEqual([
    [10, 1510, 3603, false],
    [3000, 5500, 10_610, false],
  ]);
  expect((await readFile(join(path, 'p0002.mp4'))).length).toBe(10_610);
});

it('changes nothing the second time', async () => {
  const { path } = await leftBehind();
  await endDirectory(path, null, 'crash');
  const before = await readFile(join(path, 'events.jsonl'), 'utf8');
  await endDirectory(path, null, 'failed');
  expect(await readFile(join(path, 'events.jsonl'), 'utf8')).toBe(before);
});

it('leaves parts that are whole and an index that names nothing beyond, wherever the files were cut', async () => {
  const cuts = fc.record({
    media: fc.integer({ min: 0, max: 10_610 }),
    index: fc.integer({ min: 0, max: 110 }),
    events: fc.integer({ min: 0, max: 200 }),
  });
  await fc.assert(
    fc.asyncProperty(cuts, async (cut) => {
      const { id, path } = await leftBehind();
      await truncate(join(path, 'p0002.mp4'), cut.media);
      await truncate(join(path, 'p0002.jsonl'), cut.index);
      const events = await readFile(join(path, 'events.jsonl'));
      await truncate(join(path, 'events.jsonl'), events.length - cut.events);
      await endDirectory(path, null, 'crash');
      expect(readEvents(await readFile(join(path, 'events.jsonl'), 'utf8')).at(-1)?.type).toBe('end');
      const { tracks } = RecordingManifest.parse(await readerOf().manifest(row(id)));
      for (const part of tracks.flatMap((track) => track.parts)) {
        const index = readIndex(await readFile(join(path, part.index), 'utf8'));
        const last = index.at(-1);
        expect(last && last[2] + last[3]).toBe(part.bytes);
        expect((await readFile(join(path, part.file))).length).toBe(part.bytes);
      }
    }),
    { numRuns: 60 },
  );
}, 30_000);

it('never serves what is not in the index, not even while the part is being written', async () => {
  const { id, path } = await leftBehind();
  await writeFile(join(path, 'p0002.mp4'), Buffer.alloc(777), { flag: 'a' });
  await writeFile(join(path, 'p0002.jsonl'), '[5500,500,106', { flag: 'a' });
  const { tracks } = await readerOf().manifest(row(id, 'recording'));
  expect(tracks[0]?.parts.map(({ file, bytes, open }) => [file, bytes, open])).toEqual([
    ['p0001.mp4', 3603, false],
    ['p0002.mp4', 10_610, true],
  ]);
  expect(await readerOf().lines(row(id, 'recording'), 'p0002.jsonl')).toHaveLength(5);
});

it('V5 what ended without an end on the disk, which was full to its last byte, has ended for all who watch', async () => {
  const { id } = await leftBehind();
  expect(await readerOf().manifest(row(id, 'recording'))).toMatchObject({ state: 'recording' });
  const manifest = RecordingManifest.parse(await readerOf().manifest({ ...row(id), endReason: 'storage-full' }));
  expect(manifest).toMatchObject({ state: 'ended', endReason: 'storage-full', durationMs: 5500 });
  expect(manifest.tracks[0]?.parts.map(({ endMs, open }) => [endMs, open])).toEqual([
    [1510, false],
    [5500, false],
  ]);
});
