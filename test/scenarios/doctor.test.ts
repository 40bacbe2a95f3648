// Set-ups that are broken in one place each: the doctor names that place, and what is to be done, and nothing else.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, chown, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import { join } from 'node:path';
import { sql } from 'kysely';
import { expect, onTestFinished, test } from 'vitest';
import { openDatabase } from '../../server/database/open.ts';
import { certificates } from '../support/class-certificates.ts';
import { askDoctor, emptyFolder, freePort, listening, runDoctor } from '../support/doctor.ts';
import { cert } from '../support/localhost-certificate.ts';
import { MailServer } from '../support/mail-server.ts';

const isRoot = process.getuid?.() === 0;

test('X1 a set-up with nothing wrong has nothing broken, and ends with 0', async () => {
  const seen = await askDoctor({}, [
    'settings',
    'server',
    'ports',
    'database',
    'held',
    'disk',
    'secrets',
    'certificate',
    'address',
    'relay',
    'mail',
    'clock',
  ]);
  expect(seen).toMatchObject({ code: 0, broken: [] });
});

test('X1 what was found and what to do are lines for people, with the number of what is broken at the end, and 1', async () => {
  const port = await listening(createTcpServer());
  const { code, text } = await runDoctor({ AUDITORIA_PORT: String(port) }, ['--only=ports']);
  expect(code).toBe(1);
  expect(text).toMatch(
    new RegExp(
      `^broken {3}ports .*TCP port ${port} of 127.0.0.1 is taken by .*\\(process ${process.pid}\\)\\n +→ Stop what has it, or set port`,
    ),
  );
  expect(text).toMatch(/\n1 is broken, 1 warning, of 2 looked at\.\n$/);
});

test('X1 a word that it does not know is no set-up to look at', async () => {
  expect((await runDoctor({}, ['--only=weather'])).code).toBe(2);
});

test('X2 faulty settings are all named, and what holds in spite of them is looked at', async () => {
  const [folder, port] = [await emptyFolder(), await listening(createTcpServer())];
  const file = join(folder, 'auditoria.yaml');
  await writeFile(file, `port: ${port}\nhosts: x\nmedia:\n  workers: many\nice:\n  turn: [turn:127.0.0.1:1]\n`);
  const { broken } = await askDoctor({ AUDITORIA_CONFIG: file, AUDITORIA_PORT: '' }, ['settings', 'ports']);
  expect(broken).toEqual([
    expect.stringContaining('settings: media.workers'),
    expect.stringContaining('settings: ice: names TURN servers but no turnSecret'),
    expect.stringContaining('settings: hosts: there is no such setting'),
    expect.stringContaining(`ports: TCP port ${port}`),
  ]);
});

test('X2 settings that cannot be read are a finding, not a crash', async () => {
  const folder = await emptyFolder();
  const { broken } = await askDoctor({ AUDITORIA_CONFIG: folder }, ['settings']);
  expect(broken).toEqual([expect.stringMatching(/cannot be read/)]);
});

test('X6 a media port that is taken is named with who has it', async () => {
  const port = await listening(createTcpServer());
  const { broken } = await askDoctor({ AUDITORIA_MEDIA_PORT_BASE: String(port), AUDITORIA_MEDIA_WORKERS: '1' }, ['ports']);
  expect(broken).toEqual([expect.stringMatching(new RegExp(`^ports: TCP port ${port} .* is taken by .*process ${process.pid}`))]);
});

test('X7 a certificate that has expired, or has the key of another, is named', async () => {
  const folder = await emptyFolder();
  const at = (name: string) => join(folder, name);
  await writeFile(at('expired.pem'), certificates.expired + certificates.authority);
  await writeFile(at('good.pem'), certificates.good + certificates.authority);
  await writeFile(at('other.key'), (await import('../support/localhost-certificate.ts')).key, { mode: 0o600 });
  await writeFile(at('key.pem'), certificates.key, { mode: 0o600 });
  const look = async (certificate: string, key: string) =>
    (await askDoctor({ AUDITORIA_TLS_CERT: at(certificate), AUDITORIA_TLS_KEY: at(key) }, ['settings', 'certificate'])).broken;
  const [expired, other, good] = await Promise.all([
    look('expired.pem', 'key.pem'),
    look('good.pem', 'other.key'),
    look('good.pem', 'key.pem'),
  ]);
  expect(expired).toEqual([expect.stringContaining('certificate: The certificate expired on 2021-01-01')]);
  expect(other).toEqual([expect.stringMatching(/certificate: The key in .* belongs to another certificate/)]);
  expect(good).toEqual([]);
});

test('X8 a relay that does not answer is named', async () => {
  const port = await freePort();
  const { broken } = await askDoctor(
    { AUDITORIA_ICE_TURN: `turn:127.0.0.1:${port}?transport=tcp`, AUDITORIA_ICE_TURN_SECRET: 'long enough' },
    ['relay'],
  );
  expect(broken).toEqual([expect.stringMatching(/^relay: turn:127.0.0.1:\d+\?transport=tcp does not answer/)]);
});

test('X9 a data folder that the user of the server may not write is named', async () => {
  const folder = await emptyFolder();
  const data = join(folder, 'data');
  await mkdir(data, { mode: 0o500 });
  await chmod(folder, 0o755);
  // What root may write says nothing: the doctor looks as the folder's owner.
  if (isRoot) await chown(data, 65_534, 65_534);
  const { broken } = await askDoctor({ AUDITORIA_DATA_DIR: data }, ['disk']);
  expect(broken).toContainEqual(expect.stringMatching(/^disk: .*data cannot be written by this user/));
});

test.runIf(isRoot)('X9 a full disk is named', async () => {
  const data = join(await emptyFolder(), 'small');
  await mkdir(data, { mode: 0o700 });
  expect(spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k,mode=700', 'tmpfs', data]).status).toBe(0);
  onTestFinished(() => void spawnSync('umount', [data]));
  await writeFile(join(data, 'all'), Buffer.alloc(64 * 1024)).catch(() => undefined);
  const { broken } = await askDoctor({ AUDITORIA_DATA_DIR: data, AUDITORIA_RECORDING_DIR: data }, ['disk']);
  expect(broken).toEqual([expect.stringMatching(/^disk: The disk of .*small is full/)]);
});

test('X10 a clock that is wrong is named with how much, by the servers of the settings', async () => {
  const other = createServer((_request, response) => {
    response
      .setHeader('date', new Date(Date.now() + 300_000).toUTCString())
      .writeHead(404)
      .end();
  });
  const port = await listening(other);
  const label = { kk: 'a', ru: 'a', en: 'a' };
  const providers = JSON.stringify([{ id: 'one', kind: 'oidc', label, issuer: `http://127.0.0.1:${port}`, clientId: 'x' }]);
  const { broken } = await askDoctor({ AUDITORIA_SIGN_IN_PROVIDERS: providers }, ['clock']);
  expect(broken).toEqual([expect.stringMatching(/^clock: This machine's clock is (299|300) s behind that of 127\.0\.0\.1/)]);
});

test('X11 a media worker that is not there is named', async () => {
  const { broken } = await askDoctor({ AUDITORIA_MEDIA_WORKER_BIN: '/nowhere/worker' }, ['workers']);
  expect(broken).toEqual(['workers: There is no media worker at /nowhere/worker']);
});

test('X12 a database that does not answer, and one that a newer version has used, are named', async () => {
  const away = await askDoctor({ AUDITORIA_DATABASE_URL: `postgres://someone@127.0.0.1:${await freePort()}/x` }, ['database']);
  expect(away.broken).toEqual([expect.stringMatching(/^database: The database does not answer: .*ECONNREFUSED/)]);
  const dataDir = await emptyFolder();
  const { db, close } = await openDatabase(join(dataDir, 'auditoria.sqlite'));
  await sql`insert into kysely_migration (name, timestamp) values ('9999-from-the-future', '2030-01-01')`.execute(db);
  await close();
  const newer = await askDoctor({ AUDITORIA_DATA_DIR: dataDir }, ['database']);
  expect(newer.broken).toEqual([expect.stringMatching(/^database: The database was used by a newer version \(9999-from-the-future\)/)]);
});

test('X12 a database file that is broken is named', async () => {
  const dataDir = await emptyFolder();
  await writeFile(join(dataDir, 'auditoria.sqlite'), 'this is no database, and is long enough to be looked at'.repeat(50));
  expect((await askDoctor({ AUDITORIA_DATA_DIR: dataDir }, ['database'])).broken).toEqual([
    expect.stringMatching(/^database: The file of the database is broken/),
  ]);
});

test('X13 a mail server that refuses the login is named, one that takes it is well, and neither is sent a mail', async () => {
  const server = await MailServer.open({ password: 'right' });
  onTestFinished(() => server.close());
  const ca = join(await emptyFolder(), 'ca.pem');
  await writeFile(ca, cert);
  const mail = {
    ...{ AUDITORIA_MAIL_HOST: 'localhost', AUDITORIA_MAIL_PORT: String(server.port), AUDITORIA_MAIL_CA_FILE: ca },
    ...{ AUDITORIA_MAIL_FROM: 'class@example.edu', AUDITORIA_MAIL_USER: 'class' },
  };
  const away = await askDoctor({ ...mail, AUDITORIA_MAIL_PORT: String(await freePort()) }, ['mail']);
  expect(away.broken).toEqual([expect.stringMatching(/^mail: localhost does not answer/)]);
  const wrong = await askDoctor({ ...mail, AUDITORIA_MAIL_PASSWORD: 'wrong' }, ['mail']);
  expect(wrong.broken).toEqual([expect.stringMatching(/^mail: localhost refuses the login: .*535/)]);
  const right = await askDoctor({ ...mail, AUDITORIA_MAIL_PASSWORD: 'right' }, ['mail']);
  expect(right).toMatchObject({ code: 0, broken: [] });
  expect(server.received).toEqual([]);
});

test('X14 settings with a secret that everybody can read are named', async () => {
  const folder = await emptyFolder();
  const file = join(folder, 'auditoria.yaml');
  await writeFile(file, 'metricsToken: 0123456789abcdef\n', { mode: 0o644 });
  expect((await askDoctor({ AUDITORIA_CONFIG: file }, ['secrets'])).broken).toEqual([]);
  await chmod(folder, 0o755);
  expect((await askDoctor({ AUDITORIA_CONFIG: file }, ['secrets'])).broken).toEqual([
    `secrets: Everybody on this machine can read ${file}`,
  ]);
  await chmod(file, 0o640);
  expect((await askDoctor({ AUDITORIA_CONFIG: file }, ['secrets'])).broken).toEqual([]);
});

test('X19 nothing is changed by looking', async () => {
  const dataDir = await emptyFolder();
  await (await openDatabase(join(dataDir, 'auditoria.sqlite'))).close();
  const content = async () => {
    // Whoever reads a file of SQLite has these two beside it, the owner's like the rest.
    const names = (await readdir(dataDir)).filter((name) => !/-(wal|shm)$/.test(name));
    return Promise.all(
      names.map(async (name) => [
        name,
        createHash('sha256')
          .update(await readFile(join(dataDir, name)))
          .digest('hex'),
      ]),
    );
  };
  const before = await content();
  await askDoctor({ AUDITORIA_DATA_DIR: dataDir }, ['server', 'ports', 'database', 'held', 'disk', 'secrets', 'address']);
  expect(await content()).toEqual(before);
});
