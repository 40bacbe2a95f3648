// What teachers leave out of a recording, the links and tickets by which it is shown, and what people with curl try against them.
import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { AuditPage } from '../../server/contract/audit.ts';
import { type FragmentLine, RecordingManifest } from '../../server/contract/recording.ts';
import { RecordingEdit, RecordingEdits, RecordingLinkMade, RecordingLinks, Ticket } from '../../server/contract/recording-edits.ts';
import { Refusal } from '../../server/contract/reply.ts';
import { hashOfToken } from '../../server/identity/token-hash.ts';
import { readIndex } from '../../server/recording/format/format.ts';
import { lessonId, strangerId, studentId, teacherId } from '../support/campus.ts';
import { lastsMs, openShownRecording, type Shown } from '../support/shown-recording.ts';

const run = promisify(execFile);
const minute = 60_000;
const student = studentId(1);
const at = '/api/recordings/recording';
let shown: Shown;

beforeAll(async () => {
  shown = await openShownRecording();
  // Its pictures and sound are encoded first.
}, 60_000);
afterAll(() => shown.close());

const json = (method: string, path: string, token: string | undefined, body?: unknown) => shown.campus.json(method, path, { token, body });
const refusal = (method: string, path: string, token?: string, body?: unknown) => shown.campus.refusal(method, path, { token, body });
const manifest = async (token = student, as = 'viewer') => RecordingManifest.parse(await json('GET', `${at}?as=${as}`, token));
const get = (path: string, headers: Record<string, string> = {}) => fetch(shown.campus.app.url + path, { headers });
const fetched = (file: string, range?: string, as = 'viewer', token: string = student) =>
  get(`${at}/files/${file}?as=${as}`, { authorization: `Bearer ${token}`, ...(range && { range }) });
const acts = async () => AuditPage.parse(await json('GET', '/api/audit?subjectId=recording', 'admin')).entries.map(({ act }) => act);
const indexOf = async (file: string, as = 'viewer', token: string = student): Promise<FragmentLine[]> =>
  readIndex(await (await fetched(file, undefined, as, token)).text());

describe('V44 a passage that was cut', () => {
  it('is in no manifest, no index, and in no range that anybody asks for; editors see it, and taking it back restores everything', async () => {
    const first = await manifest();
    const camera = first.tracks.find(({ trackId }) => trackId === 't-camera')?.parts[0];
    if (camera === undefined) throw new Error('no camera');
    const before = await indexOf(camera.index);
    const edit = RecordingEdit.parse(await json('POST', `${at}/edits`, teacherId, { kind: 'cut', fromMs: 6000, toMs: 9000 }));
    const cut = await manifest();
    expect(cut.cuts).toEqual([{ fromMs: 6000, toMs: 9000 }]);
    const parts = cut.tracks.find(({ trackId }) => trackId === 't-camera')?.parts ?? [];
    expect(parts.length).toBe(2);
    expect(parts.every(({ startMs, endMs }) => endMs <= 6000 || startMs >= 9000)).toBe(true);
    const left = await indexOf(camera.index);
    expect(left.every(([from, lasts]) => from + lasts <= 6000 || from >= 9000)).toBe(true);
    expect(left.length).toBeLessThan(before.length);

    for (const line of before) {
      const [, , offset, bytes] = line;
      const isLeft = left.some(([, , other]) => other === offset);
      const range = `bytes=${offset}-${offset + bytes - 1}`;
      expect((await fetched(camera.file, range)).status).toBe(isLeft ? 206 : 403);
      // The byte before, the byte after, and the last one that is cut.
      if (!isLeft) {
        expect((await fetched(camera.file, `bytes=${offset + bytes - 1}-${offset + bytes - 1}`)).status).toBe(403);
        expect((await fetched(camera.file, `bytes=0-${offset}`)).status).toBe(403);
        expect((await fetched(camera.file, `bytes=${offset}-`)).status).toBe(403);
      }
    }
    for (const range of [undefined, 'bytes=0-', 'bytes=-999999', 'bytes=0-1,2-3', 'bytes=9-1'])
      expect((await fetched(camera.file, range)).status).toBe(403);
    expect((await fetched(camera.file, `bytes=0-${camera.initBytes - 1}`)).status).toBe(206);
    expect(Refusal.parse(await (await fetched(camera.file)).json())).toMatchObject({ code: 'not-allowed', details: { why: 'cut' } });
    expect(await indexOf(camera.index, 'editor', teacherId)).toEqual(before);
    expect((await fetched(camera.file, undefined, 'editor', teacherId)).status).toBe(200);
    expect(await manifest(teacherId, 'editor')).toEqual({ ...first, cuts: [{ fromMs: 6000, toMs: 9000 }] });
    expect(await refusal('GET', `${at}/files/thumbnail.jpg`, student)).toBe('not-found');
    expect(await refusal('GET', `${at}/files/class.mp4`, student)).toBe('not-found');

    await json('DELETE', `${at}/edits/${edit.id}`, teacherId);
    expect(await refusal('DELETE', `${at}/edits/${edit.id}`, teacherId)).toBe('conflict');
    expect(await manifest()).toEqual(first);
    expect(await indexOf(camera.index)).toEqual(before);
    expect((await fetched(camera.file)).status).toBe(200);
    const { edits } = RecordingEdits.parse(await json('GET', `${at}/edits`, teacherId));
    expect(edits).toMatchObject([{ id: edit.id, madeBy: `Name of ${teacherId}`, undoneAt: shown.campus.clock.now() }]);
    expect(await acts()).toEqual(['recording.edit-undone', 'recording.edited']);
  });

  it('leaves no picture that was made before it, though it is still on the disk', async () => {
    await shown.make();
    const thumbnail = () => refusal('GET', `${at}/files/thumbnail.jpg`, student);
    expect(await thumbnail()).toBeNull();
    const made = join(shown.campus.folder, 'data', 'recordings', 'recording', 'insight.json');
    const insight = z.looseObject({}).parse(JSON.parse(await readFile(made, 'utf8')));
    await writeFile(made, JSON.stringify({ ...insight, thumbnail: null }));
    expect(await thumbnail()).toBe('not-found');
    await shown.make();
  });

  it('a person who was left out is in nothing, and their files are not to be had', async () => {
    const edit = RecordingEdit.parse(await json('POST', `${at}/edits`, teacherId, { kind: 'drop', participantId: 'p2', what: 'picture' }));
    expect((await manifest()).tracks.map(({ trackId }) => trackId)).toEqual(['t-camera', 't-voice']);
    expect([(await fetched('p0003.mp4', 'bytes=0-9')).status, (await fetched('p0003.jsonl')).status]).toEqual([404, 404]);
    await json('DELETE', `${at}/edits/${edit.id}`, teacherId);
    expect((await fetched('p0003.mp4', 'bytes=0-9')).status).toBe(206);
  });

  it('what makes no sense is refused', async () => {
    const codes = async (...edits: object[]) => Promise.all(edits.map((edit) => refusal('POST', `${at}/edits`, teacherId, edit)));
    expect(
      await codes(
        { kind: 'cut', fromMs: 5000, toMs: 5000 },
        { kind: 'cut', fromMs: lastsMs + minute, toMs: null },
        { kind: 'cut', fromMs: -1, toMs: 5 },
        { kind: 'cut', fromMs: 0, toMs: 1e300 },
        { kind: 'drop', participantId: 'nobody', what: 'picture' },
        { kind: 'burn' },
      ),
    ).toEqual(Array.from({ length: 6 }, () => 'bad-request'));
  });
});

describe('V47 who may see it, and when', () => {
  it('is said by those who teach it, and written down with before and after', async () => {
    expect(await json('PATCH', at, teacherId, { title: 'Дифракция' })).toMatchObject({ title: 'Дифракция', hidden: false });
    expect(await json('PATCH', at, teacherId, { hidden: true, until: shown.campus.clock.now() + minute })).toMatchObject({ hidden: true });
    expect(await refusal('GET', at, student)).toBe('not-allowed');
    expect(await refusal('PATCH', at, teacherId, { from: shown.campus.clock.now() + 2 * minute })).toBe('bad-request');
    expect(await json('PATCH', at, teacherId, { hidden: false, until: null })).toMatchObject({ hidden: false, until: null });
    const { entries } = AuditPage.parse(await json('GET', '/api/audit?subjectId=recording', 'admin'));
    expect(entries.slice(0, 3)).toMatchObject([
      { act: 'recording.published', before: { hidden: true }, after: { hidden: false } },
      { act: 'recording.published', before: { hidden: false }, after: { hidden: true } },
      { act: 'recording.renamed', before: { title: null }, after: { title: 'Дифракция' } },
    ]);
  });
});

describe('V48 a link', () => {
  const make = async (password: string | null, lastsForMs = 60 * minute) => {
    const body = { expiresAt: shown.campus.clock.now() + lastsForMs, password };
    const { url, link } = RecordingLinkMade.parse(await json('POST', `${at}/links`, teacherId, body));
    return { token: url.slice(url.lastIndexOf('/') + 1), link };
  };
  const open = (token: string, password: string | null, from?: string) =>
    shown.campus.call('POST', `/api/shared-recordings/${token}`, { body: { password }, ...(from && { from }) });
  const cookieOf = (response: Response): string => response.headers.get('set-cookie')?.split(';')[0] ?? '';
  const codeOf = async (cookie: string, path = at, method = 'GET', body?: unknown) =>
    shown.campus.refusal(method, path, { cookie, ...(body !== undefined && { body }) });

  it('opens this one recording to whoever has it, and nothing else; its cookie goes to no other address', async () => {
    const { token } = await make(null);
    expect(await json('GET', `/api/shared-recordings/${token}`, undefined)).toEqual({ needsPassword: false });
    const opened = await open(token, null);
    expect(await opened.json()).toMatchObject({ recordingId: 'recording' });
    expect(opened.headers.get('set-cookie')).toMatch(/Path=\/api\/recordings\/recording;.*HttpOnly; SameSite=Lax/);
    const cookie = cookieOf(opened);
    const paths = [at, `${at}/page`, `${at}/files/p0001.mp4`, `${at}/files/thumbnail.jpg`, `${at}/timeline`];
    await shown.make();
    expect(await Promise.all(paths.map((path) => codeOf(cookie, path)))).toEqual(paths.map(() => null));
    const others = ['/api/recordings/other', `${at}/edits`, `${at}/links`, `${at}/notes`, `/api/lessons/${lessonId}/recordings`];
    for (const path of others) expect(await codeOf(cookie, path)).toMatch(/not-signed-in|not-found/);
    expect(await codeOf(cookie, `${at}?as=editor`)).toBe('not-allowed');
    // V79
    const report = { reportId: 'report-of-a-link-viewer', stretches: [{ fromMs: 0, toMs: 1000, speed: 1 }] };
    expect(await codeOf(cookie, `${at}/watched`, 'POST', report)).toBe('not-signed-in');
    expect(await shown.database.db.selectFrom('recording_viewing').selectAll().execute()).toEqual([]);
    expect(await json('GET', `${at}/links`, teacherId)).toMatchObject({ links: [{ opened: 1, hasPassword: false }] });
  });

  it('with a password opens by it only, and not to whoever tries many', async () => {
    const { token } = await make('тау мен дала');
    expect(await json('GET', `/api/shared-recordings/${token}`, undefined)).toEqual({ needsPassword: true });
    expect((await open(token, null)).status).toBe(401);
    expect((await open(token, 'тау мен дала')).status).toBe(200);
    const tried: number[] = [];
    for (let attempt = 0; attempt < 14; attempt += 1) tried.push((await open(token, `guess ${attempt}`)).status);
    expect(tried.at(-1)).toBe(429);
    expect((await open(token, 'тау мен дала', '203.0.113.9')).status).toBe(200);
  });

  it('works until it expires or is revoked, and not where the recording is hidden or thrown away', async () => {
    const { token, link } = await make(null);
    const cookie = cookieOf(await open(token, null));
    expect(await codeOf(cookie)).toBeNull();
    await shown.become({ hidden: 1 });
    expect([await codeOf(cookie), await refusal('POST', `/api/shared-recordings/${token}`, undefined, { password: null })]).toEqual([
      'not-allowed',
      'not-allowed',
    ]);
    await shown.become({ hidden: 0, trashed_at: 1 });
    expect(await codeOf(cookie)).toBe('not-found');
    await shown.become({ trashed_at: null, visible_until: 1 });
    expect(await codeOf(cookie)).toBe('not-allowed');
    await shown.become({ visible_until: null });
    expect(await codeOf(cookie)).toBeNull();
    await json('DELETE', `${at}/links/${link.id}`, teacherId);
    expect([await codeOf(cookie), await refusal('GET', `/api/shared-recordings/${token}`)]).toEqual(['not-signed-in', 'link-invalid']);

    const short = await make(null, minute);
    const late = cookieOf(await open(short.token, null));
    shown.campus.clock.advance(minute);
    const paths = [at, `${at}/files/p0001.mp4`, `${at}/files/thumbnail.jpg`, `${at}/files/p0001.jsonl`, `${at}/page`];
    expect(await Promise.all(paths.map((path) => codeOf(late, path)))).toEqual(paths.map(() => 'not-signed-in'));
    expect(await refusal('GET', `/api/shared-recordings/${short.token}`)).toBe('link-invalid');
  });

  it('cannot be forged, and is made for a moment to come and for a year at most', async () => {
    for (const cookie of ['auditoria_recording=x', `auditoria_recording=${'a'.repeat(4000)}`, 'auditoria_recording=e30.e30.e30'])
      expect(await codeOf(cookie)).toBe('not-signed-in');
    expect(await refusal('GET', '/api/shared-recordings/short')).toBe('bad-request');
    expect(await refusal('GET', `/api/shared-recordings/${'a'.repeat(32)}`)).toBe('link-invalid');
    const now = shown.campus.clock.now();
    for (const expiresAt of [now, now + 367 * 24 * 60 * minute])
      expect(await refusal('POST', `${at}/links`, teacherId, { expiresAt, password: null })).toBe('bad-request');
    const { links } = RecordingLinks.parse(await json('GET', `${at}/links`, teacherId));
    expect(links.length).toBeGreaterThan(3);
    expect(await acts()).toContain('recording.linked');
    expect(await acts()).toContain('recording.unlinked');
  });
});

describe('V49 a ticket', () => {
  const ticket = async (file: string, token: string = student) => Ticket.parse(await json('POST', `${at}/tickets`, token, { file })).url;
  const code = async (path: string) => {
    const response = await get(path);
    return response.ok ? 'ok' : Refusal.parse(await response.json()).code;
  };

  it('opens one file to one viewer for ten minutes, and asks for the rights each time', async () => {
    await shown.make();
    const url = await ticket('mp4');
    const film = await get(url);
    expect([film.status, film.headers.get('content-type'), film.headers.get('x-content-type-options')]).toEqual([
      200,
      'video/mp4',
      'nosniff',
    ]);
    expect(film.headers.get('content-disposition')).toContain(`filename*=UTF-8''${encodeURIComponent('Дифракция 2026-09-07.mp4')}`);
    const etag = film.headers.get('etag') ?? '';
    const rest = await get(url, { range: 'bytes=10-', 'if-range': etag });
    expect([rest.status, rest.headers.get('content-range')]).toEqual([206, 'bytes 10-99/100']);
    expect((await get(url, { range: 'bytes=10-', 'if-range': '"another"' })).status).toBe(200);
    expect((await fetch(shown.campus.app.url + url, { method: 'HEAD' })).headers.get('content-length')).toBe('100');
    expect(await code(url.replace('class.mp4', 'sound.m4a'))).toBe('token-expired');
    expect(await code(url.replace('class.mp4', 'p0001.mp4'))).toBe('token-expired');
    expect(await code(url.replace('class.mp4', '..%2Fsession.json'))).toBe('token-expired');
    await shown.become({ download: 0 });
    expect(await code(url)).toBe('not-allowed');
    await shown.become({ download: 1 });
    await shown.database.db.deleteFrom('group_member').where('person_id', '=', student).execute();
    expect(await code(url)).toBe('not-allowed');
    await shown.database.db.insertInto('group_member').values({ group_id: 'group', person_id: student }).execute();
    await shown.database.db.updateTable('person').set({ disabled: 1 }).where('id', '=', student).execute();
    expect(await code(url)).toBe('not-signed-in');
    await shown.database.db.updateTable('person').set({ disabled: 0 }).where('id', '=', student).execute();
    expect(await code(url)).toBe('ok');
    shown.campus.clock.advance(10 * minute);
    expect(await code(url)).toBe('token-expired');
    expect((await acts()).filter((act) => act === 'recording.downloaded').length).toBeGreaterThan(0);
  });

  it('ends with the session in which it was given, and with no other', async () => {
    const { db } = shown.database;
    const sessions = () => db.selectFrom('session').selectAll().where('token_hash', '=', hashOfToken(student)).execute();
    const [session] = await sessions();
    if (session === undefined) throw new Error('not signed in');
    const others = 'another-device';
    await db
      .insertInto('session')
      .values({ ...session, token_hash: hashOfToken(others) })
      .execute();
    const [film, list, other] = [await ticket('mp4'), await ticket('hls'), await ticket('hls', others)];
    const part = list.replace('master.m3u8', 'p0001.mp4');
    expect([await code(film), await code(list), await code(part), await code(other)]).toEqual(['ok', 'ok', 'ok', 'ok']);
    await json('DELETE', '/api/session', student);
    expect([await code(film), await code(list), await code(part), await code(other)]).toEqual([
      'not-signed-in',
      'not-signed-in',
      'not-signed-in',
      'ok',
    ]);
    await db.insertInto('session').values(session).execute();
    expect(await code(film)).toBe('ok');
  });

  it('V47 is written down once for each download, wherever in the file it begins', async () => {
    const downloads = async () => (await acts()).filter((act) => act === 'recording.downloaded').length;
    const before = await downloads();
    shown.campus.clock.advance(15 * minute);
    const url = await ticket('mp4');
    for (const range of ['bytes=1-', 'bytes=-99', 'bytes=50-60', 'bytes=0-', 'pages=1-2']) await get(url, { range });
    await fetch(shown.campus.app.url + url, { method: 'HEAD' });
    expect(await downloads()).toBe(before + 1);
    shown.campus.clock.advance(15 * minute);
    await get(await ticket('mp4'), { range: 'bytes=1-' });
    expect(await downloads()).toBe(before + 2);
  });

  it('cannot be forged, borrowed from another purpose, or asked for by those who may not', async () => {
    const [, words = '', signature = ''] = (await ticket('mp4')).split('/')[3]?.split('.') ?? [];
    const none = Buffer.from(JSON.stringify({ alg: 'none', typ: 'JWT' })).toString('base64url');
    const claims = z.looseObject({}).parse(JSON.parse(Buffer.from(words, 'base64url').toString()));
    const other = Buffer.from(JSON.stringify({ ...claims, recording: 'other' })).toString('base64url');
    for (const forged of [`${none}.${words}.`, `${none}.${words}.${signature}`, `${none}.${other}.${signature}`, 'x', 'a'.repeat(2000)])
      expect(await code(`/media/recordings/${forged}/class.mp4`)).toBe('token-expired');
    expect(await code(`/media/recordings/${'a'.repeat(5000)}/class.mp4`)).toBe('bad-request');
    expect(await refusal('POST', `${at}/tickets`, strangerId, { file: 'hls' })).toBe('not-allowed');
    expect(await refusal('POST', `${at}/tickets`, student, { file: 'session.json' })).toBe('bad-request');
    expect(await code('/media/recordings/')).toBe('not-found');
  });

  it('V50 plays as HLS, each track to its end, with a discontinuity where something was cut', async () => {
    const url = shown.campus.app.url + (await ticket('hls'));
    const master = await get(url.slice(shown.campus.app.url.length));
    expect(master.headers.get('content-type')).toContain('application/vnd.apple.mpegurl');
    const text = await master.text();
    expect(text).toContain('TYPE=AUDIO');
    const probed = async (name: string) => {
      const packets = ['-show_entries', 'packet=pts_time,duration_time', '-of', 'csv=p=0'];
      const { stdout } = await run('ffprobe', ['-v', 'error', '-allowed_extensions', 'ALL', ...packets, url.replace('master.m3u8', name)]);
      return stdout
        .trim()
        .split('\n')
        .map((line) => Number(line.split(',')[0]));
    };
    const [pictures, voices] = [await probed('t-camera.m3u8'), await probed('t-voice.m3u8')];
    expect(pictures.length).toBe((lastsMs / 1000) * 15);
    expect(Math.max(...voices)).toBeGreaterThan(lastsMs / 1000 - 0.1);
    const edit = RecordingEdit.parse(await json('POST', `${at}/edits`, teacherId, { kind: 'cut', fromMs: 6000, toMs: 9000 }));
    const playlist = await (await get(url.replace('master.m3u8', 't-camera.m3u8').slice(shown.campus.app.url.length))).text();
    expect(playlist.match(/#EXT-X-DISCONTINUITY\n/g)).toHaveLength(1);
    expect(playlist).toContain('#EXT-X-ENDLIST');
    expect((await probed('t-camera.m3u8')).length).toBeLessThan(pictures.length - 40);
    await json('DELETE', `${at}/edits/${edit.id}`, teacherId);
  });
});

describe('V51 files', () => {
  it('say what they are, are kept by nobody, and take any range in any writing', async () => {
    const whole = await fetched('p0001.mp4');
    const { headers } = whole;
    expect(headers.get('content-type')).toMatch(/^video\/mp4; codecs="avc1/);
    expect([headers.get('x-content-type-options'), headers.get('cross-origin-resource-policy'), headers.get('cache-control')]).toEqual([
      'nosniff',
      'same-origin',
      'private, no-store, no-transform',
    ]);
    const bytes = Buffer.from(await whole.arrayBuffer());
    const last = bytes.length - 1;
    const ranges: [string, number, string | null][] = [
      ['bytes=0-0', 206, `bytes 0-0/${bytes.length}`],
      ['bytes=-5', 206, `bytes ${last - 4}-${last}/${bytes.length}`],
      [`bytes=${last}-99999999999`, 206, `bytes ${last}-${last}/${bytes.length}`],
      [`bytes=${bytes.length}-`, 416, `bytes */${bytes.length}`],
      ['bytes=-0', 416, `bytes */${bytes.length}`],
      ['bytes=5-1', 200, null],
      ['bytes=0-1,5-9', 200, null],
      ['bytes=99999999999999999999-', 200, null],
      ['lines=1-2', 200, null],
      [`bytes=${'0'.repeat(3000)}-`, 200, null],
    ];
    for (const [range, status, told] of ranges) {
      const answer = await fetched('p0001.mp4', range);
      expect([range.slice(0, 40), answer.status, answer.headers.get('content-range')]).toEqual([range.slice(0, 40), status, told]);
      const body = Buffer.from(await answer.arrayBuffer());
      const [, from, to] = /bytes (\d+)-(\d+)/.exec(told ?? '') ?? [];
      if (status === 206) expect(body.equals(bytes.subarray(Number(from), Number(to) + 1))).toBe(true);
      if (status === 416) expect(answer.headers.get('content-type')).toContain('application/json');
    }
  });

  it('no path leads out of a recording, to another, or to what its manifest does not name', async () => {
    const names = [
      'session.json',
      'events.jsonl',
      'insight.json',
      '..%2F..%2Fauditoria.sqlite',
      'p9999.mp4',
      'p0001.webm',
      'p0001.mp4%00',
      '.',
      '',
    ];
    for (const name of names) expect([name, (await fetched(name, undefined, 'viewer', teacherId)).status]).toEqual([name, 404]);
    for (const id of ['other', '..%2Frecording', 'recording%2F..', 'a'.repeat(100)])
      expect((await get(`/api/recordings/${id}/files/p0001.mp4`, { authorization: `Bearer ${teacherId}` })).status).toBe(404);
  });
});
