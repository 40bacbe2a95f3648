// H1 to H9: whoever floods, hoards or reads nothing is cut off, what it held is free again, and those beside it go on.
import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { MessageId } from '../../server/contract/ids.ts';
import { protocolVersion } from '../../server/contract/index.ts';
import type { Notice } from '../../server/contract/notices.ts';
import { channel } from '../../server/edge/announcer.ts';
import { usualPaces } from '../../server/edge/socket-limits.ts';
import { lessonId, studentId } from '../support/campus.ts';
import { Classroom, type ClassroomOptions } from '../support/classroom.ts';
import type { Visitor } from '../support/people.ts';

let classroom: Classroom;
const open = async (options?: ClassroomOptions) => {
  classroom = await Classroom.open(options);
  return classroom;
};
const joining = { protocol: protocolVersion, device: 'Test', consent: true };
/** Of the one who behaves, who is faster here than any hand. */
const boundless = { burst: 1e6, perSecond: 1e6 };
const handsGoOn = { ...usualPaces.person, 'room:raise-hand': boundless };
const clients = () => classroom.running.rooms.sockets.engine.clientsCount;

afterEach(async () => {
  await classroom.close();
  expect(classroom.faults).toEqual([]);
});

/** Answers how many of the student's requests were answered while something went on. */
async function goesOnDuring(teacher: Visitor, student: Visitor, during: Promise<unknown>): Promise<number> {
  let answered = 0;
  let isOver = false;
  void during.finally(() => {
    isOver = true;
  });
  while (!isOver || answered < 6) {
    const raised = answered % 2 === 0;
    await student.ask('room:raise-hand', { raised });
    await teacher.until(() => (teacher.sees(student.id).handRaisedAt !== null) === raised);
    answered += 1;
  }
  await during;
  return answered;
}

/** What lies below socket.io: text frames of its own making. */
function rawFrames(visitor: Visitor): { send(frame: string | Buffer): void } {
  const { transport } = visitor.socket.io.engine;
  const carrier: unknown = 'ws' in transport ? transport.ws : undefined;
  if (typeof carrier !== 'object' || carrier === null || !('send' in carrier) || typeof carrier.send !== 'function')
    throw new Error('There is no WebSocket');
  const { send } = carrier;
  return { send: (frame) => void send.call(carrier, frame) };
}

function posted({ id }: Visitor, text: string): Notice {
  return {
    type: 'chat-posted',
    message: { id: MessageId.parse('big'), participantId: id, personId: studentId(9), name: 'x', at: 0, text },
  };
}

describe('H5 a flood', () => {
  it.each([
    ['of requests', (bad: Visitor, count: number) => void bad.socket.emit('room:react', { reaction: 'heart' }, () => void count)],
    ['without acknowledgement', (bad: Visitor) => void bad.socket.emit('room:raise-hand', { raised: true })],
    ['of what does not exist', (bad: Visitor, count: number) => void bad.socket.emit(`no:${count}`, {}, () => undefined)],
    ['of large messages', (bad: Visitor) => void bad.socket.emit('chat:post', { text: 'x'.repeat(90_000) }, () => undefined)],
    ['of pongs', (bad: Visitor) => rawFrames(bad).send('3')],
    ['of acknowledgements nobody asked for', (bad: Visitor, count: number) => rawFrames(bad).send(`43${count}["x"]`)],
    ['of new sockets on the same line', (bad: Visitor, count: number) => rawFrames(bad).send(`40/n${count},{"token":"x"}`)],
  ])('%s is cut off with a reason, and the class does not wait for it', async (_what, send) => {
    const room = await open({ limits: { packets: { burst: 1000, perSecond: 100 }, paces: { person: handsGoOn } } });
    const [teacher, student, bad] = [await room.teacher(), await room.student(1), await room.student(2)];
    const before = clients();
    const flood = (async () => {
      for (let count = 0; count < 10_000 && bad.socket.connected; count += 1) {
        send(bad, count);
        if (count % 50 === 0) await new Promise(setImmediate);
      }
      return bad.shownOut();
    })();
    expect(await goesOnDuring(teacher, student, flood)).toBeGreaterThanOrEqual(6);
    expect(await flood).toBe('too-much');
    await expect.poll(clients).toBe(before - 1);
    // It comes back in peace.
    await bad.comeBack();
    expect(bad.sight.resumed).toBe(true);
  });

  it.each([
    ['binary garbage', (bad: Visitor) => rawFrames(bad).send(Buffer.from([0, 1, 2, 255]))],
    ['a broken packet', (bad: Visitor) => rawFrames(bad).send('42{"no":"array"')],
    ['a packet with too many parts', (bad: Visitor) => rawFrames(bad).send('451000-["chat:post",{"_placeholder":true,"num":0}]')],
    ['a part that belongs to nothing', (bad: Visitor) => rawFrames(bad).send('451-["chat:post",{"_placeholder":true,"num":7}]')],
    ['an unknown kind of packet', (bad: Visitor) => rawFrames(bad).send('9')],
    ['a heartbeat the wrong way round', (bad: Visitor) => rawFrames(bad).send('2')],
    ['a message that is too long', (bad: Visitor) => rawFrames(bad).send(`42${'x'.repeat(200_000)}`)],
  ])('H5 %s ends that line and no other', async (_what, send) => {
    const room = await open();
    const [teacher, student, bad] = [await room.teacher(), await room.student(1), await room.student(2)];
    send(bad);
    rawFrames(student).send('42["room:react",{"reaction":"heart"}]');
    if (_what === 'a part that belongs to nothing') rawFrames(bad).send(Buffer.from('x'));
    await teacher.until(() => teacher.sees(bad.id).presence === 'dropped');
    expect(await goesOnDuring(teacher, student, Promise.resolve())).toBeGreaterThanOrEqual(6);
  });
});

describe('H6 who reads nothing', () => {
  it('is cut off when too much waits for it, is said to have been too slow, and finds everything anew', async () => {
    const room = await open({ limits: { waitingBytes: 300_000 } });
    const [teacher, student, slow] = [await room.teacher(), await room.student(1), await room.student(2)];
    slow.fallSilent();
    const { sockets } = room.running.rooms;
    const text = 'ә'.repeat(50_000);
    // More than the network itself holds.
    for (let told = 0; told < 600 && sockets.engine.clientsCount === 3; told += 1) {
      sockets.to(channel.lesson(lessonId)).emit('notices', [posted(teacher, text)]);
      await new Promise(setImmediate);
    }
    await teacher.until(() => teacher.sees(slow.id).presence === 'dropped');
    const [dropped] = await room.running.database.db
      .selectFrom('trace_entry')
      .selectAll()
      .where('kind', '=', 'connection-dropped')
      .execute();
    expect(JSON.parse(String(dropped?.detail ?? '{}'))).toMatchObject({ line: { cause: 'too-slow' } });
    expect([teacher.socket.connected, student.socket.connected]).toEqual([true, true]);
    await teacher.ask('chat:post', { text: 'meanwhile', clientId: 'client-id-1' });
    await slow.comeBack();
    expect(slow.sight.resumed).toBe(true);
    expect([...slow.sight.chat.values()].map((message) => message.text)).toContain('meanwhile');
  });

  it.each([
    ['never', null],
    ['as often as it is asked', 100],
    ['more often than it is asked, so that it is asked no more', 20],
  ])('is cut off when it takes nothing for 0.3 seconds, and says that it lives %s', async (_how, everyMs) => {
    const heartbeats = { heartbeatMs: 100, answerHeartbeatWithinMs: 60_000 };
    const room = await open({ limits: { ...heartbeats, unreadMs: 300, slowestBytesPerSecond: 1e9 } });
    const [teacher, slow] = [await room.teacher(), await room.student(1)];
    slow.fallSilent();
    const alive = everyMs === null ? undefined : setInterval(() => rawFrames(slow).send('3'), everyMs);
    const { sockets } = room.running.rooms;
    // More than the network itself holds, on both sides.
    const notice = posted(teacher, 'x'.repeat(64_000_000));
    sockets.to(channel.connection(slow.sight.self.connectionId)).emit('notices', [notice]);
    await teacher.until(() => teacher.sees(slow.id).presence === 'dropped').finally(() => clearInterval(alive));
    const [dropped] = await room.running.database.db
      .selectFrom('trace_entry')
      .select('detail')
      .where('kind', '=', 'connection-dropped')
      .execute();
    expect(JSON.parse(String(dropped?.detail ?? '{}'))).toMatchObject({ line: { cause: 'too-slow' } });
  });
});

describe('H3 what one person asks', () => {
  it('is counted over all sockets, and not forgotten by coming back', async () => {
    const room = await open();
    const [one, two] = [await room.student(1), await room.student(1)];
    const post = (from: Visitor, count: number) => from.refused('chat:post', { text: 'x', clientId: `client-id-${count}` });
    const answers = await Promise.all(Array.from({ length: 20 }, (_, count) => post(count % 2 === 0 ? one : two, count)));
    expect(answers.filter((answer) => answer === 'ok').length).toBeLessThan(14);
    await one.comeBack();
    const again = await Promise.all(Array.from({ length: 10 }, (_, count) => post(one, 100 + count)));
    expect(again.filter((answer) => answer === 'ok').length).toBeLessThan(5);
  });

  it('H4 coming and going is bounded, and so is what it leaves in the trace', async () => {
    const room = await open();
    await room.teacher();
    const answers: string[] = [];
    for (let turn = 0; turn < 30; turn += 1) {
      const churner = await room.visitor({ personId: studentId(1) });
      answers.push(await churner.refused('room:join', joining));
      churner.leavePage();
    }
    const came = answers.filter((answer) => answer === 'ok').length;
    expect([came < 28, answers.includes('too-many-requests')]).toEqual([true, true]);
    const left = await room.running.database.db.selectFrom('trace_entry').select('kind').where('person_id', '=', studentId(1)).execute();
    expect(left.length).toBeLessThanOrEqual(came * 5);
  });

  it('H7 costs a media worker no more than a bounded number of transports', async () => {
    const room = await open();
    const hoarder = await room.student(1);
    const answers = await Promise.all(
      Array.from({ length: 60 }, (_, count) => hoarder.refused('media:open', { direction: count % 2 === 0 ? 'send' : 'receive' })),
    );
    expect(answers.filter((answer) => answer === 'ok').length).toBeLessThan(30);
    expect([...room.media.rooms.values()].map((each) => each.transports.size)).toEqual([2]);
  });
});

describe('H1, H2 connections', () => {
  it('of one address are bounded, also those that show no token and those whose socket is closed again', async () => {
    const room = await open({ limits: { socketsPerAddress: 4, silentPerAddress: 2 } });
    const [one, two] = [
      await room.visitor({ personId: studentId(1) }, '203.0.113.1'),
      await room.visitor({ personId: studentId(2) }, '203.0.113.1'),
    ];
    const handshake = (from: string) =>
      fetch(`${room.running.url}/socket.io/?EIO=4&transport=polling`, { headers: { 'x-forwarded-for': from } }).then(
        ({ status }) => status,
      );
    expect([await handshake('203.0.113.1'), await handshake('203.0.113.1'), await handshake('203.0.113.1')]).toEqual([200, 200, 403]);
    expect(await handshake('203.0.113.2')).toBe(200);
    await expect(room.visitor({ personId: studentId(3) }, '203.0.113.1')).rejects.toThrow();
    one.leavePage();
    two.leavePage();
    await expect.poll(clients).toBe(3);
    expect((await room.visitor({ personId: studentId(4) }, '203.0.113.3')).socket.connected).toBe(true);
  });

  it('that show no token keep out nobody who comes from the same address', async () => {
    const room = await open({ limits: { silentPerAddress: 2 } });
    const handshake = () =>
      fetch(`${room.running.url}/socket.io/?EIO=4&transport=polling`, { headers: { 'x-forwarded-for': '203.0.113.1' } }).then(
        ({ status }) => status,
      );
    expect([await handshake(), await handshake(), await handshake()]).toEqual([200, 200, 200]);
    expect(clients()).toBe(2);
    expect((await room.visitor({ personId: studentId(1) }, '203.0.113.1')).socket.connected).toBe(true);
    expect(clients()).toBe(2);
  });

  it('that open no socket in time are closed', async () => {
    const room = await open({ limits: { openWithinMs: 100 } });
    const url = new URL(room.running.url);
    const socket = connect(Number(url.port), url.hostname);
    const closed = new Promise((done) => socket.once('close', done));
    socket.on('error', () => undefined).resume();
    const head = ['GET /socket.io/?EIO=4&transport=websocket HTTP/1.1', `Host: ${url.host}`, 'Connection: Upgrade', 'Upgrade: websocket'];
    socket.write([...head, 'Sec-WebSocket-Version: 13', 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==', '', ''].join('\r\n'));
    await expect.poll(clients).toBe(1);
    await expect.poll(clients).toBe(0);
    socket.end();
    await closed;
  });

  it('carry long polling too, within the same bounds', async () => {
    const room = await open({ limits: { packets: { burst: 50, perSecond: 1 } } });
    const teacher = await room.teacher();
    const at = `${room.running.url}/socket.io/?EIO=4&transport=polling`;
    const opened = await (await fetch(at)).text();
    const sid: unknown = JSON.parse(opened.slice(1)).sid;
    await expect.poll(clients).toBe(2);
    const flood = Array.from({ length: 5000 }, () => '3').join('\x1e');
    await fetch(`${at}&sid=${String(sid)}`, { method: 'POST', body: flood }).catch(() => null);
    await expect.poll(clients).toBe(1);
    expect(teacher.socket.connected).toBe(true);
  });
});
