// The files of recordings: the same rules hold in plain and encrypted, in the folder and when they lie in the remote store only.
import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { RecordingId } from '../../server/contract/ids.ts';
import { Refused } from '../../server/contract/reply.ts';
import { openDatabase } from '../../server/database/open.ts';
import type { RecordingFolder } from '../../server/ports/recording-files.ts';
import { bytesOf, type Recorded, RecordedFiles } from '../support/recording-files.ts';
import { openS3, type TestS3 } from '../support/s3-server.ts';

const kinds = [
  { kind: 'in plain in a folder', encrypt: false, away: false },
  { kind: 'encrypted in a folder', encrypt: true, away: false },
  { kind: 'in plain in a remote store', encrypt: false, away: true },
  { kind: 'encrypted in a remote store', encrypt: true, away: true },
] as const;

describe.each(kinds)('files of a recording $kind', ({ encrypt, away }) => {
  let s3: TestS3 | undefined;
  let data = '';
  let world: RecordedFiles;
  let database: Awaited<ReturnType<typeof openDatabase>>;
  beforeAll(async () => {
    if (away) s3 = await openS3();
  });
  afterAll(() => s3?.close());
  beforeEach(async () => {
    data = await mkdtemp(join(tmpdir(), 'auditoria-contract-'));
    database = await openDatabase(join(data, 'test.sqlite'));
    world = await RecordedFiles.open(database.db, { encrypt, ...(s3 ? { s3 } : {}) });
  });
  afterEach(async () => {
    await world.close();
    await database.close();
    await rm(data, { recursive: true });
  });

  /** Over; and where there is a remote store, only there. */
  const recorded = async (id: string, fragments: readonly Buffer[] = [randomBytes(3000), randomBytes(5000), randomBytes(10)]) => {
    const recording = await world.record(id);
    for (const fragment of fragments) await recording.fragment(fragment);
    await recording.end();
    await settled();
    return { recording, folder: world.opened.files.of(recording.place) };
  };
  const settled = async () => {
    await world.opened.settled();
    if (!away) return;
    const gone = world.said('The recording lies in the remote store only');
    world.opened.start();
    world.clock.advance(20_000);
    await gone;
  };
  const broken = async (id: string) => (await world.opened.verify(RecordingId.parse(id))).faults.map(({ file, what }) => `${file} ${what}`);
  const range = async (folder: RecordingFolder, start: number, end: number) => bytesOf(await folder.stream('p0001.mp4', start, end));
  const stored = (recording: Recorded, name: string) => ({
    read: () =>
      s3 ? s3.object(`of/auditoria/${recording.place.directory}/${name}`) : readFile(join(world.root, recording.place.directory, name)),
    write: (bytes: Buffer) =>
      s3
        ? s3.overwrite(`of/auditoria/${recording.place.directory}/${name}`, bytes)
        : writeFile(join(world.root, recording.place.directory, name), bytes),
  });

  it('V12 gives every range of the plain bytes, and their size', async () => {
    const { recording, folder } = await recorded('one');
    if (away) expect(await world.here('one')).toEqual([]);
    expect(await folder.size('p0001.mp4')).toBe(8011);
    for (const [start, end] of [
      [0, 8010],
      [0, 0],
      [2999, 3000],
      [8010, 8010],
      [3500, 7999],
    ] as const)
      expect((await range(folder, start, end)).equals(recording.media.subarray(start, end + 1))).toBe(true);
    expect(await folder.names()).toEqual(['events.jsonl', 'p0001.jsonl', 'p0001.mp4', 'session.json']);
    expect(await folder.text('session.json')).toContain('"lessonId":"lesson"');
    expect(await folder.text('p0001.jsonl', 20)).toHaveLength(20);
    await world.restart();
    expect((await range(world.opened.files.of(recording.place), 10, 4000)).equals(recording.media.subarray(10, 4001))).toBe(true);
  });

  it('V12 refuses what is not there, and names that lead elsewhere', async () => {
    const { recording, folder } = await recorded('one');
    expect(await folder.size('p0002.mp4')).toBeUndefined();
    expect(await folder.text('p0002.jsonl')).toBeUndefined();
    await expect(folder.stream('p0002.mp4', 0, 1)).rejects.toThrow(Refused);
    await expect(bytesOf(await folder.stream('p0001.mp4', 0, 8011))).rejects.toThrow('shorter');
    for (const name of ['../one/p0001.mp4', '/etc/passwd', '.p0001.mp4.map', 'a/b.mp4', '', 'session.json.new', 'x\0.mp4'])
      await expect(folder.size(name), name).rejects.toThrow(RangeError);
    const elsewhere = world.opened.files.of({ ...recording.place, directory: '../one' });
    await expect(elsewhere.size('p0001.mp4')).rejects.toThrow(RangeError);
  });

  it('V12 grows while it is read', async () => {
    const recording = await world.record('live');
    const folder = world.opened.files.of(recording.place);
    await recording.fragment(Buffer.from('first'));
    expect(await folder.size('p0001.mp4')).toBe(6);
    await recording.fragment(Buffer.from('second'));
    expect(await folder.size('p0001.mp4')).toBe(12);
    expect(String(await range(folder, 5, 8))).toBe('tsec');
    if (encrypt) expect(String(await readFile(join(world.root, 'live', 'p0001.mp4')))).not.toContain('first');
  });

  it('V13 what is made of a recording appears whole or not at all, and takes the place of what was there', async () => {
    const { folder } = await recorded('one');
    const [first, second] = [randomBytes(300_000), randomBytes(200_000)];
    expect(await folder.write('class.mp4', Readable.from([first.subarray(0, 7), first.subarray(7)]))).toEqual({ bytes: 300_000 });
    const failing = Readable.from(
      (async function* () {
        yield second;
        throw new Error('the maker died');
      })(),
    );
    await expect(folder.write('class.mp4', failing)).rejects.toThrow('the maker died');
    expect((await bytesOf(await folder.stream('class.mp4', 0, 299_999))).equals(first)).toBe(true);
    await writeFile(join(data, 'made.mp4'), second);
    expect(await folder.adopt('class.mp4', join(data, 'made.mp4'))).toEqual({ bytes: 200_000 });
    await expect(readFile(join(data, 'made.mp4'))).rejects.toThrow('ENOENT');
    await settled();
    expect((await bytesOf(await folder.stream('class.mp4', 5, 199_999))).equals(second.subarray(5))).toBe(true);
    expect((await world.everythingHere()).filter((name) => name.includes('.new-'))).toEqual([]);
    expect(await broken('one')).toEqual([]);
    await folder.remove('class.mp4');
    await folder.remove('class.mp4');
    expect(await folder.size('class.mp4')).toBeUndefined();
    expect(await s3?.keys().then((keys) => keys.filter((key) => key.includes('class')))).toEqual(s3 ? [] : undefined);
  });

  it('V14 a check names what is changed, shorter, gone or strange, and nothing else', async () => {
    const { recording } = await recorded('one');
    await recorded('two');
    expect((await world.opened.verify()).faults).toEqual([]);
    expect(await world.opened.condition()).toMatchObject({ broken: [], checkedAt: world.clock.now() });

    const media = stored(recording, 'p0001.mp4');
    const right = await media.read();
    const changed = Buffer.from(right);
    changed.writeUInt8(changed.readUInt8(4000) ^ 1, 4000);
    await media.write(changed);
    expect(await broken('one')).toEqual(['p0001.mp4 changed']);
    expect(await broken('two')).toEqual([]);
    expect((await world.opened.condition()).broken).toEqual([{ recordingId: 'one', file: 'p0001.mp4', what: 'changed' }]);
    await media.write(right);
    expect(await broken('one')).toEqual([]);
    expect((await world.opened.condition()).broken).toEqual([]);
  });

  it('V14 a key that is not the right one is not called a change of bytes', async () => {
    const { recording } = await recorded('one');
    const { recording: other } = await recorded('two');
    expect(() => world.opened.files.open({ id: 'one', sealedKey: other.place.sealedKey ?? '1.00000000.AAAA' })).toThrow('recording one');
    if (!encrypt) return;
    await rm(world.keyFile);
    await world.restart();
    expect(await broken('one')).toContain('p0001.mp4 sealed');
    expect(() => world.opened.files.open(recording.place)).toThrow('recordings.key does not hold');
  });

  it('V15 what is removed is gone: copies, unfinished uploads and temporary files', async () => {
    const { recording, folder } = await recorded('one');
    const { folder: other } = await recorded('two');
    await folder.write('class.mp4', randomBytes(1000));
    await writeFile(join(world.root, 'one', '.new-left'), 'left by a dead process');
    await folder.removeAll();
    await folder.removeAll();
    expect((await world.everythingHere()).filter((name) => name.startsWith('one'))).toEqual([]);
    expect((await s3?.keys())?.filter((key) => key.includes('/one/'))).toEqual(s3 ? [] : undefined);
    await expect(world.opened.files.of(recording.place).names()).rejects.toThrow(Refused);
    expect(await other.size('p0001.mp4')).toBe(8011);
    await other.removeAll();
  });

  it.runIf(!away)('V14 a check names files that are shorter, missing, strange, and an index that names too much', async () => {
    const { recording } = await recorded('one');
    const at = (name: string) => join(world.root, 'one', name);
    await writeFile(at('strange.mp4'), 'x');
    expect(await broken('one')).toEqual(['strange.mp4 unknown']);
    await rm(at('strange.mp4'));
    await truncate(at('p0001.mp4'), 3100);
    expect(await broken('one')).toEqual(['p0001.mp4 truncated']);
    await rm(at('p0001.mp4'));
    expect(await broken('one')).toEqual(['p0001.mp4 missing']);
    // Before there were sums, the index alone tells.
    const unsummed = await world.record('old');
    await unsummed.fragment(Buffer.from('some'));
    await unsummed.append('p0001.jsonl', '[600,500,5,100,1]\n');
    await unsummed.end();
    expect(await broken('old')).toEqual(['p0001.jsonl index']);
    expect(recording.place.id).toBe('one');
  });
});
