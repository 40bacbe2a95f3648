// A server that is killed over and over while it writes and sends: everything is told, once and in order.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openDatabase } from '../../server/database/open.ts';
import { fillCampus } from '../support/campus.ts';
import { LrsServer } from '../support/lrs-server.ts';
import { WebhookReceiver } from '../support/webhook-receiver.ts';

const HANDS = 150;
/** How many requests each run lives to see. */
const LIVES = [1, 4, 9];

it('O1 O3 a server that is killed while it writes and sends loses nothing and doubles nothing', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'auditoria-killed-'));
  const where = join(folder, 'test.sqlite');
  const lrs = await LrsServer.open();
  const hook = await WebhookReceiver.open();
  onTestFinished(async () => {
    await lrs.close();
    await hook.close();
    await rm(folder, { recursive: true, force: true });
  });
  const { db, close } = await openDatabase(where);
  await fillCampus(db);
  await close();
  const records = {
    ...{ lrsUrl: lrs.url, lrsUser: lrs.user, lrsPassword: lrs.password },
    webhooks: [{ id: 'hook', url: hook.url, secret: hook.secret }],
  };
  const run = () => {
    const script = join(import.meta.dirname, '../support/outbox-process.ts');
    const child = spawn(process.execPath, [script, where, JSON.stringify(records), String(HANDS)], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    return { child, over: once(child, 'exit') };
  };
  for (const requests of LIVES) {
    const { child, over } = run();
    await Promise.race([hook.server.reached(hook.server.requests + requests), over]);
    child.kill('SIGKILL');
    expect(await over).toEqual([null, 'SIGKILL']);
  }
  expect(await run().over).toEqual([0, null]);
  const people = Array.from({ length: HANDS }, (_, index) => `student${index + 1}`);
  expect([...lrs.stored.values()].map((one) => one.actor.account.name)).toEqual(people);
  expect(hook.events.map((event) => [event.seq, event.person?.id])).toEqual(people.map((id, index) => [index + 1, id]));
  expect(hook.faults).toEqual([]);
}, 60_000);
