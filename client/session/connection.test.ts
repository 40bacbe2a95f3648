// Keeping a line open: when it tries again, how long it waits, when it gives up.
import { describe, expect, test } from 'vitest';
import type { RtpCapabilities } from '../../server/contract/media.ts';
import { backoffMs } from './backoff.ts';
import { Connection } from './connection.ts';
import type { Failure } from './outcome.ts';
import { FakeLine, settled } from './testing/fake-wire.ts';

function connect() {
  const line = new FakeLine();
  const told: string[] = [];
  const refusals: Failure[] = [];
  const offered: RtpCapabilities[] = [];
  const connection = new Connection(line.surroundings, {
    onOffered: (capabilities) => offered.push(capabilities),
    onOpen: () => told.push('open'),
    onLost: () => told.push('lost'),
    onRefused: (failure) => {
      told.push('refused');
      refusals.push(failure);
    },
    onNotices: (batch) => told.push(...batch.map((notice) => notice.type)),
  });
  return { line, told, refusals, offered, connection };
}

async function opened() {
  const all = connect();
  all.connection.open();
  await settled();
  all.line.wire.events.opened();
  return all;
}

describe('the wait between tries', () => {
  test('grows to five seconds and no further', () => {
    expect([0, 1, 2, 3, 4, 5, 50].map((attempt) => backoffMs(attempt, 1))).toEqual([400, 800, 1600, 3200, 5000, 5000, 5000]);
  });

  test('is spread over its upper half, so that a room does not come back in one instant', () => {
    expect(backoffMs(3, 0)).toBe(1600);
    expect(backoffMs(3, 0.5)).toBe(2400);
  });
});

describe('a line', () => {
  test('that breaks is opened again by itself, with the token that still holds', async () => {
    const { line, told } = await opened();
    await line.wire.lose();
    expect(told).toEqual(['open', 'lost']);
    await line.pass(400);
    line.wire.events.opened();
    expect(told).toEqual(['open', 'lost', 'open']);
    expect(line.tokensFetched).toBe(1);
  });

  test('R18 opens with the token that was got beforehand, while it holds', async () => {
    const { line, connection } = connect();
    await connection.prepare();
    connection.open();
    await settled();
    expect([line.wire.token, line.tokensFetched]).toEqual(['token-1', 1]);
    connection.close();
    await line.pass(5 * 60_000);
    connection.open();
    await settled();
    expect([line.wire.token, line.tokensFetched]).toEqual(['token-2', 2]);
  });

  test('R18 tells what rooms offer beforehand, and with each new token', async () => {
    const { line, connection, offered } = connect();
    await connection.prepare();
    expect(offered).toEqual([line.offered]);
    connection.open();
    await settled();
    expect(offered).toHaveLength(1);
    connection.close();
    await line.pass(5 * 60_000);
    connection.open();
    await settled();
    expect(offered).toHaveLength(2);
  });

  test('R18 says why it was refused only when it is opened', async () => {
    const { line, connection, refusals } = connect();
    line.tokens.push({ ok: false, code: 'too-early', details: undefined });
    await connection.prepare();
    expect(refusals).toEqual([]);
    connection.open();
    await settled();
    expect(line.wire.token).toBe('token-2');
  });

  test('fetches a fresh token when the last one is old', async () => {
    const { line } = await opened();
    await line.pass(5 * 60_000);
    await line.wire.lose();
    await line.pass(400);
    expect(line.wire.token).toBe('token-2');
  });

  test('waits longer after each failure, and starts small again after a success', async () => {
    const { line } = await opened();
    await line.wire.lose();
    for (const wait of [400, 800, 1600]) {
      const before = line.wires.length;
      await line.pass(wait - 1);
      expect(line.wires).toHaveLength(before);
      await line.pass(1);
      expect(line.wires).toHaveLength(before + 1);
      await line.wire.lose();
    }
    await line.pass(3200);
    line.wire.events.opened();
    const before = line.wires.length;
    await line.wire.lose();
    await line.pass(400);
    expect(line.wires).toHaveLength(before + 1);
  });

  test('tries at once when the network is back', async () => {
    const { line, connection } = await opened();
    await line.wire.lose();
    connection.hurry();
    await settled();
    expect(line.wires).toHaveLength(2);
    await line.pass(10_000);
    expect(line.wires).toHaveLength(2);
  });

  test('L23 gives up a try that began before the network was back, but not one that has only just begun', async () => {
    const { line, connection, told } = await opened();
    await line.wire.lose();
    await line.pass(400);
    const before = line.wire;
    await line.pass(999);
    connection.hurry();
    await settled();
    expect(line.wires).toHaveLength(2);
    await line.pass(1);
    connection.hurry();
    await settled();
    expect(line.wires).toHaveLength(3);
    expect(before.ending).toBe('dropped');
    before.events.opened();
    expect(told).toEqual(['open', 'lost']);
    line.wire.events.opened();
    expect(told).toEqual(['open', 'lost', 'open']);
  });

  test('L23 begins anew soon when the first tries after a loss bring no answer, and gives later ones their time', async () => {
    const { line, told } = await opened();
    await line.wire.lose();
    await line.pass(400);
    const first = line.wire;
    await line.pass(2_500 + 800);
    expect([first.ending, line.wires.length]).toEqual(['dropped', 3]);
    await line.pass(4_000 + 1_600);
    expect(line.wires).toHaveLength(4);
    await line.pass(14_000);
    expect(line.wires).toHaveLength(4);
    first.events.opened();
    expect(told).toEqual(['open', 'lost']);
  });

  test('tries once more with a fresh token when the kept one was refused', async () => {
    const { line, told } = await opened();
    await line.wire.lose();
    await line.pass(400);
    line.wire.events.refused('token-expired', undefined);
    await settled();
    expect(line.wire.token).toBe('token-2');
    expect(told).toEqual(['open', 'lost']);
  });

  test('gives up when even a fresh token is refused', async () => {
    const { line, connection, refusals } = connect();
    connection.open();
    await settled();
    line.wire.events.refused('not-signed-in', undefined);
    expect(refusals.map(({ code }) => code)).toEqual(['not-signed-in']);
    await line.pass(60_000);
    expect(line.wires).toHaveLength(1);
  });

  test('gives up on a refusal that will not pass, and says why', async () => {
    const { line, connection, refusals } = connect();
    line.tokens.push({ ok: false, code: 'too-early', details: { opensAt: 5 } });
    connection.open();
    await settled();
    expect(refusals).toEqual([{ ok: false, code: 'too-early', details: { opensAt: 5 } }]);
  });

  test.each(['offline', 'server-stopping', 'internal', 'too-many-requests'] as const)('goes on after %s', async (code) => {
    const { line, connection, refusals } = connect();
    line.tokens.push({ ok: false, code, details: undefined });
    connection.open();
    await settled();
    await line.pass(400);
    expect(line.wires).toHaveLength(1);
    expect(refusals).toEqual([]);
  });

  test('that was closed stays closed, whatever still comes from the old wire', async () => {
    const { line, told, connection } = await opened();
    const { wire } = line;
    connection.close();
    wire.events.lost();
    wire.events.notices([{ type: 'media-reset' }]);
    await line.pass(60_000);
    expect(told).toEqual(['open']);
    expect(line.wires).toHaveLength(1);
    expect(wire.ending).toBe('closed');
  });

  test('that is renewed says no goodbye, so that the server keeps the seat', async () => {
    const { line, connection } = await opened();
    connection.renew();
    await settled();
    expect(line.wires.map((wire) => wire.ending)).toEqual(['dropped', 'open']);
  });

  test('answers requests with "offline" while it is broken', async () => {
    const { line, connection } = await opened();
    await line.wire.lose();
    expect(await connection.call('room:leave', {})).toMatchObject({ ok: false, code: 'offline' });
  });
});
