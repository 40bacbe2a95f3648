// How recordings are kept, told over HTTP to a whole server: trash, holds, rules over time, the space, and what is left on the disk.
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { AuditPage } from '../../server/contract/audit.ts';
import { RecordingId } from '../../server/contract/ids.ts';
import { Notifications } from '../../server/contract/notification.ts';
import { Recordings } from '../../server/contract/recording.ts';
import { KeepingRules, KeptRecordings, StorageState } from '../../server/contract/recording-keeping.ts';
import { Refusal } from '../../server/contract/reply.ts';
import { LessonKind } from '../../server/contract/timetable.ts';
import { openDatabase } from '../../server/database/open.ts';
import { RecordingStore } from '../../server/recording/recording.store.ts';
import { type Campus, noon } from '../support/accounts.ts';
import { lessonId, strangerId, studentId, teacherId } from '../support/campus.ts';
import { day, openTermCampus } from '../support/term-campus.ts';

const env = {
  AUDITORIA_RECORDING_RULES: '[{"kind":"laboratory","days":5},{"days":900,"afterwards":"archive"}]',
  AUDITORIA_RECORDING_TRASH_DAYS: '3',
  AUDITORIA_RECORDING_QUOTA_GB: '0.01',
  AUDITORIA_SESSION_IDLE_HOURS: '240',
};
const admin = 'admin';
const student = studentId(1);
let campus: Campus;

beforeAll(async () => {
  campus = await openTermCampus(env);
});
afterAll(() => campus.close());

const folderOf = (id: string) => join(campus.folder, 'data', 'recordings', id);
const path = (id: string, more = '') => `/api/recordings/${id}${more}`;

/** Ended at the present moment of the campus. */
async function add(name: string, bytes = 1000): Promise<string> {
  const database = await openDatabase(join(campus.folder, 'data', 'auditoria.sqlite'));
  const store = new RecordingStore(database.db);
  const id = RecordingId.parse(name);
  const now = campus.clock.now();
  await store.add({ id, lessonId, startedAt: now, startedBy: null, directory: name });
  await store.end(id, now, 'class-ended', bytes);
  await database.close();
  await mkdir(folderOf(name));
  await writeFile(join(folderOf(name), 'p0001.mp4'), 'x'.repeat(100));
  return id;
}
const kept = async (show: string) =>
  KeptRecordings.parse(await campus.json('GET', `/api/recordings?show=${show}`, { token: admin })).recordings;
const seenBy = async (token: string) =>
  Recordings.parse(await campus.json('GET', `/api/lessons/${lessonId}/recordings`, { token })).recordings.map(({ id }) => id);
const acts = async (id: string) => {
  const { entries } = AuditPage.parse(await campus.json('GET', `/api/audit?subjectId=${id}`, { token: admin }));
  return entries.map(({ act, actor }) => `${actor.kind} ${act}`).reverse();
};
const why = async (method: string, address: string, token: string) => {
  const answer = await campus.call(method, address, { token, ...(method === 'POST' && { body: {} }) });
  const { code, details } = Refusal.parse(await answer.json());
  return [code, details?.why];
};

it('V23 those who teach put a recording into the trash and take it out again; nobody else does', async () => {
  const id = await add('thrown');
  for (const [token, code] of [
    [student, 'not-allowed'],
    [strangerId, 'not-allowed'],
    [undefined, 'not-signed-in'],
  ] as const)
    expect([token, await campus.refusal('DELETE', path(id), { token })]).toEqual([token, code]);
  expect(await seenBy(student)).toContain(id);
  await campus.json('DELETE', path(id), { token: teacherId });
  expect(await seenBy(student)).not.toContain(id);
  expect(await campus.refusal('GET', path(id), { token: student })).toBe('not-found');
  expect(await kept('trash')).toMatchObject([
    { id, trash: { by: 'Name of teacher', purgeAt: noon + 3 * day, purging: false }, next: null },
  ]);
  expect(await why('DELETE', path(id), teacherId)).toEqual(['conflict', 'in-trash']);
  await campus.json('POST', path(id, '/restoration'), { token: teacherId, body: {} });
  expect(await seenBy(student)).toContain(id);
  expect(await why('POST', path(id, '/restoration'), teacherId)).toEqual(['conflict', 'not-in-trash']);
  expect(await acts(id)).toEqual(['person recording.trashed', 'person recording.restored']);
});

it('V22 what an administrator holds is touched by nobody, until the hold ends', async () => {
  const id = await add('held');
  const hold = { token: admin, body: { reason: 'An appeal' } };
  expect(await campus.refusal('PUT', path(id, '/hold'), { ...hold, token: teacherId })).toBe('not-allowed');
  expect(await campus.refusal('PUT', path(id, '/hold'), { token: admin, body: { reason: ' ' } })).toBe('bad-request');
  await campus.json('PUT', path(id, '/hold'), hold);
  expect(await kept('held')).toMatchObject([{ id, hold: { reason: 'An appeal', by: 'Name of admin' }, next: null }]);
  expect(await why('DELETE', path(id), teacherId)).toEqual(['conflict', 'held']);
  await campus.json('DELETE', path(id, '/hold'), { token: admin });
  expect(await why('DELETE', path(id, '/hold'), admin)).toEqual(['conflict', 'not-held']);
  expect(await kept('held')).toEqual([]);
  expect(await acts(id)).toEqual(['person recording.held', 'person recording.released']);
});

it('V25 what is purged has no byte left, is on no list, and does not come back', async () => {
  const id = await add('purged');
  expect(await why('DELETE', path(id, '/bytes'), admin)).toEqual(['conflict', 'not-in-trash']);
  await campus.json('DELETE', path(id), { token: teacherId });
  expect(await campus.refusal('DELETE', path(id, '/bytes'), { token: teacherId })).toBe('not-allowed');
  expect(existsSync(folderOf(id))).toBe(true);
  await campus.json('DELETE', path(id, '/bytes'), { token: admin });
  expect(existsSync(folderOf(id))).toBe(false);
  for (const show of ['kept', 'trash']) expect((await kept(show)).map((one) => one.id)).not.toContain(id);
  expect(await campus.refusal('POST', path(id, '/restoration'), { token: admin, body: {} })).toBe('not-found');
  expect(await campus.refusal('GET', path(id), { token: admin })).toBe('not-found');
  expect(await acts(id)).toEqual(['person recording.trashed', 'person recording.purged']);
});

it('V27 the list and the state of the store are for administrators', async () => {
  for (const address of ['/api/storage', '/api/recordings'])
    for (const token of [teacherId, 'coordinator', student]) expect(await campus.refusal('GET', address, { token })).toBe('not-allowed');
  const state = StorageState.parse(await campus.json('GET', '/api/storage', { token: admin }));
  expect(state).toMatchObject({ store: 'disk', encrypted: false, level: 'ample', quotaBytes: 10_000_000, trashBytes: 0, trashDays: 3 });
  expect(state.byKind).toMatchObject([{ kind: 'laboratory', days: 5, afterwards: 'delete' }]);
  expect(state.disk.totalBytes).toBeGreaterThan(state.disk.freeBytes);
});

it('V29 how long recordings of each kind of lesson are kept is told to everybody, also before they sign in', async () => {
  const { rules } = KeepingRules.parse(await campus.json('GET', '/api/keeping-rules'));
  expect(rules.map(({ kind }) => kind)).toEqual(LessonKind.options);
  expect(rules.find(({ kind }) => kind === 'laboratory')).toMatchObject({ days: 5, afterwards: 'delete' });
  expect(rules.find(({ kind }) => kind === 'lecture')).toMatchObject({ days: 900, afterwards: 'archive' });
});

it('V28 administrators are told once that space runs out, and nobody else is', async () => {
  const told = async (token: string) =>
    Notifications.parse(await campus.json('GET', '/api/notifications', { token })).notifications.filter(({ kind }) => kind === 'space-low');
  await add('large', 9_800_000);
  const state = async () => StorageState.parse(await campus.json('GET', '/api/storage', { token: admin }));
  expect((await state()).level).toBe('scarce');
  await vi.waitFor(async () => expect(await told(admin)).toMatchObject([{ lessonId: null, detail: { space: { level: 'scarce' } } }]));
  await campus.json('DELETE', path('large'), { token: teacherId });
  expect((await state()).trashBytes).toBe(9_800_000);
  await campus.json('DELETE', path('large', '/bytes'), { token: admin });
  expect((await state()).level).toBe('ample');
  await add('large-again', 9_800_000);
  expect((await state()).level).toBe('scarce');
  expect(await told(admin)).toHaveLength(1);
  expect(await told(teacherId)).toEqual([]);
  await campus.json('DELETE', path('large-again'), { token: teacherId });
  await campus.json('DELETE', path('large-again', '/bytes'), { token: admin });
});

it('V21 V23 the rules throw away after their days, and the trash removes the bytes, also while the server was off', async () => {
  const id = await add('ruled');
  await campus.json('PUT', path('held', '/hold'), { token: admin, body: { reason: 'Another appeal' } });
  campus = await campus.after(5 * day, env);
  await vi.waitFor(async () => expect((await kept('trash')).map((one) => one.id)).toContain(id));
  expect((await kept('trash')).find((one) => one.id === id)).toMatchObject({ trash: { by: '' } });
  expect(existsSync(folderOf(id))).toBe(true);
  campus = await campus.after(3 * day, env);
  await vi.waitFor(() => expect(existsSync(folderOf(id))).toBe(false));
  await vi.waitFor(async () => expect(await kept('trash')).toEqual([]));
  expect(await acts(id)).toEqual(['server recording.trashed', 'server recording.purged']);
  expect(existsSync(folderOf('held'))).toBe(true);
  expect((await kept('held')).map((one) => one.id)).toEqual(['held']);
});
