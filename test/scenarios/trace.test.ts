// The trace as evidence over HTTP and on the command line: who may prove and take out what, and that an inspector needs nothing but Node.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import Sqlite from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { AuditPage } from '../../server/contract/audit.ts';
import { TraceKey, TraceProof, TraceState } from '../../server/contract/evidence.ts';
import type { Campus } from '../support/accounts.ts';
import { assistantId, lessonId, observerId, studentId, teacherId } from '../support/campus.ts';
import { day, openTermCampus } from '../support/term-campus.ts';

const run = promisify(execFile);
const root = join(import.meta.dirname, '../..');
const Ended = z.object({ code: z.number(), stdout: z.string(), stderr: z.string() });

let campus: Campus;
let folder: string;
beforeAll(async () => {
  campus = await (await openTermCampus()).after(day);
  folder = campus.folder;
});
afterAll(() => campus.close());

const proofOf = async (path: string, token = 'admin') => TraceProof.parse(await campus.json('POST', path, { token }));
const refusal = (method: string, path: string, token?: string) => campus.refusal(method, path, { token });
const bundlePath = `/api/lessons/${lessonId}/trace.jsonl`;

/** As an operator or an inspector would: a program, its words and its exit code. */
async function program(file: string, args: readonly string[], cwd = folder): Promise<z.infer<typeof Ended>> {
  const env = { ...process.env, AUDITORIA_DATA_DIR: join(folder, 'data'), NODE_NO_WARNINGS: '1' };
  const ended = run(process.execPath, [file, ...args], { cwd, env }).then((out) => ({ code: 0, ...out }));
  return Ended.parse(await ended.catch((error: unknown) => error));
}
const trace = (...args: readonly string[]) => program(join(root, 'server', 'app-trace-command.ts'), args);

describe('the trace of a whole server', () => {
  it('E3 is signed when the server starts after a night, with a key that only the server’s user can read', async () => {
    const state = TraceState.parse(await campus.json('GET', '/api/trace', { token: 'admin' }));
    expect(state.keys).toHaveLength(1);
    // What is written after the start, as the roster of the lesson, waits for the next night.
    expect(state.heads.map(({ lessons }) => lessons)).toContain(1);
    const keys = join(folder, 'data', 'trace', 'keys');
    for (const name of await readdir(keys)) expect((await stat(join(keys, name))).mode & 0o777).toBe(0o600);
    expect((await stat(keys)).mode & 0o777).toBe(0o700);
  });

  it('E4 who opens the register in full proves the lesson; students do not', async () => {
    const path = `/api/lessons/${lessonId}/trace/proof`;
    for (const who of [teacherId, assistantId, observerId, 'admin', 'physics-coordinator'])
      expect(await proofOf(path, who), who).toMatchObject({ ok: true, faults: [], lessons: 1 });
    for (const who of [studentId(1), 'lawyer', 'law-coordinator']) expect(await refusal('POST', path, who), who).toBe('not-allowed');
    expect(await refusal('POST', path)).toBe('not-signed-in');
  });

  it('E4 days and the order of days are for administrators and observers of the whole university', async () => {
    const { heads } = TraceState.parse(await campus.json('GET', '/api/trace', { token: observerId }));
    const last = heads[0]?.day ?? '';
    expect(await proofOf(`/api/trace/days/${last}/proof`)).toMatchObject({ ok: true, days: 1 });
    expect(await proofOf('/api/trace/proof', observerId)).toMatchObject({ ok: true, days: heads.length });
    expect(await refusal('POST', '/api/trace/days/2020-01-01/proof', 'admin')).toBeNull();
    expect(await refusal('POST', '/api/trace/days/2099-01-01/proof', 'admin')).toBe('not-found');
    for (const who of ['physics-observer', 'coordinator', teacherId]) {
      expect(await refusal('GET', '/api/trace', who), who).toBe('not-allowed');
      expect(await refusal('POST', '/api/trace/proof', who), who).toBe('not-allowed');
      expect(await refusal('POST', `/api/trace/days/${last}/proof`, who), who).toBe('not-allowed');
    }
    expect(await refusal('POST', '/api/trace/keys', observerId)).toBe('not-allowed');
  });

  it('E6 a bundle is proven by Node alone, and the audit log knows who took it', async () => {
    const answer = await campus.call('GET', bundlePath, { token: teacherId });
    expect(answer.headers.get('content-disposition')).toBe(`attachment; filename=trace-${lessonId}.jsonl`);
    const bundle = await answer.text();
    const elsewhere = join(folder, 'elsewhere');
    await mkdir(elsewhere);
    await writeFile(join(elsewhere, 'bundle.jsonl'), bundle);
    const verifier = await campus.call('GET', '/trace/verify-bundle.mjs');
    expect(verifier.headers.get('content-type')).toContain('text/javascript');
    await writeFile(join(elsewhere, 'verify-bundle.mjs'), await verifier.text());
    const keys = await campus.call('GET', '/.well-known/auditoria-trace-keys.json');
    await writeFile(join(elsewhere, 'keys.json'), await keys.text());

    const prove = (...files: readonly string[]) => program('verify-bundle.mjs', files, elsewhere);
    expect(await prove('bundle.jsonl', 'keys.json')).toMatchObject({ code: 0, stdout: expect.stringContaining('PROVEN: nothing') });
    expect((await prove('bundle.jsonl')).stdout).toContain('compare it with the one that the university publishes');
    await writeFile(join(elsewhere, 'changed.jsonl'), bundle.replace('"kind":"participant-left"', '"kind":"participant-laft"'));
    const changed = await prove('changed.jsonl');
    expect(changed).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/line \d+, entry \d+.*This entry was changed.*\[entry-changed\]/),
    });
    await writeFile(join(elsewhere, 'verify (1).mjs'), await readFile(join(elsewhere, 'verify-bundle.mjs')));
    expect((await program('verify (1).mjs', ['changed.jsonl'], elsewhere)).code).toBe(1);
    const [line] = changed.stdout.match(/line \d+/) ?? [];
    await writeFile(join(elsewhere, 'bytes.jsonl'), Buffer.from(bundle.replace('"participant-left"', '"\u00ff"'), 'latin1'));
    expect((await prove('bytes.jsonl')).stdout).toContain(`${line}: This line is not as it was written`);
    await writeFile(join(elsewhere, 'unsigned.jsonl'), withoutSignatures(bundle));
    expect(await prove('unsigned.jsonl', 'keys.json')).toMatchObject({ code: 1, stdout: expect.stringContaining('NOT SIGNED YET') });
    expect((await prove('unsigned.jsonl')).stdout).not.toContain('PROVEN');
    expect((await prove('missing.jsonl')).code).toBe(2);
    expect((await prove()).code).toBe(2);

    expect(await refusal('GET', bundlePath, studentId(1))).toBe('not-allowed');
    expect(await refusal('GET', bundlePath)).toBe('not-signed-in');
    const log = AuditPage.parse(await campus.json('GET', '/api/audit?limit=1', { token: 'admin' }));
    expect(log.entries[0]).toMatchObject({ act: 'trace.exported', actor: { id: teacherId }, subject: { kind: 'lesson', id: lessonId } });
  });

  it('E5 an administrator changes the key: the one before endorses it, cannot sign any more, and what it has signed still holds', async () => {
    const before = TraceState.parse(await campus.json('GET', '/api/trace', { token: 'admin' }));
    const key = TraceKey.parse(await campus.json('POST', '/api/trace/keys', { token: 'admin' }));
    expect(key.endorsedBy).toBe(before.keys[0]?.id);
    const names = await readdir(join(folder, 'data', 'trace', 'keys'));
    expect(names.filter((name) => name.endsWith('.pem'))).toEqual([`${key.id}.pem`]);
    expect((await proofOf('/api/trace/proof')).ok).toBe(true);
    const log = AuditPage.parse(await campus.json('GET', '/api/audit?limit=1', { token: 'admin' }));
    expect(log.entries[0]).toMatchObject({ act: 'trace-key.rotated', actor: { id: 'admin' }, after: { keyId: key.id } });
  });

  it('E9 on the command line it is proven, taken out and named when it was changed', { timeout: 180_000 }, async () => {
    const { heads } = TraceState.parse(await campus.json('GET', '/api/trace', { token: 'admin' }));
    const [all, one, ofDay, taken, misused] = await Promise.all([
      ...[trace('verify'), trace('verify', lessonId), trace('verify', heads[0]?.day ?? ''), trace('export', lessonId, 'out.jsonl')],
      trace('prove'),
    ] as const);
    for (const ended of [all, one, ofDay])
      expect(ended, ended.stderr).toMatchObject({ code: 0, stdout: expect.stringContaining('PROVEN') });
    expect(taken).toMatchObject({ code: 0, stderr: '' });
    expect((await stat(join(folder, 'out.jsonl'))).mode & 0o777).toBe(0o600);
    expect(await readFile(join(folder, 'out.jsonl'), 'utf8')).toContain('"format":"auditoria-trace"');
    expect(misused).toMatchObject({ code: 2, stderr: expect.stringContaining('npm run trace -- verify') });
    expect((await trace('rotate')).code).toBe(0);
    const database = new Sqlite(join(folder, 'data', 'auditoria.sqlite'));
    database.prepare('update trace_entry set at = at + 1 where lesson_id = ? and seq = 2').run(lessonId);
    database.close();
    expect(await trace('verify')).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/lesson lesson, entry 2.*was changed.*NOT PROVEN/s),
    });
  });

  it('E4 nobody proves all day long', async () => {
    const codes = await Promise.all(Array.from({ length: 40 }, () => refusal('POST', `/api/lessons/${lessonId}/trace/proof`, assistantId)));
    expect(codes).toContain('too-many-requests');
  });
});

/** As one who cannot sign would hand it out: everything in it fits together. */
function withoutSignatures(bundle: string): string {
  const lines = bundle.split('\n').filter((line) => /"line":"(trace|entry)"/.test(line));
  const body = lines.map((line) => `${line.replace(/"sealedSeq":\d+/, '"sealedSeq":0')}\n`).join('');
  return `${body}{"line":"end","lines":${lines.length},"sha256":"${createHash('sha256').update(body).digest('hex')}"}\n`;
}
