// What the checks of the doctor make of what they find: the judgements, without a set-up that is broken.
import { X509Certificate } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { asJson, asText, exitCodeOf } from '../../config/setup/report.mjs';
import { certificates } from '../../test/support/class-certificates.ts';
import { cert as selfSigned } from '../../test/support/localhost-certificate.ts';
import { addressCheck } from './checks/address.ts';
import { certificateCheck } from './checks/certificate.ts';
import { clockCheck } from './checks/clock.ts';
import { databaseCheck } from './checks/database.ts';
import { heldCheck } from './checks/held.ts';
import { machineCheck } from './checks/machine.ts';
import { workersCheck } from './checks/workers.ts';
import { examine } from './examine.ts';
import { broken, type Check, ok, warning } from './finding.ts';
import { attribute, method, readAnswer, request } from './turn/stun-message.ts';
import { relayAddress } from './turn/turn-line.ts';

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'auditoria-checks-'));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  return path;
}

/** State and words, for people to be compared at a glance. */
const said = async (check: Check) => (await check.look()).map(({ state, found }) => `${state}: ${found}`);

test('X3 what a check throws, and one that gives no answer, are findings; the others are told all the same', async () => {
  const checks: Check[] = [
    { name: 'hangs', look: () => new Promise(() => undefined) },
    { name: 'throws', look: () => Promise.reject(new Error('out of order')) },
    { name: 'works', look: () => Promise.resolve([ok('well')]) },
  ];
  expect((await examine(checks, 20)).map(({ check, state, found }) => `${check} ${state} ${found}`)).toEqual([
    'hangs broken No answer within 0.02 s.',
    'throws broken It could not be looked at: out of order',
    'works ok well',
  ]);
});

test('X1 what is told ends with how many are broken, for machines as for people', () => {
  const all = [
    { check: 'a', ...ok('fine') },
    { check: 'b', ...warning('so so', 'look') },
    { check: 'c', ...broken('bad', 'mend') },
  ];
  expect(asText(all)).toMatch(/\n1 is broken, 1 warning, of 3 looked at\.\n$/);
  expect(JSON.parse(asJson(all))).toMatchObject({ ok: false, broken: 1, warnings: 1, findings: all });
  expect([exitCodeOf(all), exitCodeOf(all.slice(0, 2))]).toEqual([1, 0]);
});

test('X7 a certificate is held to the name, the chain and the days that are left', async () => {
  const dir = await folder();
  const [cert, key] = [join(dir, 'cert.pem'), join(dir, 'key.pem')];
  await writeFile(key, certificates.key);
  const look = async (text: string, publicHost: string | null, now = Date.now()) => {
    await writeFile(cert, text);
    return said(certificateCheck({ tls: { cert, key }, publicHost, servedAt: null, now: () => now }));
  };
  const whole = certificates.good + certificates.authority;
  const ends = new X509Certificate(certificates.good).validToDate.getTime();
  expect(await look(whole, 'class.example.edu')).toEqual([expect.stringMatching(/^ok: class\.example\.edu, until/)]);
  expect(await look(whole, 'other.example.edu')).toEqual([
    'broken: The certificate is for class.example.edu, and browsers ask for other.example.edu',
  ]);
  expect(await look(certificates.good, null)).toEqual(['broken: The chain is missing: some browsers and all phones refuse it']);
  expect(await look(certificates.good + selfSigned, null)).toEqual(['broken: The certificates in the file do not sign one another']);
  expect(await look(whole, null, ends - 3 * 86_400_000)).toEqual([expect.stringMatching(/^warning: The certificate expires in 3 days/)]);
  expect(await look('nothing', null)).toEqual([expect.stringMatching(/^broken: .* holds no certificate/)]);
});

test('X8 the addresses of relays are read as browsers read them', () => {
  expect(relayAddress('turn:a.example')).toEqual({ protocol: 'udp', host: 'a.example', port: 3478 });
  expect(relayAddress('turn:a.example:443?transport=tcp')).toEqual({ protocol: 'tcp', host: 'a.example', port: 443 });
  expect(relayAddress('turns:[2001:db8::1]')).toEqual({ protocol: 'tls', host: '2001:db8::1', port: 5349 });
  expect(relayAddress('https://a.example')).toBeNull();
});

test('X8 a message of STUN is read as it was written, and half of one not at all', () => {
  const as = { username: 'me', password: 'secret', realm: 'here', nonce: 'once' };
  const { bytes, transaction } = request(method.allocate, [[attribute.transport, Buffer.from([17, 0, 0, 0])]], as);
  expect(readAnswer(bytes.subarray(0, 30))).toBeNull();
  const read = readAnswer(Buffer.concat([bytes, Buffer.from('the next')]));
  expect(read?.length).toBe(bytes.length);
  expect(read?.answer).toMatchObject({ transaction, error: null });
  expect([attribute.username, attribute.realm, attribute.nonce].map((type) => read?.answer.text(type))).toEqual(['me', 'here', 'once']);
});

test('X10 the clock is compared with those who say the time, and only else with the word of the system', async () => {
  const at = (ms: number) => ({ name: 'id.example.edu', now: () => Promise.resolve(ms) });
  const silent = { name: 'x', now: () => Promise.reject(new Error('away')) };
  const look = (sources: Parameters<typeof clockCheck>[0]['sources'], kept: boolean | null) =>
    said(clockCheck({ sources, isKept: () => Promise.resolve(kept), now: () => 1_000_000 }));
  expect(await look([at(1_000_400)], true)).toEqual(['ok: The clock agrees with that of id.example.edu']);
  expect(await look([at(980_000)], null)).toEqual(["warning: This machine's clock is 20 s ahead of that of id.example.edu"]);
  expect(await look([at(1_090_000)], true)).toEqual(["broken: This machine's clock is 90 s behind that of id.example.edu"]);
  expect(await look([silent], false)).toEqual(['warning: The system does not keep its clock right']);
  expect(await look([silent], true)).toEqual(['ok: The system keeps its clock right']);
});

test('X11 workers that are missing, or are not raised, are named of a server that runs', async () => {
  const look = (alive: number, isRaised: boolean) =>
    said(
      workersCheck({
        ...{
          binary: process.execPath,
          faultOf: () => Promise.resolve(undefined),
          wanted: 2,
          howToRaise: 'so',
          mayRaise: () => Promise.resolve(true),
        },
        running: () => ({ alive, priority: { main: 0, recorder: null, workers: isRaised ? -10 : 0, isRaised } }),
      }),
    );
  expect((await look(2, true))[1]).toBe('ok: 2 media workers run, at nice -10');
  expect((await look(1, true))[1]).toBe('broken: 1 of 2 media workers run');
  expect((await look(2, false))[1]).toMatch(/^warning: The media workers do not run at raised priority/);
});

test('X12 what PostgreSQL says is told as what is to be done', async () => {
  const look = (code: string) =>
    said(databaseCheck(() => Promise.resolve({ as: 'unreachable', error: Object.assign(new Error('words'), { code }) })));
  expect(await look('28P01')).toEqual(['broken: PostgreSQL does not let us in: words']);
  expect(await look('3D000')).toEqual(['broken: There is no such database: words']);
  expect(await look('ENOTFOUND')).toEqual(['broken: The machine of the database is not known: words']);
  expect(await look('')).toEqual(['broken: The database does not answer: words']);
});

test('X15 memory, cores and files are held to what the settings ask for', async () => {
  const megabyte = 1024 ** 2;
  const usual = { freeBytes: 2_000 * megabyte, totalBytes: 4_000 * megabyte, cores: 2, openFiles: null };
  const look = (machine: Partial<typeof usual> | { openFiles: number }, workers = 2) =>
    said(machineCheck(() => Promise.resolve({ ...usual, ...machine }), workers));
  expect(await look({})).toEqual(['ok: 2000 of 4000 MB of memory are free, 2 cores, 2 media workers']);
  expect(await look({ freeBytes: 400 * megabyte })).toEqual([expect.stringMatching(/^warning: 400 of 4000 MB/)]);
  expect(await look({ freeBytes: 100 * megabyte })).toEqual([expect.stringMatching(/^broken: 100 of 4000 MB/)]);
  expect(await look({}, 4)).toEqual(['warning: 4 media workers share 2 cores']);
  expect(await look({ openFiles: 1024 })).toEqual(['warning: The server may open 1024 files and sockets']);
});

test('X17 where pages come from afar, sound and picture are not listened for on this machine only', async () => {
  const look = (publicUrl: string, listenIps: readonly string[], announced: readonly string[]) =>
    said(addressCheck({ publicUrl, listenIps, announced, present: () => Promise.resolve(null) }));
  const [, deaf] = await look('https://203.0.113.1', ['127.0.0.1'], ['127.0.0.1']);
  expect(deaf).toMatch(/^broken: Sound and picture are listened for on this machine only/);
  const [, within] = await look('https://203.0.113.1', ['0.0.0.0'], ['10.1.2.3']);
  expect(within).toMatch(/^warning: Browsers are told 10\.1\.2\.3/);
  const [, well] = await look('https://203.0.113.1', ['0.0.0.0'], ['203.0.113.1']);
  expect(well).toBe('ok: Browsers are told 203.0.113.1 for sound and picture');
});

test('X18 what waits for the database, and what it refused for good, is counted', async () => {
  const dir = await folder();
  expect(await said(heldCheck(dir, true))).toEqual(['ok: Nothing waits for the database']);
  await writeFile(join(dir, 'held-for-database.jsonl'), '{"a":1}\n{"b":2}\n\0rest');
  await writeFile(join(dir, 'held-for-database.jsonl.refused-2026-11-01'), '{"c":3}\n');
  expect(await said(heldCheck(dir, true))).toEqual([
    'broken: 2 things that happened in classes wait for the database',
    'warning: 1 things lie in held-for-database.jsonl.refused-2026-11-01 that the database refused for good',
  ]);
  expect((await said(heldCheck(dir, false)))[0]).toMatch(/^warning: 2 things/);
});
