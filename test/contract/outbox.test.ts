// The outbox on each database, with receivers that fail, hang, answer late and twice: nothing is lost, nothing doubled, the order kept.
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { OutboxStore } from '../../server/outbox/outbox.store.ts';
import { TraceStore } from '../../server/trace/trace.store.ts';
import { lessonId, startsAt, studentId } from '../support/campus.ts';
import { LrsServer } from '../support/lrs-server.ts';
import { administrator, handOf, joinOf, Outboxed } from '../support/outboxed.ts';
import { WebhookReceiver } from '../support/webhook-receiver.ts';
import { eachDatabase, type Open } from './databases.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const numbers = (count: number, from = 1) => Array.from({ length: count }, (_, index) => index + from);

eachDatabase((_name, open: Open) => {
  let lrs: LrsServer;
  let hook: WebhookReceiver;
  beforeEach(async () => {
    lrs = await LrsServer.open();
    hook = await WebhookReceiver.open();
    onTestFinished(async () => {
      await lrs.close();
      await hook.close();
    });
  });
  async function told(how: Parameters<typeof Outboxed.open>[1]): Promise<Outboxed> {
    const outboxed = await Outboxed.open((await open()).where, how);
    onTestFinished(() => outboxed.stop());
    return outboxed;
  }
  const seqs = () => hook.events.map((event) => event.seq);
  const hands = () => [...lrs.stored.values()].map((one) => one.actor.account.name);
  const people = (count: number, from = 1) => numbers(count, from).map((number) => `student${number}`);
  const only = async (outboxed: Outboxed) => (await outboxed.destinations()).destinations[0];

  describe('numbers', () => {
    it('O1 have no gaps, also after a transaction that was rolled back and a restart', async () => {
      const outboxed = await told({ hook });
      await outboxed.hands(3);
      const store = new OutboxStore(outboxed.db);
      const failing = new TraceStore(outboxed.db, {
        alsoWrite: async (trx, entries) => {
          await store.append(trx, entries);
          throw new Error('the disk is full');
        },
      });
      const entry = {
        lessonId,
        at: startsAt,
        kind: 'hand-raised',
        personId: studentId(9),
        participantId: null,
        connectionId: null,
      } as const;
      await expect(failing.append([{ ...entry, detail: {}, personal: {} }])).rejects.toThrow('the disk is full');
      await outboxed.stop();
      await outboxed.start();
      await outboxed.hands(2, 4);
      expect((await new OutboxStore(outboxed.db).after(0, 100)).map((event) => [event.seq, event.personId])).toEqual(
        people(5).map((id, index) => [index + 1, id]),
      );
    });

    it('O1 have no gaps when many transactions come at the same time', async () => {
      const outboxed = await told({ hook });
      const store = new OutboxStore(outboxed.db);
      const one = (number: number) => ({
        ...{ lessonId, seq: number, at: startsAt, kind: 'hand-raised', personId: studentId(number), detail: {} },
      });
      await Promise.all(
        numbers(30).map((number) => outboxed.db.transaction().execute((trx) => store.append(trx, [one(number), one(number)]))),
      );
      expect((await store.after(0, 100)).map((event) => event.seq)).toEqual(numbers(60));
      expect(await store.last()).toBe(60);
    });

    it('O2 are given to what others may be told only, without names and addresses', async () => {
      const outboxed = await told({ hook });
      await outboxed.write([joinOf(1), { type: 'supervision-changed', lessonId, at: startsAt, supervised: true }]);
      const rows = await outboxed.db.selectFrom('outbox_event').selectAll().execute();
      expect(rows).toMatchObject([{ seq: 1, kind: 'participant-joined', entry_seq: 1, detail: '{"role":"student"}' }]);
    });

    it('O2 are given to nothing while nobody is told', async () => {
      const outboxed = await told({});
      await outboxed.hands(2);
      expect(await new OutboxStore(outboxed.db).last()).toBe(0);
      expect((await outboxed.destinations()).destinations).toEqual([]);
    });
  });

  describe('delivery', () => {
    it('O3 goes in order and in batches, to each its own, once', async () => {
      const outboxed = await told({ lrs, hook });
      await outboxed.write(numbers(250).map(handOf));
      await outboxed.pass();
      expect(lrs.batches).toEqual([100, 100, 50]);
      expect(hands()).toEqual(people(250));
      expect(seqs()).toEqual(numbers(250));
      expect([lrs.repeated, hook.repeated, hook.faults]).toEqual([0, 0, []]);
      expect(await only(outboxed)).toMatchObject({ id: 'hook', position: 250, last: 250, state: 'idle', failing: null, dead: 0 });
      await outboxed.pass(HOUR);
      expect(lrs.server.requests).toBe(3);
    });

    it('O4 waits longer each time when nothing answers, and then sends it all', async () => {
      const outboxed = await told({ hook });
      hook.server.always = { status: 500, body: 'down' };
      await outboxed.hands(1);
      const pauses: number[] = [];
      for (let attempt = 0; attempt < 14; attempt += 1) {
        const before = outboxed.clock.now();
        const { requests } = hook.server;
        for (let step = 0; hook.server.requests === requests && step < 10_000; step += 1) await outboxed.pass(500);
        pauses.push(outboxed.clock.now() - before);
      }
      expect(pauses.slice(1, 5)).toEqual([1500, 3000, 6000, 12_000]);
      expect(pauses.at(-1)).toBe((HOUR * 3) / 4);
      const { failing, state } = (await only(outboxed)) ?? {};
      expect([state, failing?.attempts, failing?.error]).toEqual(['waiting', 14, 'HTTP 500 down']);
      await outboxed.hands(1, 2);
      hook.server.always = 'take';
      await outboxed.pass(HOUR);
      expect(seqs()).toEqual([1, 2]);
      expect(await only(outboxed)).toMatchObject({ state: 'idle', failing: null, deliveredAt: expect.any(Number) });
    }, 20_000);

    it('O4 waits as long as it is asked to', async () => {
      const outboxed = await told({ hook });
      hook.server.script.push({ status: 429, headers: { 'retry-after': '120' } });
      await outboxed.hands(1);
      await outboxed.pass();
      await outboxed.pass(119_000);
      expect(hook.server.requests).toBe(1);
      await outboxed.pass(1000);
      expect(seqs()).toEqual([1]);
    });

    it.each([301, 401, 403, 404, 408, 410, 503])('O5 takes HTTP %i for something that passes', async (status) => {
      const outboxed = await told({ lrs });
      lrs.server.script.push({ status, headers: { location: `${lrs.url}/elsewhere` } });
      await outboxed.hands(2);
      await outboxed.pass();
      expect(lrs.server.requests).toBe(1);
      expect((await only(outboxed))?.state).toBe('waiting');
      await outboxed.pass();
      expect(hands()).toEqual(people(2));
    });

    it('O5 does not believe a page that says 200 to everything', async () => {
      const outboxed = await told({ lrs });
      lrs.server.script.push({ status: 200, body: '<title>Sign in</title>' });
      await outboxed.hands(1);
      await outboxed.pass();
      expect(await only(outboxed)).toMatchObject({ position: 0, state: 'waiting' });
      await outboxed.pass();
      expect(hands()).toEqual(people(1));
    });

    it('O4 gives up on an answer that does not come, and harms no other destination', async () => {
      const outboxed = await told({ lrs, hook });
      lrs.server.script.push('hang');
      await outboxed.hands(3);
      outboxed.clock.advance(5000);
      await lrs.server.reached(1);
      await expect.poll(seqs).toEqual([1, 2, 3]);
      await outboxed.hands(1, 4);
      outboxed.clock.advance(10_000);
      await expect.poll(seqs).toEqual([1, 2, 3, 4]);
      expect(lrs.server.requests).toBe(1);
      await outboxed.pass(30_000);
      await outboxed.pass();
      expect(hands()).toEqual(people(4));
    });

    it.each(['take-and-drop', 'take-late', 'take-and-hang'] as const)(
      'O3 doubles nothing at a receiver that took it and whose answer did not come in time (%s)',
      async (behaviour) => {
        const outboxed = await told({ lrs, hook });
        lrs.server.script.push(behaviour);
        hook.server.script.push(behaviour);
        await outboxed.hands(5);
        outboxed.clock.advance(5000);
        await Promise.all([lrs.server.reached(1), hook.server.reached(1)]);
        await outboxed.hands(2, 6);
        await outboxed.pass(30_000);
        lrs.server.release();
        hook.server.release();
        await outboxed.pass(60_000);
        expect(hands()).toEqual(people(7));
        expect(seqs()).toEqual(numbers(7));
        expect([lrs.repeated, hook.repeated, hook.faults]).toEqual([5, 1, []]);
        expect((await outboxed.destinations()).destinations.map((one) => one.position)).toEqual([7, 7]);
      },
    );

    it('O3 goes on where it was when the server is killed while it sends', async () => {
      const outboxed = await told({ lrs, hook });
      await outboxed.hands(3);
      await outboxed.pass();
      lrs.server.script.push('take-and-hang');
      hook.server.script.push('take-and-hang');
      await outboxed.hands(4, 4);
      outboxed.clock.advance(5000);
      await Promise.all([lrs.server.reached(2), hook.server.reached(2)]);
      await outboxed.hands(2, 8);
      await outboxed.stop();
      await outboxed.start();
      await outboxed.pass();
      expect(hands()).toEqual(people(9));
      expect(seqs()).toEqual(numbers(9));
      // Sent as it was before, so that who looks at the id of the message only has it once, too.
      expect([lrs.repeated, hook.repeated, hook.faults]).toEqual([4, 1, []]);
    });

    it('O5 an LRS that has it already has it', async () => {
      lrs.conflicts = true;
      const outboxed = await told({ lrs });
      lrs.server.script.push('take-and-drop');
      await outboxed.hands(3);
      await outboxed.pass();
      await outboxed.hands(1, 4);
      await outboxed.pass();
      await outboxed.pass();
      expect(hands()).toEqual(people(4));
      expect(await only(outboxed)).toMatchObject({ position: 4, dead: 0, state: 'idle' });
    });

    it('O5 sends less at once to who takes less', async () => {
      lrs.mostInBatch = 7;
      const outboxed = await told({ lrs });
      await outboxed.write(numbers(40).map(handOf));
      await outboxed.pass();
      expect(hands()).toEqual(people(40));
      expect((await only(outboxed))?.dead).toBe(0);
    });
  });

  describe('the dead', () => {
    it('O5 what is refused for good is shown, and all others go on in order', async () => {
      const outboxed = await told({ lrs, hook });
      lrs.refuses = (one) => ['student4', 'student9'].includes(one.actor.account.name);
      hook.refuses = (event) => event.seq === 2;
      await outboxed.write(numbers(10).map(handOf));
      await outboxed.pass();
      expect(hands()).toEqual(people(10).filter((id) => id !== 'student4' && id !== 'student9'));
      expect(seqs()).toEqual(numbers(10).filter((seq) => seq !== 2));
      const { service } = outboxed.outbox;
      const { letters, total } = await service.deadLetters('lrs', 0);
      expect(total).toBe(2);
      expect(letters).toMatchObject([
        { seq: 4, kind: 'hand-raised', attempts: 1, error: expect.stringContaining('HTTP 400 refused') },
        { seq: 9, at: startsAt + 9 },
      ]);
      expect(JSON.parse(letters[0]?.body ?? '')).toMatchObject({ actor: { account: { name: 'student4' } } });
      expect((await service.deadLetters('hook', 0)).letters.map((one) => [one.seq, one.error])).toEqual([
        [2, 'HTTP 422 {"error":"no such lesson"}'],
      ]);
      expect((await outboxed.destinations()).destinations.map((one) => [one.position, one.dead])).toEqual([
        [10, 1],
        [10, 2],
      ]);
    });

    it('O6 are sent again when somebody says so, and stay when they are refused again', async () => {
      const outboxed = await told({ lrs });
      lrs.refuses = (one) => ['student1', 'student3'].includes(one.actor.account.name);
      await outboxed.write(numbers(4).map(handOf));
      await outboxed.pass();
      lrs.refuses = (one) => one.actor.account.name === 'student3';
      await outboxed.outbox.service.retryDead(administrator, 'lrs');
      await outboxed.pass();
      expect(hands()).toEqual(['student2', 'student4', 'student1']);
      expect((await outboxed.outbox.service.deadLetters('lrs', 0)).letters).toMatchObject([{ seq: 3, attempts: 2 }]);
      await outboxed.hands(1, 5);
      await outboxed.pass();
      expect(hands().at(-1)).toBe('student5');
      expect(await only(outboxed)).toMatchObject({ position: 5, dead: 1, state: 'idle' });
    });

    it('O6 wait with all else while nothing answers, also over a restart', async () => {
      const outboxed = await told({ hook });
      hook.refuses = (event) => event.seq === 1;
      await outboxed.hands(2);
      await outboxed.pass();
      hook.refuses = () => false;
      hook.server.script.push('drop');
      await outboxed.outbox.service.retryDead(administrator, 'hook');
      await outboxed.pass(0);
      expect((await only(outboxed))?.dead).toBe(1);
      await outboxed.stop();
      await outboxed.start();
      await outboxed.pass();
      expect(seqs()).toEqual([2, 1]);
      expect((await only(outboxed))?.dead).toBe(0);
    });
  });

  describe('an administrator', () => {
    it('O6 sends again from a number on, with the same ids', async () => {
      const outboxed = await told({ lrs, hook });
      await outboxed.write(numbers(6).map(handOf));
      await outboxed.pass();
      const lostAtTheOtherSide = [...lrs.stored.keys()].slice(3);
      for (const id of lostAtTheOtherSide) lrs.stored.delete(id);
      await outboxed.outbox.service.replay(administrator, 'lrs', 3);
      await outboxed.pass();
      expect([...lrs.stored.keys()].slice(3)).toEqual(lostAtTheOtherSide);
      expect(lrs.repeated).toBe(1);
      expect(hook.server.requests).toBe(1);
    });

    it('O6 never skips by a replay what was not delivered', async () => {
      const outboxed = await told({ hook });
      hook.server.script.push('drop');
      await outboxed.hands(4);
      await outboxed.pass();
      await outboxed.outbox.service.replay(administrator, 'hook', 3);
      await outboxed.pass();
      expect(seqs()).toEqual(numbers(4));
    });

    it('O6 stops a destination, also in the midst of a request, and lets it go on', async () => {
      const outboxed = await told({ hook });
      hook.server.script.push('hang');
      await outboxed.hands(2);
      outboxed.clock.advance(5000);
      await hook.server.reached(1);
      expect((await outboxed.outbox.service.pause(administrator, 'hook')).state).toBe('paused');
      await outboxed.hands(1, 3);
      await outboxed.pass(DAY);
      expect(hook.server.requests).toBe(1);
      await outboxed.stop();
      await outboxed.start();
      await outboxed.pass();
      expect(await only(outboxed)).toMatchObject({ state: 'paused', position: 0, last: 3, failing: null });
      await outboxed.outbox.service.resume(administrator, 'hook');
      await outboxed.pass(0);
      expect(seqs()).toEqual([1, 2, 3]);
      const acts = await outboxed.db.selectFrom('audit_entry').select(['act', 'subject_id']).orderBy('seq').execute();
      expect(acts.map((one) => `${one.act} ${one.subject_id}`)).toEqual(['outbox.paused hook', 'outbox.resumed hook']);
    });

    it('O7 is shown addresses without their secrets, and destinations that are gone', async () => {
      const outboxed = await told({ lrs, hook });
      await outboxed.hands(1);
      await outboxed.pass();
      await outboxed.stop();
      await outboxed.start({ lrs });
      const { destinations } = await outboxed.destinations();
      expect(destinations).toMatchObject([
        { id: 'hook', kind: 'webhook', url: `${hook.server.url}/hook`, state: 'not-configured', position: 1 },
        { id: 'lrs', kind: 'lrs', url: lrs.url, state: 'idle' },
      ]);
      await expect(outboxed.outbox.service.resume(administrator, 'hook')).rejects.toThrow('no such destination');
      expect(outboxed.log.join()).not.toMatch(/whsec_|four unrelated|unshown/);
    });

    it('O7 has figures of what was not delivered', async () => {
      const outboxed = await told({ hook });
      hook.server.always = { status: 503 };
      await outboxed.hands(3);
      await outboxed.pass(60_000);
      expect(await outboxed.outbox.figures()).toMatchObject([{ id: 'hook', undelivered: 3, dead: 0 }]);
      expect((await outboxed.outbox.figures())[0]?.oldestSeconds).toBeCloseTo(60, 0);
    });
  });

  describe('what is old', () => {
    it('O8 goes when it was delivered everywhere, and its number is not given again', async () => {
      const outboxed = await told({ lrs, hook });
      hook.server.always = { status: 404 };
      await outboxed.hands(3);
      await outboxed.pass();
      await outboxed.pass(40 * DAY);
      expect(await outboxed.destinations()).toMatchObject({ first: 1, last: 3 });
      hook.server.always = 'take';
      await outboxed.pass(HOUR);
      await outboxed.pass(DAY);
      expect(await outboxed.destinations()).toMatchObject({ first: 4, last: 3 });
      await outboxed.stop();
      await outboxed.start();
      await outboxed.hands(1, 4);
      await outboxed.pass();
      expect(seqs()).toEqual([1, 2, 3, 4]);
    });

    it('O8 stays while it lies with the dead', async () => {
      const outboxed = await told({ hook });
      hook.refuses = (event) => event.seq === 2;
      await outboxed.hands(3);
      await outboxed.pass();
      await outboxed.pass(40 * DAY);
      expect((await new OutboxStore(outboxed.db).after(0, 10)).map((event) => event.seq)).toEqual([2]);
    });

    it('O8 is given up undelivered only when the settings say so, with a warning', async () => {
      const outboxed = await told({ hook, more: { undeliveredDays: 60 } });
      hook.server.always = { status: 404 };
      await outboxed.hands(3);
      await outboxed.pass(59 * DAY);
      expect((await outboxed.destinations()).first).toBe(1);
      await outboxed.pass(2 * DAY);
      expect((await outboxed.destinations()).first).toBe(4);
      expect(outboxed.log.join()).toContain('given up');
      hook.server.always = 'take';
      await outboxed.hands(1, 4);
      await outboxed.pass(HOUR);
      expect(seqs()).toEqual([4]);
      expect(await only(outboxed)).toMatchObject({ position: 4, state: 'idle' });
    });
  });

  it('O2 a webhook is told only the kinds that it asks for', async () => {
    const outboxed = await told({ hook, kinds: ['participant-joined'] });
    await outboxed.write([handOf(1), joinOf(2), handOf(3)]);
    await outboxed.pass();
    expect(hook.events.map((event) => event.type)).toEqual(['participant-joined']);
    expect((await only(outboxed))?.position).toBe(3);
  });

  it('O2 a destination that is new is told what happens from now on', async () => {
    const outboxed = await told({ lrs });
    await outboxed.hands(2);
    await outboxed.pass();
    await outboxed.stop();
    await outboxed.start({ lrs, hook });
    await outboxed.hands(1, 3);
    await outboxed.pass();
    expect(seqs()).toEqual([3]);
    expect(lrs.stored.size).toBe(3);
  });
});
