// Media workers that die, stand still or cannot be talked to are replaced, each by one.
import { observer, type types } from 'mediasoup';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { MediasoupEngine } from '../../server/adapters/mediasoup/engine.ts';
import { systemClock } from '../../server/adapters/system-clock.ts';
import { LessonId } from '../../server/contract/ids.ts';
import type { Clock } from '../../server/ports/clock.ts';
import { fewPeople, vp8 } from '../contract/rtp-samples.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { openRealEngine } from './real-engine.ts';

const lesson = LessonId.parse('lesson');

/** Every worker that is started from now on, told of at once. */
function watchStarts(started: (worker: types.Worker) => void = () => undefined): types.Worker[] {
  const workers: types.Worker[] = [];
  const listener = (worker: types.Worker): void => {
    workers.push(worker);
    started(worker);
  };
  observer.on('newworker', listener);
  onTestFinished(() => void observer.off('newworker', listener));
  return workers;
}

async function opened(clock: Clock = systemClock): Promise<MediasoupEngine> {
  const engine = await openRealEngine(1, clock);
  onTestFinished(() => engine.close());
  return engine;
}

const canBeUsed = async (engine: MediasoupEngine): Promise<boolean> => {
  const room = await engine.openRoom(lesson, fewPeople);
  await room.openTransport('send');
  room.close();
  return true;
};

/** What a parameter does that mediasoup finds wrong only in the middle of a message. */
async function breakChannel(worker: types.Worker): Promise<void> {
  const router = await worker.createRouter({ mediaCodecs: [{ kind: 'video', mimeType: 'video/VP8', clockRate: 90_000 }] });
  const transport = await router.createPlainTransport({ listenInfo: { protocol: 'udp', ip: '127.0.0.1' } });
  const { codecs } = vp8(1);
  const produce = transport.produce({
    kind: 'video',
    rtpParameters: {
      codecs: [{ ...codecs[0], mimeType: 'video/VP8', payloadType: 96, clockRate: 90_000, rtcpFeedback: [] }],
      encodings: [{ ssrc: 1, maxBitrate: 1.5 }],
    },
  });
  await expect(produce).rejects.toThrow();
  await expect(worker.getResourceUsage()).rejects.toThrow();
}

test('a worker that stands still is killed and replaced within seven seconds', async () => {
  const starts = watchStarts();
  const clock = new FakeClock(1_000_000);
  const engine = await opened(clock);
  const room = await engine.openRoom(lesson, fewPeople);
  const told: string[] = [];
  room.listen({ volumes: () => undefined, failed: () => told.push('failed') });
  process.kill(starts[0]?.pid ?? expect.fail(), 'SIGSTOP');
  clock.advance(2000);
  clock.advance(5000);
  await vi.waitFor(() => expect(starts).toHaveLength(2));
  expect(told).toEqual(['failed']);
  await vi.waitFor(() => canBeUsed(engine));
});

test('a worker that answers is left alone, however long it runs', async () => {
  const starts = watchStarts();
  const clock = new FakeClock(1_000_000);
  const engine = await opened(clock);
  for (let round = 0; round < 10; round += 1) {
    clock.advance(2000);
    await starts[0]?.getResourceUsage();
  }
  expect(await canBeUsed(engine)).toBe(true);
  expect(starts).toHaveLength(1);
});

test('a worker to which no message can be written any more is killed and replaced', async () => {
  const starts = watchStarts();
  const clock = new FakeClock(1_000_000);
  const engine = await opened(clock);
  await breakChannel(starts[0] ?? expect.fail());
  clock.advance(2000);
  await vi.waitFor(() => expect(starts).toHaveLength(2));
  await vi.waitFor(() => canBeUsed(engine));
});

test('the first room that cannot be opened on such a worker is enough', async () => {
  const starts = watchStarts();
  const engine = await opened(new FakeClock(1_000_000));
  await breakChannel(starts[0] ?? expect.fail());
  await expect(engine.openRoom(lesson, fewPeople)).rejects.toMatchObject({ code: 'media-unavailable' });
  await vi.waitFor(() => canBeUsed(engine));
  expect(starts).toHaveLength(2);
});

test('a worker that dies while it is started is replaced by one', async () => {
  let births = 0;
  const starts = watchStarts((worker) => {
    births += 1;
    if (births === 2) process.kill(worker.pid, 'SIGKILL');
  });
  const engine = await opened();
  process.kill(starts[0]?.pid ?? expect.fail(), 'SIGKILL');
  await vi.waitFor(() => canBeUsed(engine), { timeout: 5000 });
  await engine.close();
  expect(starts.map(({ closed }) => closed)).toEqual([true, true, true]);
});
