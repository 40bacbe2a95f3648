// Looking back at a class while it runs, over HTTP: what is recorded grows for its students, and is closed to them the moment the teacher says so.
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadConfig } from '../../config/load.ts';
import { type App, openApp } from '../../server/app.ts';
import { AuditPage } from '../../server/contract/audit.ts';
import type { TrackId } from '../../server/contract/ids.ts';
import { RecordingManifest } from '../../server/contract/recording.ts';
import { Ticket } from '../../server/contract/recording-edits.ts';
import { Refusal } from '../../server/contract/reply.ts';
import { LessonEntered } from '../../server/contract/timetable.ts';
import { openDatabase } from '../../server/database/open.ts';
import { hashOfToken } from '../../server/identity/token-hash.ts';
import { openLog } from '../../server/log.ts';
import { readIndex } from '../../server/recording/format/format.ts';
import { fillCampus, lessonId, startsAt, strangerId, studentId, teacherId } from '../support/campus.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { FakeMedia } from '../support/fake-media.ts';
import { Visitor } from '../support/people.ts';

const student = studentId(1);
const clock = new FakeClock(startsAt);
const media = new FakeMedia();
let folder: string;
let app: App;
let teacher: Visitor;
let at: string;
let trackId: TrackId;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'auditoria-live-'));
  await mkdir(join(folder, 'data'));
  const database = await openDatabase(join(folder, 'data', 'auditoria.sqlite'));
  await fillCampus(database.db, { rules: { recording: 'manual' } });
  const times = { created_at: startsAt, last_seen_at: startsAt, expires_at: startsAt + 86_400_000 };
  const people = [teacherId, student, strangerId];
  await database.db.updateTable('person').set({ roles: '["administrator"]' }).where('id', '=', 'observer').execute();
  await database.db
    .insertInto('session')
    .values(
      [...people, 'observer'].map((id) => ({
        token_hash: hashOfToken(id),
        person_id: id,
        ...times,
        user_agent: 'T',
        address: '127.0.0.1',
      })),
    )
    .execute();
  await database.close();
  const config = loadConfig({ AUDITORIA_PORT: '0', AUDITORIA_TRUSTED_PROXIES: 'loopback' }, folder);
  app = await openApp(config, { log: openLog({ level: 'silent', format: 'json' }), clientDir: null, media, clock });
  const { roomToken } = LessonEntered.parse(await (await call('POST', `/api/lessons/${lessonId}/enter`, teacherId)).json());
  teacher = new Visitor(
    () => app.url,
    () => roomToken,
  );
  teacher.address = '203.0.113.7';
  await teacher.connect();
  await teacher.join();
  trackId = (await teacher.publish('microphone')).trackId;
  await teacher.ask('recording:start', {});
  await teacher.until(() => teacher.sight.room.recording.recordingId !== null);
  at = `/api/recordings/${teacher.sight.room.recording.recordingId}`;
});
afterAll(async () => {
  teacher.leavePage();
  await app.close('server-stopped');
  await rm(folder, { recursive: true, force: true });
});

function call(method: string, path: string, token?: string, range?: string, body?: object): Promise<Response> {
  const headers = { ...(token && { authorization: `Bearer ${token}` }), ...(range && { range }), 'content-type': 'application/json' };
  return fetch(app.url + path, { method, headers, ...(body && { body: JSON.stringify(body) }) });
}

async function outcome(path: string, token: string | undefined = student, range?: string): Promise<string> {
  const response = await call('GET', path, token, range);
  if (response.ok) return (await response.arrayBuffer()) && 'ok';
  const { code, details } = Refusal.parse(await response.json());
  return details?.why === undefined ? code : `${code}:${String(details.why)}`;
}

let sent = 0;
/** So much of silence in Opus, twenty milliseconds a packet, from the teacher's microphone. */
async function speak(ms: number): Promise<void> {
  const [tap] = [...media.rooms.values()].flatMap((room) => [...room.taps]);
  if (tap === undefined) throw new Error('nothing is recorded');
  await expect.poll(() => tap.tapped.get(trackId)?.paused).toBe(false);
  for (let passed = 0; passed < ms; passed += 20) {
    const packet = Buffer.from([0x80, 100, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0xf8, 0xff, 0xfe]);
    packet.writeUInt16BE(sent, 2);
    packet.writeUInt32BE(sent * 960, 4);
    sent += 1;
    if (sent % 25 === 1) tap.senderReport(trackId, { ssrc: 1, ntpMs: clock.now(), rtpTimestamp: (sent - 1) * 960 });
    tap.packet(trackId, packet, clock.now());
    clock.advance(20);
    await new Promise(setImmediate);
  }
}

const manifest = async () => RecordingManifest.parse(await (await call('GET', at, student)).json());
const partOf = ({ tracks }: RecordingManifest) => {
  const part = tracks[0]?.parts[0];
  if (part === undefined) throw new Error('nothing was captured');
  return part;
};

describe('V43 while a class is recorded', () => {
  it('its students fetch what there is, and find more a moment later', async () => {
    await speak(6000);
    await expect.poll(async () => (await manifest()).tracks.length).toBe(1);
    const first = await manifest();
    expect(first.state).toBe('recording');
    const before = partOf(first);
    expect([before.open, before.bytes > before.initBytes]).toEqual([true, true]);
    await speak(4000);
    await expect.poll(async () => partOf(await manifest()).endMs).toBeGreaterThan(before.endMs + 2000);
    const after = partOf(await manifest());
    expect([after.file, after.initBytes, after.bytes > before.bytes]).toEqual([before.file, before.initBytes, true]);

    const index = await call('GET', `${at}/files/${after.index}`, student);
    expect(index.headers.get('content-type')).toContain('application/jsonl');
    const lines = readIndex(await index.text());
    const [, , offset = 0, bytes = 0] = lines.at(-1) ?? [];
    const range = await call('GET', `${at}/files/${after.file}`, student, `bytes=${offset}-${offset + bytes - 1}`);
    expect([range.status, (await range.arrayBuffer()).byteLength]).toEqual([206, bytes]);
    // What grows has no name for its content, and is kept by nobody: a player that asks again gets what there is then.
    for (const path of [at, `${at}/files/${after.index}`, `${at}/files/${after.file}`]) {
      const { headers } = await call('GET', path, student, 'bytes=0-9');
      expect([path, headers.get('cache-control')]).toEqual([path, expect.stringContaining('no-store')]);
      if (path !== at) expect([path, headers.get('etag')]).toEqual([path, null]);
    }
    expect(await outcome(`${at}/files/${after.file}`, student, `bytes=${after.bytes + 1_000_000}-`)).toBe('range-not-satisfiable');
  });

  it('is given to nobody from outside, and has no files to download yet', async () => {
    expect([await outcome(at, strangerId), await outcome(at, 'nobody')]).toEqual(['not-allowed', 'not-signed-in']);
    expect([await outcome(`${at}/files/class.mp4`), await outcome(`${at}/files/thumbnail.jpg`)]).toEqual(['not-found', 'not-found']);
  });

  it('is closed at every address when the teacher says so, also to a player that has a ticket, and opened again', async () => {
    const { file, index } = partOf(await manifest());
    const { url } = Ticket.parse(await (await call('POST', `${at}/tickets`, student, undefined, { file: 'hls' })).json());
    const list = url.replace('master.m3u8', `${trackId}.m3u8`);
    const addresses = [at, `${at}/page`, `${at}/timeline`, `${at}/files/${file}`, `${at}/files/${index}`];
    const ticketed = [url, list, url.replace('master.m3u8', file)];
    const all = async () => Promise.all([...addresses.map((path) => outcome(path)), ...ticketed.map((path) => outcome(path, ''))]);
    expect(await (await fetch(app.url + list)).text()).not.toContain('#EXT-X-ENDLIST');
    expect(new Set(await all())).toEqual(new Set(['ok']));
    await teacher.ask('recording:allow-rewind', { allowed: false });
    expect(new Set(await all())).toEqual(new Set(['not-allowed:rewind-not-allowed']));
    expect(await outcome(at, teacherId)).toBe('ok');
    await teacher.ask('recording:allow-rewind', { allowed: true });
    expect(new Set(await all())).toEqual(new Set(['ok']));
  });

  it('V65 a moment that is marked in class is in the audit log, with the address of whoever marked it', async () => {
    await teacher.ask('recording:mark', { kind: 'important', text: 'Дәлелдеу' });
    const { entries } = AuditPage.parse(await (await call('GET', '/api/audit?act=recording.marked', 'observer')).json());
    expect(entries).toMatchObject([{ actor: { id: teacherId }, address: '203.0.113.7', after: { text: 'Дәлелдеу' } }]);
  });

  it('is whole at the same address when it has ended, and its finished files have a name for their content', async () => {
    await teacher.ask('recording:stop', {});
    const done = await manifest();
    expect([done.state, partOf(done).open]).toEqual(['ended', false]);
    const range = await call('GET', `${at}/files/${partOf(done).file}`, student, 'bytes=0-9');
    expect(range.headers.get('etag')).toMatch(/^".+"$/);
    // The room is open: what the teacher says of looking back holds for what has ended in it too.
    await teacher.ask('recording:allow-rewind', { allowed: false });
    expect(await outcome(at)).toBe('not-allowed:rewind-not-allowed');
    await teacher.ask('recording:allow-rewind', { allowed: true });
  });
});
