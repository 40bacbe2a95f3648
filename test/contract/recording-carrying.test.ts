// Recordings are carried to the remote store while their classes run, whatever happens to the store, to the line or to the server.
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { S3Store } from '../../server/adapters/s3-store.ts';
import { RecordingId } from '../../server/contract/ids.ts';
import { openDatabase } from '../../server/database/open.ts';
import { RemoteFailed, UploadGone } from '../../server/recording/files/remote.ts';
import { bytesOf, partBytes, RecordedFiles } from '../support/recording-files.ts';
import { openS3, type S3Fault, type TestS3 } from '../support/s3-server.ts';

const HOUR_MS = 3_600_000;
const key = (id: string, name = 'p0001.mp4') => `of/auditoria/${id}/${name}`;

let s3: TestS3;
let data = '';
let world: RecordedFiles;
let database: Awaited<ReturnType<typeof openDatabase>>;
beforeAll(async () => {
  s3 = await openS3();
});
afterAll(() => s3.close());
const openWorld = async (options: { readonly encrypt: boolean; readonly keepLocalDays?: number }) => {
  world = await RecordedFiles.open(database.db, { ...options, s3 });
};
beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'auditoria-carrying-'));
  database = await openDatabase(join(data, 'test.sqlite'));
});
afterEach(async () => {
  s3.fault = 'none';
  s3.strikes = () => true;
  s3.asked.length = 0;
  await world.close();
  await database.close();
  await rm(data, { recursive: true });
});

const upload = async () => (await world.opened.condition()).upload;
const begun = () => s3.asked.filter((what) => what.startsWith('POST') && what.includes('uploads')).length;
const away = (id: string) => world.here(id).then((names) => names.length === 0);

/** Of a recording that lies in the store only. */
const readBack = async (recording: { readonly place: Parameters<typeof world.opened.files.of>[0]; readonly media: Buffer }) => {
  expect(await away(recording.place.id)).toBe(true);
  const folder = world.opened.files.of(recording.place);
  const bytes = await bytesOf(await folder.stream('p0001.mp4', 0, recording.media.length - 1));
  return bytes.equals(recording.media);
};

describe.each([{ encrypt: false }, { encrypt: true }])('a class that is recorded (encrypted: $encrypt)', ({ encrypt }) => {
  it('V16 is carried in parts while it runs, goes on after a restart, and is whole when it ends', async () => {
    await openWorld({ encrypt });
    const recording = await world.record('one');
    await recording.fragment(randomBytes(partBytes + 8000));
    await world.start();
    expect(s3.uploads()).toEqual([key('one')]);
    expect((await upload())?.fault).toBeNull();
    expect((await upload())?.waitingBytes).toBeLessThan(partBytes / 4);
    await world.restart();
    await recording.fragment(randomBytes(partBytes));
    await world.start();
    expect(begun()).toBe(1);
    expect(await s3.keys()).toEqual([]);
    await recording.end();
    await world.opened.settled();
    await world.round();
    expect(s3.uploads()).toEqual([]);
    expect(begun()).toBe(1);
    expect(await readBack(recording)).toBe(true);
    expect((await world.opened.verify()).faults).toEqual([]);
    expect(await upload()).toEqual({ waitingBytes: 0, since: null, fault: null });
    await world.opened.files.of(recording.place).removeAll();
  });

  it('V16 begins a file anew of which a crash cut off what was carried', async () => {
    await openWorld({ encrypt: false });
    const recording = await world.record('one');
    await recording.fragment(randomBytes(partBytes + 8000));
    await world.start();
    await truncate(join(world.root, 'one', 'p0001.mp4'), partBytes - 1000);
    await world.round();
    expect(s3.uploads()).toEqual([]);
    await world.opened.files.of(recording.place).removeAll();
  });
});

describe('a store that fails', () => {
  const faults: readonly S3Fault[] = ['refuse', 'error', 'forbid', 'halve', 'forget'];

  it.each(faults)('V17 for ten minutes (%s) loses nothing: recordings wait in their folder, and are carried afterwards', async (fault) => {
    await openWorld({ encrypt: true });
    const recording = await world.record('one');
    await recording.fragment(randomBytes(partBytes + 8000));
    s3.fault = fault;
    // What only breaks answers with content is seen where content is asked for.
    await world.start();
    await recording.fragment(Buffer.from('while the store is away'));
    await recording.end();
    await world.opened.settled();
    for (let minute = 0; minute < 10; minute += 1) await world.round();
    expect((await upload())?.fault).toMatch(/./);
    expect((await upload())?.waitingBytes).toBeGreaterThan(0);
    expect(await world.here('one')).toContain('p0001.mp4');
    const folder = world.opened.files.of(recording.place);
    expect(await folder.size('p0001.mp4')).toBe(recording.media.length);
    // It is asked once a minute at most, once it has failed for a while.
    const asked = s3.asked.length;
    await world.round(30_000);
    expect(s3.asked.length).toBe(asked);

    s3.fault = 'none';
    await world.round();
    expect(await readBack(recording)).toBe(true);
    expect(await upload()).toEqual({ waitingBytes: 0, since: null, fault: null });
    expect(world.warnings).toHaveLength(1);
    await folder.removeAll();
  });

  it('V17 an unfinished upload that the store cleaned up is begun anew', async () => {
    await openWorld({ encrypt: false });
    const recording = await world.record('one');
    await recording.fragment(randomBytes(partBytes + 8000));
    await world.start();
    s3.forgetUploads();
    await recording.end();
    await world.opened.settled();
    await world.round();
    await world.round();
    expect(await readBack(recording)).toBe(true);
    await world.opened.files.of(recording.place).removeAll();
  });

  it('V17 is asked again whether it has everything before anything leaves the folder', async () => {
    await openWorld({ encrypt: false, keepLocalDays: 1 });
    const recording = await world.record('one');
    await recording.fragment(randomBytes(1000));
    await recording.end();
    await world.opened.settled();
    await world.start();
    expect(await s3.keys()).toHaveLength(4);
    expect(await away('one')).toBe(false);
    await s3.overwrite(key('one'), Buffer.from('changed'));
    const { faults } = await world.opened.verify(RecordingId.parse('one'));
    expect(faults).toEqual([{ recordingId: 'one', file: 'p0001.mp4', what: 'remote-changed' }]);
    await world.round();
    expect((await s3.object(key('one'))).equals(recording.media)).toBe(true);
    expect((await world.opened.condition()).broken).toEqual([]);
    await s3.overwrite(key('one'), Buffer.from('changed again'));
    world.clock.advance(25 * HOUR_MS);
    await world.round();
    await world.round();
    expect(await readBack(recording)).toBe(true);
    expect((await world.opened.verify()).faults).toEqual([]);
    await world.opened.files.of(recording.place).removeAll();
  });

  it('V15 removes nothing here before it is gone there, and finishes when asked again', async () => {
    await openWorld({ encrypt: false });
    const recording = await world.record('one');
    await recording.fragment(randomBytes(partBytes + 8000));
    await world.start();
    const folder = world.opened.files.of(recording.place);
    s3.fault = 'refuse';
    await expect(folder.removeAll()).rejects.toThrow(RemoteFailed);
    expect(await world.here('one')).toContain('p0001.mp4');
    s3.fault = 'none';
    await folder.removeAll();
    expect(s3.uploads()).toEqual([]);
    expect(await s3.keys()).toEqual([]);
    expect((await world.everythingHere()).filter((name) => name.startsWith('one'))).toEqual([]);
  });
});

describe('the check at night', () => {
  it('V18 reads what lies here, asks for what lies there, and tells what it found', async () => {
    await openWorld({ encrypt: true });
    for (const id of ['here', 'there']) {
      const recording = await world.record(id);
      await recording.fragment(randomBytes(1000));
      await recording.end();
    }
    await world.opened.settled();
    await world.start();
    expect(await away('there')).toBe(true);
    const folder = world.opened.files.of({ id: 'here', directory: 'here', sealedKey: null });
    s3.fault = 'refuse';
    await folder.write('class.mp4', randomBytes(100));
    await truncate(join(world.root, 'here', 'class.mp4'), 50);
    s3.fault = 'none';
    await s3.overwrite(key('there'), Buffer.from('changed'));
    const told = world.said('Files of recordings are broken');
    // Until the night comes.
    for (let hour = 0; hour < 24; hour += 1) world.clock.advance(HOUR_MS);
    await told;
    const { broken, checkedAt } = await world.opened.condition();
    expect(broken.map(({ recordingId, file, what }) => `${recordingId}/${file} ${what}`).sort()).toEqual([
      'here/class.mp4 truncated',
      'there/p0001.mp4 remote-changed',
    ]);
    expect(checkedAt).toBeGreaterThan(0);
  });
});

describe('the store itself', () => {
  let store: S3Store;
  beforeEach(async () => {
    await openWorld({ encrypt: false });
    const { endpoint, bucket, accessKeyId, secretAccessKey } = s3;
    store = await S3Store.open({
      ...{ endpoint, bucket, region: 'us-east-1', pathStyle: true, idleMs: 300 },
      credentials: { accessKeyId, secretAccessKey },
    });
  });
  afterEach(() => store.close());

  const ours = () => s3.keys().then((keys) => keys.filter((one) => !one.startsWith('of/')));
  const read = async (start: number, end: number) => {
    const pieces: Buffer[] = [];
    for await (const piece of store.read('x', start, end)) pieces.push(piece);
    return String(Buffer.concat(pieces));
  };

  it('V17 is given up when it says nothing, and when it breaks off', async () => {
    await store.put('x', Buffer.from('some content'));
    expect(await read(0, 1)).toBe('s');
    expect(await read(5, 12)).toBe('content');
    await expect(read(5, 20)).rejects.toThrow(RemoteFailed);
    s3.fault = 'stall';
    await expect(store.size('x')).rejects.toThrow(RemoteFailed);
    await expect(store.put('y', Buffer.from('y'))).rejects.toThrow(RemoteFailed);
    s3.fault = 'halve';
    await expect(read(0, 12)).rejects.toThrow(RemoteFailed);
    s3.fault = 'none';
    expect(await store.size('none')).toBeUndefined();
    await expect(store.part('x', 'none', 1, Buffer.from('x'))).rejects.toThrow(UploadGone);
    await store.abort('x', 'none');
    await store.removeAll('x');
    expect(await ours()).toEqual([]);
  });

  it('tells a wrong key in words without telling the key', async () => {
    const wrong = await S3Store.open({
      ...{ endpoint: s3.endpoint, bucket: s3.bucket, region: 'us-east-1', pathStyle: true },
      credentials: { accessKeyId: 'unknown', secretAccessKey: 'not the right one' },
    });
    const failure = await wrong.put('x', Buffer.from('x')).catch((error: unknown) => error);
    wrong.close();
    expect(failure).toBeInstanceOf(RemoteFailed);
    expect(String(failure)).toContain('403 InvalidAccessKeyId');
    expect(String(failure)).not.toContain('not the right one');
  });
});
