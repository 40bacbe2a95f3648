// A student's line grows thin in the middle of a class and recovers; still pictures stand in for the screen. Told over real sockets.
import { setImmediate } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { LessonId, TrackId } from '../../server/contract/ids.ts';
import type { LadderStep } from '../../server/contract/ladder.ts';
import type { NoticeOf } from '../../server/contract/notices.ts';
import { lessonId, teacherId } from '../support/campus.ts';
import { Classroom } from '../support/classroom.ts';
import { type FakeTransport, silentStats } from '../support/fake-media.ts';
import type { Visitor } from '../support/people.ts';
import { webp } from '../support/still-pictures.ts';

let classroom: Classroom;
afterEach(async () => {
  await classroom.close();
  expect(classroom.faults).toEqual([]);
});

const steady = { ...silentStats, roundTripMs: 40 };

/** A teacher who shares a screen, and a student who looks at it. */
async function lecture(most: LadderStep = 'all') {
  classroom = await Classroom.open();
  const [teacher, student] = [await classroom.teacher(), await classroom.student(1)];
  const { id } = await teacher.ask('media:open', { direction: 'send' });
  const { trackId } = await teacher.publishOn(id, 'screen');
  const microphone = await teacher.publishOn(id, 'microphone');
  const transport = await listen(student, teacher, most);
  return { teacher, student, trackId, microphone, transport };
}

async function listen(student: Visitor, teacher: Visitor, most: LadderStep): Promise<FakeTransport> {
  const before = new Set(classroom.media.rooms.get(lessonId)?.transports);
  await student.ask('media:open', { direction: 'receive' });
  const transport = [...(classroom.media.rooms.get(lessonId)?.transports ?? [])].find((one) => !before.has(one));
  if (transport === undefined) throw new Error('There is a transport.');
  await student.ask('media:receive', { rtpCapabilities: classroom.media.rtpCapabilities });
  await student.ask('media:view', {
    tiles: [{ participantId: teacher.id, source: 'screen', width: 1280, height: 720 }],
    hidden: false,
    most,
  });
  return transport;
}

/** Time passes, and at each measurement something more has come from the device. */
async function pass(transport: FakeTransport, ms: number, figures: { readonly bpsOut: number; readonly lossOut: number }) {
  for (let passed = 0; passed < ms; passed += 500) {
    transport.figures = { ...steady, ...figures, bytesIn: transport.figures.bytesIn + 100 };
    classroom.clock.advance(500);
    await setImmediate();
    await setImmediate();
  }
}

const heard = <T extends NoticeOf<'ladder-changed' | 'stills-wanted' | 'send-limits' | 'still-part'>['type']>(visitor: Visitor, type: T) =>
  visitor.heard.filter((notice): notice is NoticeOf<T> => notice.type === type);
const stepOf = (visitor: Visitor) => heard(visitor, 'ladder-changed').at(-1)?.step ?? 'all';
const still = (trackId: TrackId, bytes = webp(1280, 720, 9_000)) =>
  ({ trackId, mime: 'image/webp', width: 1280, height: 720, bytes }) as const;

describe('a line that grows thin', () => {
  it('L2, L9, L11 is eased within three seconds: sound on the floor, quieter voices, stills asked of who shares; all of it comes back', async () => {
    const { teacher, student, transport } = await lecture();
    await pass(transport, 5_000, { bpsOut: 900_000, lossOut: 0 });
    expect(stepOf(student)).toBe('all');
    await pass(transport, 3_000, { bpsOut: 900_000, lossOut: 0.93 });
    await student.until(() => stepOf(student) === 'floor');
    await teacher.until(() => heard(teacher, 'stills-wanted').at(-1)?.mostBytes === 24 * 1024);
    await teacher.until(() => heard(teacher, 'send-limits').at(-1)?.limits.soundBps === 16_000);
    await pass(transport, 120_000, { bpsOut: 60_000, lossOut: 0 });
    await student.until(() => stepOf(student) === 'all');
    await teacher.until(() => heard(teacher, 'stills-wanted').at(-1)?.mostBytes === null);
    await teacher.until(() => heard(teacher, 'send-limits').at(-1)?.limits.soundBps === null);
  });

  it('L10 teachers see on which step everybody is', async () => {
    const { teacher, student, transport } = await lecture();
    await pass(transport, 6_000, { bpsOut: 900_000, lossOut: 0.93 });
    const stepSeen = () =>
      teacher.heard
        .flatMap((notice) => (notice.type === 'quality-changed' ? notice.lines : []))
        .findLast((line) => line.participantId === student.id);
    await teacher.until(() => stepSeen()?.step === 'floor');
  });

  it('that falls silent keeps its step: nothing is known of it', async () => {
    const { student, transport } = await lecture();
    transport.figures = { ...steady, bpsOut: 900_000, lossOut: 0.93 };
    for (let passed = 0; passed < 20_000; passed += 500) {
      classroom.clock.advance(500);
      await setImmediate();
    }
    expect(heard(student, 'ladder-changed').filter(({ step }) => step !== 'all')).toEqual([]);
  });

  it('L6 what a person chose is never exceeded, and asks nobody to speak more quietly', async () => {
    const { teacher, student, transport, trackId } = await lecture('floor');
    await student.until(() => heard(student, 'ladder-changed').at(-1)?.why === 'chosen');
    await pass(transport, 60_000, { bpsOut: 60_000, lossOut: 0 });
    expect(heard(student, 'ladder-changed').every(({ step }) => step !== 'screen-low')).toBe(true);
    expect(stepOf(student)).toBe('floor');
    expect(heard(teacher, 'stills-wanted').at(-1)).toMatchObject({ trackId });
    expect(heard(teacher, 'send-limits')).toEqual([]);
  });
});

describe('still pictures', () => {
  it('L14 go to those whose lines need them, in slices, and to nobody else', async () => {
    const { teacher, student, trackId } = await lecture('stills');
    const other = await classroom.student(2);
    await listen(other, teacher, 'all');
    await teacher.until(() => heard(teacher, 'stills-wanted').length > 0);
    await teacher.ask('media:still', still(trackId));
    for (let passed = 0; passed < 4_000; passed += 400) {
      classroom.clock.advance(400);
      await setImmediate();
    }
    await student.until(() => heard(student, 'still-part').reduce((sum, { bytes }) => sum + bytes.byteLength, 0) === 9_000);
    const bytes = heard(student, 'still-part').flatMap((part) => [...new Uint8Array(part.bytes)]);
    expect(Uint8Array.from(bytes)).toEqual(webp(1280, 720, 9_000));
    expect(heard(other, 'still-part')).toEqual([]);
  });

  it('L12 are taken only from who shares that screen, only of a screen, only while wanted, small, and as binary', async () => {
    const { teacher, student, trackId, microphone } = await lecture();
    expect(await teacher.refused('media:still', still(trackId))).toBe('conflict');
    await student.ask('media:view', {
      tiles: [{ participantId: teacher.id, source: 'screen', width: 1280, height: 720 }],
      hidden: false,
      most: 'stills',
    });
    await teacher.until(() => heard(teacher, 'stills-wanted').length > 0);
    expect(await student.refused('media:still', still(trackId))).toBe('not-found');
    expect(await teacher.refused('media:still', still(microphone.trackId))).toBe('bad-request');
    expect(await teacher.refused('media:still', still(TrackId.parse('no-such-track')))).toBe('not-found');
    expect(await teacher.refused('media:still', still(trackId, webp(1280, 720, 61_441)))).toBe('bad-request');
    const text = await teacher.raw('media:still', { ...still(trackId), bytes: 'data:image/webp;base64,UklGRg==' });
    expect(text).toMatchObject({ ok: false, code: 'bad-request' });
    expect(await teacher.refused('media:still', still(trackId, new TextEncoder().encode('<html>'.padEnd(500))))).toBe('bad-request');
  });

  it('L13 come one at a time', async () => {
    const { teacher, trackId } = await lecture('stills');
    await teacher.until(() => heard(teacher, 'stills-wanted').length > 0);
    expect(await teacher.refused('media:still', still(trackId))).toBe('ok');
    expect(await teacher.refused('media:still', still(trackId))).toBe('too-many-requests');
  });

  it('L12 of another class are not known here', async () => {
    const { teacher, trackId } = await lecture('stills');
    await teacher.until(() => heard(teacher, 'stills-wanted').length > 0);
    const { db } = classroom.running.database;
    const lesson = await db.selectFrom('lesson').selectAll().where('id', '=', lessonId).executeTakeFirstOrThrow();
    const elsewhere = LessonId.parse('elsewhere');
    await db
      .insertInto('lesson')
      .values({ ...lesson, id: elsewhere })
      .execute();
    const other = await classroom.visitor({ personId: teacherId, lessonId: elsewhere });
    await other.join();
    expect(await other.refused('media:still', still(trackId))).toBe('not-found');
  });

  it('leave no word in the trace', async () => {
    const { teacher, trackId } = await lecture('stills');
    await teacher.until(() => heard(teacher, 'stills-wanted').length > 0);
    await teacher.ask('media:still', still(trackId));
    const entries = await classroom.running.database.db.selectFrom('trace_entry').selectAll().execute();
    expect(JSON.stringify(entries)).not.toContain('still');
  });
});
