// What was watched, in both databases: taken once, joined, durable before it is answered, and told in the trace by a server that comes after.
import { expect, it } from 'vitest';
import { RecordingId } from '../../server/contract/ids.ts';
import type { RecordingManifest } from '../../server/contract/recording.ts';
import type { OpenDatabase } from '../../server/database/open.ts';
import type { RegisterFact } from '../../server/facts.ts';
import { openLog } from '../../server/log.ts';
import { RecordingStore, type StoredRecording } from '../../server/recording/recording.store.ts';
import { ViewingService } from '../../server/recording/viewing/viewing.service.ts';
import { ViewingStore } from '../../server/recording/viewing/viewing.store.ts';
import { Watchable } from '../../server/recording/viewing/watchable.ts';
import { TraceService } from '../../server/trace/trace.service.ts';
import { TraceStore } from '../../server/trace/trace.store.ts';
import { endsAt, fillCampus, lessonId, startsAt, strangerId, studentId, teacherId } from '../support/campus.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { eachDatabase } from './databases.ts';

const minute = 60_000;
const recordingId = RecordingId.parse('recording');
const student = studentId(1);
const log = openLog({ level: 'silent', format: 'json' });
const reportId = (number: number) => `report-${String(number).padStart(12, '0')}`;

async function openViewing(db: OpenDatabase['db'], now = endsAt + 60 * minute) {
  const clock = new FakeClock(now);
  const traces = new TraceStore(db);
  const trace = new TraceService({ store: traces, clock, log });
  const recordings = new RecordingStore(db);
  const state = { live: false, cuts: [] as RecordingManifest['cuts'], fails: false, written: 0 };
  const recording = async (): Promise<StoredRecording> => {
    const found = await recordings.find(recordingId);
    if (found === undefined) throw new Error('There is none');
    return found;
  };
  const view = ({ id, startedAt }: StoredRecording): Promise<RecordingManifest> =>
    Promise.resolve({
      ...{ id, lessonId, state: 'ended', startedAt, durationMs: 50 * minute, pauses: [], gaps: [], cuts: state.cuts, tracks: [] },
    });
  const start = () =>
    new ViewingService({
      ...{ store: new ViewingStore(db), clock, log },
      watchable: new Watchable({
        ...{ playback: { view }, clock, recordingsOf: (id) => recordings.ofLesson(id) },
        timesOf: () => Promise.resolve({ from: startsAt, to: endsAt, overAt: endsAt }),
      }),
      trace: {
        async append(facts: readonly RegisterFact[]) {
          await trace.append(facts);
          if (state.fails) throw new Error('the answer was lost');
        },
        read: (id) => traces.read(id),
      },
      expected: () => Promise.resolve([{ personId: student, name: 'Name of student1' }]),
      isLive: () => state.live,
      async written() {
        state.written += 1;
      },
    });
  const told = async () =>
    (await traces.read(lessonId)).filter(({ kind }) => kind === 'recording-watched').map(({ detail }) => [detail.fromMs, detail.toMs]);
  return { clock, state, recording, start, told };
}

async function filled(db: OpenDatabase['db']): Promise<void> {
  await fillCampus(db);
  await new RecordingStore(db).add({ id: recordingId, lessonId, startedAt: startsAt, startedBy: teacherId, directory: 'recording' });
  await new RecordingStore(db).end(recordingId, endsAt, 'stopped', 1);
}

eachDatabase((_name, open) => {
  it('V74 a watching of twenty-five minutes is three entries, and what was seen is there at every moment', async () => {
    const { db } = await open();
    await filled(db);
    const { clock, recording, start, told } = await openViewing(db);
    const viewing = start();
    await viewing.start();
    viewing.opened(student, recordingId);
    const one = await recording();
    for (let half = 0; half < 50; half += 1) {
      clock.advance(30_000);
      const stretches = [{ fromMs: half * 30_000, toMs: (half + 1) * 30_000, speed: 1 }];
      const own = await viewing.report(student, one, { reportId: reportId(half), stretches });
      expect(own.seenMs).toBe((half + 1) * 30_000);
      const all = [...(await told()), ...(await viewing.untold(lessonId)).map(({ detail }) => [detail.fromMs, detail.toMs])];
      expect(all.reduce((sum, [from, to]) => sum + Number(to) - Number(from), 0)).toBe(own.seenMs);
    }
    expect(await told()).toEqual([
      [0, 10 * minute],
      [10 * minute, 20 * minute],
    ]);
    await viewing.settle(lessonId);
    expect(await told()).toHaveLength(3);
    expect(await viewing.untold(lessonId)).toEqual([]);
    await viewing.close();
  });

  it('V72 a report that is sent again at the same time, or after a restart, counts once', async () => {
    const { db } = await open();
    await filled(db);
    const { clock, recording, start } = await openViewing(db);
    const viewing = start();
    viewing.opened(student, recordingId);
    clock.advance(minute);
    const one = await recording();
    const report = { reportId: reportId(1), stretches: [{ fromMs: 0, toMs: minute, speed: 1 }] };
    const answers = await Promise.all([1, 2, 3].map(() => viewing.report(student, one, report)));
    expect(answers.map(({ seenMs }) => seenMs)).toEqual([minute, minute, minute]);
    expect((await start().report(student, one, report)).seenMs).toBe(minute);
    expect((await viewing.all(one)).heat.plays.slice(0, 7)).toEqual([1, 1, 1, 1, 1, 1, 0]);
    // The next day the player that had no line tells the rest of it.
    clock.advance(24 * 60 * minute);
    const later = start();
    later.opened(student, recordingId);
    for (const part of [1, 2, 3]) {
      const stretches = [{ fromMs: part * 4 * minute, toMs: (part + 1) * 4 * minute, speed: 1 }];
      await later.report(student, one, { reportId: reportId(10 + part), stretches });
    }
    expect((await later.own(student, one)).seenMs).toBe(13 * minute);
  });

  it('V75 what was acknowledged is told by the next server, once', async () => {
    const { db } = await open();
    await filled(db);
    const { clock, state, recording, start, told } = await openViewing(db);
    const viewing = start();
    viewing.opened(student, recordingId);
    clock.advance(minute);
    await viewing.report(student, await recording(), { reportId: reportId(1), stretches: [{ fromMs: 0, toMs: minute, speed: 1 }] });
    expect(await told()).toEqual([]);
    clock.advance(5 * minute);
    state.fails = true;
    const unlucky = start();
    await unlucky.start();
    await unlucky.close();
    expect(state.written).toBe(0);
    state.fails = false;
    expect(await told()).toEqual([[0, minute]]);
    clock.advance(minute);
    const next = start();
    await next.start();
    expect(await told()).toEqual([[0, minute]]);
    expect(await next.untold(lessonId)).toEqual([]);
    expect(state.written).toBe(1);
    await next.close();
  });

  it('V73 what is watched while the class runs stays apart from what is watched later', async () => {
    const { db } = await open();
    await filled(db);
    const { clock, state, recording, start } = await openViewing(db);
    const viewing = start();
    viewing.opened(student, recordingId);
    const one = await recording();
    const say = async (number: number, fromMs: number, toMs: number) => {
      clock.advance(toMs - fromMs);
      await viewing.report(student, one, { reportId: reportId(number), stretches: [{ fromMs, toMs, speed: 1 }] });
    };
    state.live = true;
    await say(1, 0, minute);
    await say(2, 0, minute);
    state.live = false;
    await say(3, 30_000, 2 * minute);
    const [untold, all] = [await viewing.untold(lessonId), await viewing.all(one)];
    expect(untold.map(({ detail }) => [detail.live, detail.fromMs, detail.toMs])).toEqual([
      [true, 0, minute],
      [false, 30_000, 2 * minute],
    ]);
    expect(untold.map(({ detail }) => detail.watchableMs)).toEqual([undefined, 50 * minute]);
    expect(all.viewers).toMatchObject([{ personId: student, expected: true, seenMs: 2 * minute, liveMs: minute }]);
  });

  it('V71 what was cut out cannot be seen, and what was seen before counts no more', async () => {
    const { db } = await open();
    await filled(db);
    const { clock, state, recording, start } = await openViewing(db);
    const viewing = start();
    viewing.opened(student, recordingId);
    clock.advance(2 * minute);
    const one = await recording();
    await viewing.report(student, one, { reportId: reportId(1), stretches: [{ fromMs: 0, toMs: 2 * minute, speed: 1 }] });
    state.cuts = [{ fromMs: minute, toMs: 26 * minute }];
    clock.advance(minute);
    expect(await viewing.own(student, one)).toEqual({ parts: [[0, minute]], seenMs: minute, share: 1 / 25 });
    await viewing.report(student, one, { reportId: reportId(2), stretches: [{ fromMs: 25.5 * minute, toMs: 26.5 * minute, speed: 1 }] });
    expect((await viewing.untold(lessonId)).map(({ detail }) => [detail.fromMs, detail.toMs, detail.watchableMs])).toEqual([
      [0, 2 * minute, 25 * minute],
      [26 * minute, 26.5 * minute, 25 * minute],
    ]);
    state.cuts = [];
    clock.advance(minute);
    expect((await viewing.own(student, one)).seenMs).toBe(2.5 * minute);
  });

  it('V78 reports are forgotten after thirty days, and what they said is kept', async () => {
    const { db } = await open();
    await filled(db);
    const { clock, recording, start } = await openViewing(db);
    const viewing = start();
    viewing.opened(strangerId, recordingId);
    clock.advance(minute);
    const one = await recording();
    await viewing.report(strangerId, one, { reportId: reportId(1), stretches: [{ fromMs: 0, toMs: minute, speed: 1 }] });
    clock.advance(31 * 24 * 60 * minute);
    await viewing.start();
    expect(await db.selectFrom('recording_viewing_report').selectAll().execute()).toEqual([]);
    expect((await viewing.all(one)).viewers).toMatchObject([
      { personId: student },
      { personId: strangerId, expected: false, seenMs: minute },
    ]);
    await viewing.close();
  });
});
