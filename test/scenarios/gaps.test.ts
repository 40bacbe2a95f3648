// Left, or lost the line? Every way to be gone, told over real sockets, and what the trace keeps of each.
import { afterEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { protocolVersion } from '../../server/contract/index.ts';
import { DeviceWord, LineEvidence, LostBeside } from '../../server/contract/line-evidence.ts';
import { lessonId } from '../support/campus.ts';
import { Classroom, type ClassroomOptions } from '../support/classroom.ts';
import { silentStats } from '../support/fake-media.ts';
import type { Visitor } from '../support/people.ts';

let classroom: Classroom;
const open = async (options?: ClassroomOptions) => {
  classroom = await Classroom.open(options);
  return classroom;
};

afterEach(async () => {
  await classroom.close();
});

const Detail = z.object({
  reason: z.string().optional(),
  gapMs: z.number().optional(),
  line: LineEvidence.optional(),
  beside: LostBeside.nullable().optional(),
  word: DeviceWord.nullable().optional(),
});
type Entry = { readonly kind: string; readonly personId: string | null; readonly connectionId: string | null } & z.infer<typeof Detail>;

async function traceOf(kind?: string): Promise<Entry[]> {
  const rows = await classroom.running.database.db
    .selectFrom('trace_entry')
    .select(['kind', 'person_id', 'connection_id', 'detail'])
    .where('lesson_id', '=', lessonId)
    .orderBy('seq')
    .execute();
  const entries = rows.map((row) => ({
    ...{ kind: row.kind, personId: row.person_id, connectionId: row.connection_id },
    ...Detail.parse(JSON.parse(row.detail)),
  }));
  return kind === undefined ? entries : entries.filter((entry) => entry.kind === kind);
}

/** The evidence of a student's first drop, once it is written. */
async function lineOf(student: Visitor): Promise<LineEvidence | undefined> {
  const find = async () => (await traceOf('connection-dropped')).find(({ personId }) => personId === student.me.personId)?.line;
  await vi.waitFor(async () => expect(await find()).toBeDefined());
  return find();
}

const dropped = async (teacher: Visitor, ...lost: Visitor[]) => {
  for (const each of lost) await teacher.until(() => teacher.sees(each.id).presence === 'dropped', 'dropped');
};

describe('how somebody went', () => {
  it('G1 who presses Leave, and whose page says goodbye, has left: no gap, nothing counted beside it', async () => {
    const room = await open();
    const [teacher, one, two] = [await room.teacher(), await room.student(1), await room.student(2)];
    await one.ask('room:leave', {});
    two.leavePage();
    await teacher.until(() => teacher.sight.participants.size === 1);
    const closed = await traceOf('connection-closed');
    expect(closed.map(({ reason, beside }) => [reason, beside])).toEqual([
      ['left', null],
      ['closed-page', null],
    ]);
    expect(await traceOf('connection-dropped')).toEqual([]);
  });

  it.each([
    ['whose network is gone', (student: Visitor) => student.unplug(), 'line-broken'],
    ['whose page tries anew', (student: Visitor) => student.cut(), 'client-closed'],
    ['whose browser closed the page without a goodbye', (student: Visitor) => student.vanish(), 'closed-page'],
  ] as const)('G2 %s keeps the seat, and the trace says how the line was lost', async (_, lose, cause) => {
    const room = await open();
    const [teacher, student] = [await room.teacher(), await room.student()];
    lose(student);
    await dropped(teacher, student);
    expect(await lineOf(student)).toEqual({ cause, ice: 'none', lossPercent: null, roundTripMs: null, hidden: false });
  });

  it('G2 who does not answer the heartbeat has fallen silent', async () => {
    const room = await open({ limits: { heartbeatMs: 150, answerHeartbeatWithinMs: 300 } });
    const [teacher, student] = [await room.teacher(), await room.student()];
    student.fallSilent();
    await dropped(teacher, student);
    expect((await lineOf(student))?.cause).toBe('line-silent');
    expect(teacher.me.presence).toBe('here');
  });

  it('G2 whose line the server closed for asking far too much is said to be so', async () => {
    const room = await open({ limits: { paces: { patience: { burst: 2, perSecond: 0.001 } } } });
    const [teacher, student] = [await room.teacher(), await room.student()];
    const flood = Array.from({ length: 160 }, () => student.raw('no:such', {}).catch(() => null));
    await dropped(teacher, student);
    await Promise.all(flood);
    expect((await lineOf(student))?.cause).toBe('server-closed');
  });

  it('G3 who does not come back after closing the page without a goodbye has closed the page; any other has lost the line', async () => {
    const room = await open();
    const [teacher, one, two] = [await room.teacher(), await room.student(1), await room.student(2)];
    one.vanish();
    await dropped(teacher, one);
    two.unplug();
    await dropped(teacher, two);
    room.clock.advance(60_000);
    await teacher.until(() => teacher.sight.participants.size === 1);
    const closed = await traceOf('connection-closed');
    expect(closed.map(({ personId, reason }) => [personId, reason])).toEqual([
      ['student1', 'closed-page'],
      ['student2', 'connection-lost'],
    ]);
    expect(closed.every(({ beside }) => beside?.room === 1)).toBe(true);
  });

  it('G1 who is removed while the line is lost is removed, and the gap before keeps its evidence', async () => {
    const room = await open();
    const [teacher, student] = [await room.teacher(), await room.student()];
    student.unplug();
    await dropped(teacher, student);
    await teacher.ask('room:remove', { participantId: student.id });
    const [closed] = await traceOf('connection-closed');
    expect(closed).toMatchObject({ reason: 'removed', beside: { room: 0, everywhere: 0 } });
  });
});

describe('what was known of the line', () => {
  it('G6 is the worst of its paths, and what was measured before it was lost', async () => {
    const room = await open();
    const [teacher, student] = [await room.teacher(), await room.student()];
    await student.publish('microphone');
    await student.ask('media:open', { direction: 'receive' });
    const [sending, receiving] = [...(room.media.rooms.get(lessonId)?.transports ?? [])];
    if (sending === undefined || receiving === undefined) throw new Error('There are two transports.');
    const flowing = { ...silentStats, bytesIn: 9000, packetsIn: 9, packetsLostIn: 1, bpsIn: 64_000 };
    sending.figures = { ...flowing, lossIn: 0.123, roundTripMs: 431.6 };
    await vi.waitFor(() => {
      room.clock.advance(500);
      expect(student.hasHeard('quality-changed')).toBe(true);
    });
    [sending.ice, receiving.ice] = ['failed', 'connected'];
    student.unplug();
    await dropped(teacher, student);
    expect(await lineOf(student)).toEqual({ cause: 'line-broken', ice: 'failed', lossPercent: 12.3, roundTripMs: 432, hidden: false });
  });

  it('G6 is kept when the media are gone before the line', async () => {
    const room = await open();
    const [teacher, student] = [await room.teacher(), await room.student()];
    await student.publish('microphone');
    const [sending] = [...(room.media.rooms.get(lessonId)?.transports ?? [])];
    if (sending !== undefined) sending.ice = 'disconnected';
    room.media.killWorker();
    await teacher.until(() => teacher.hasHeard('media-reset'));
    student.unplug();
    await dropped(teacher, student);
    expect((await lineOf(student))?.ice).toBe('disconnected');
  });
});

describe('who else was lost', () => {
  it('G4 is counted when the gap ends: on the network, in the room, with all that happened within ten seconds', async () => {
    const room = await open({ students: 6 });
    const teacher = await room.teacher();
    const dormitory = await Promise.all([1, 2, 3, 4].map((number) => room.student(number, `198.51.100.${number}`)));
    const [one, two, three, four] = dormitory;
    const elsewhere = await room.student(5, '203.0.113.5');
    if (!one || !two || !three || !four) throw new Error('There are four.');
    one.unplug();
    await dropped(teacher, one);
    room.clock.advance(9000);
    for (const each of [two, elsewhere]) each.unplug();
    await dropped(teacher, two, elsewhere);
    await one.comeBack();
    room.clock.advance(1001);
    three.unplug();
    await dropped(teacher, three);
    await two.comeBack();
    const resumed = await traceOf('connection-resumed');
    expect(resumed.map(({ personId, gapMs, beside }) => [personId, gapMs, beside])).toEqual([
      ['student1', 9000, { sameNetwork: 1, onNetwork: 3, room: 2, everywhere: 2 }],
      ['student2', 1001, { sameNetwork: 2, onNetwork: 3, room: 3, everywhere: 3 }],
    ]);
    room.clock.advance(60_000);
    await teacher.until(() => teacher.sight.participants.size === 4);
    expect((await traceOf('connection-closed')).map(({ personId, beside }) => [personId, beside?.sameNetwork, beside?.room])).toEqual([
      ['student5', 0, 3],
      ['student3', 1, 2],
    ]);
  });
});

describe('what a device says of its gap', () => {
  const word = { offline: true, hiddenMs: 12_000, slept: false };

  it('G8 is kept as its own word with the resume, and nowhere else', async () => {
    const room = await open();
    const [teacher, student] = [await room.teacher(), await room.student()];
    student.unplug();
    await dropped(teacher, student);
    await student.comeBack({ word });
    student.unplug();
    await teacher.until(() => teacher.sees(student.id).presence === 'dropped');
    await student.comeBack();
    expect((await traceOf('connection-resumed')).map((entry) => entry.word)).toEqual([word, null]);
  });

  it('G8 is kept as well when the place was given up meanwhile', async () => {
    const room = await open();
    const [teacher, student] = [await room.teacher(), await room.student()];
    student.unplug();
    await dropped(teacher, student);
    room.clock.advance(61_000);
    await teacher.until(() => teacher.sight.participants.size === 1, 'given up');
    await student.comeBack({ word });
    expect((await traceOf('connection-opened')).at(-1)).toMatchObject({ personId: student.me.personId, word });
  });

  it('G8 is not believed from one who has no gap', async () => {
    const room = await open();
    const [teacher, student] = [await room.teacher(), await room.visitor({ personId: (await room.student(2)).me.personId })];
    await student.join({ word });
    await teacher.until(() => teacher.sight.participants.size === 2);
    expect((await traceOf()).some((entry) => entry.word !== undefined)).toBe(false);
  });

  it.each([
    ['with more than it may say', { ...word, hiddenMs: 86_400_001 }],
    ['with less than nothing', { ...word, hiddenMs: -1 }],
    ['with half milliseconds', { ...word, hiddenMs: 0.5 }],
    ['in words', { ...word, hiddenMs: 'long' }],
    ['without an end', { ...word, hiddenMs: Number.POSITIVE_INFINITY }],
    ['with half of it', { offline: true }],
    ['as a list', [true, 1, false]],
    ['that is none', 'I was here'],
  ])('G8 is refused %s, and the seat waits', async (_, hostile) => {
    const room = await open();
    const [teacher, student] = [await room.teacher(), await room.student()];
    const { resumeKey } = student.sight.self;
    student.unplug();
    await dropped(teacher, student);
    await student.connect();
    const reply = await student.raw('room:join', { protocol: protocolVersion, device: 'T', consent: true, resumeKey, word: hostile });
    expect(reply).toMatchObject({ ok: false, code: 'bad-request' });
    await student.join({ resumeKey });
    expect(student.sight.resumed).toBe(true);
  });

  it('G8 keeps nothing that was smuggled into it', async () => {
    const room = await open();
    const [teacher, student] = [await room.teacher(), await room.student()];
    const { resumeKey } = student.sight.self;
    student.unplug();
    await dropped(teacher, student);
    await student.connect();
    const smuggled = { ...word, excuse: 'x'.repeat(1000) };
    await student.raw('room:join', { protocol: protocolVersion, device: 'T', consent: true, resumeKey, word: smuggled });
    const rows = await classroom.running.database.db.selectFrom('trace_entry').select('detail').execute();
    expect(rows.some(({ detail }) => detail.includes('excuse'))).toBe(false);
    expect((await traceOf('connection-resumed')).map((entry) => entry.word)).toEqual([word]);
  });
});

describe('the page', () => {
  it('G7 is told when it changes, by each device for itself, and is part of what is known of a lost line', async () => {
    const room = await open();
    const [teacher, student] = [await room.teacher(), await room.student()];
    for (const seen of [true, false, false, true, false]) await student.ask('room:page-seen', { seen });
    student.unplug();
    await dropped(teacher, student);
    expect((await lineOf(student))?.hidden).toBe(true);
    await student.comeBack();
    await student.ask('room:page-seen', { seen: false });
    await student.ask('room:page-seen', { seen: true });
    const pages = (await traceOf()).filter(({ kind }) => kind.startsWith('page-'));
    expect(pages.map(({ kind }) => kind)).toEqual(['page-hidden', 'page-shown', 'page-hidden', 'page-shown']);
    expect(new Set(pages.map(({ connectionId }) => connectionId))).toEqual(new Set([student.sight.self.connectionId]));
  });

  it('G7 cannot fill the trace: who changes it all the time is told to wait', async () => {
    const room = await open();
    const student = await room.student();
    const answers: string[] = [];
    for (let turn = 0; turn < 30; turn += 1) answers.push(await student.refused('room:page-seen', { seen: turn % 2 === 1 }));
    expect(answers.filter((answer) => answer === 'ok').length).toBeLessThan(12);
    expect(answers.at(-1)).toBe('too-many-requests');
    expect((await traceOf()).filter(({ kind }) => kind.startsWith('page-')).length).toBeLessThan(12);
  });

  it('G7 is nobody’s in the lobby', async () => {
    const room = await open();
    await room.teacher();
    const guest = await room.guest();
    expect(await guest.refused('room:page-seen', { seen: false })).toBe('wrong-phase');
  });
});

describe.each(['stop', 'kill'] as const)('R14 a server that is restarted (%s)', (how) => {
  it('G9 ends the stays of all with its own name, lost or not, and holds nobody’s line against them', async () => {
    const room = await open();
    const [teacher, here, lost] = [await room.teacher(), await room.student(1), await room.student(2)];
    lost.unplug();
    await dropped(teacher, lost);
    const { trace, clock } = { trace: room.running.trace, clock: room.clock };
    if (how === 'kill') await trace.startHeartbeat();
    await room.restart(how);
    if (how === 'kill') await room.running.trace.closeOpen(clock.now());
    await teacher.until(() => !teacher.socket.connected);
    await here.comeBack();
    expect(here.sight.resumed).toBe(false);
    const closed = await traceOf('connection-closed');
    expect(closed.map(({ personId, reason }) => [personId, reason])).toEqual([
      ['teacher', 'server-stopped'],
      ['student1', 'server-stopped'],
      ['student2', 'server-stopped'],
    ]);
    expect(closed.slice(0, 2).map(({ beside }) => beside)).toEqual([null, null]);
    expect((await traceOf('connection-dropped')).map(({ personId }) => personId)).toEqual(['student2']);
  });
});
