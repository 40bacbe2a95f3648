// B21: what the load page shows of a class on two workers is what the workers themselves say, within five per cent.
import { observer, type types } from 'mediasoup';
import { expect, onTestFinished, test, vi } from 'vitest';
import { systemClock } from '../../server/adapters/system-clock.ts';
import { Status } from '../../server/contract/monitoring.ts';
import { StatusService } from '../../server/load/status.service.ts';
import type { Clock } from '../../server/ports/clock.ts';
import type { ConnectionRef } from '../../server/room/connection-ref.ts';
import { opus, vp8 } from '../contract/rtp-samples.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { MediaWorld } from './media-world.ts';
import { openRealEngine } from './real-engine.ts';
import { lesson } from './rooms-on-bus.ts';
import { RtcPeer } from './rtc-peer.ts';
import { PictureSender, sendSound } from './senders.ts';
import { twoViewers } from './spanned-room.ts';

const layers = [1, 2, 3].map((number) => ({ ssrc: 2220 + number, rid: `r${number - 1}` }));
const packetsInASecond = 50;
const patience = { timeout: 20_000, interval: 20 };

const isOfPeople = (transport: types.Transport): transport is types.WebRtcTransport => transport.type === 'webrtc';

/** The workers as mediasoup knows them, past everything of ours. */
class Workers {
  readonly all: types.Worker[] = [];
  readonly #routers = new Map<number, types.Router[]>();
  /** Those of people: what goes between workers is none of theirs. */
  readonly #transports = new Map<number, types.WebRtcTransport[]>();

  constructor() {
    const watch = (worker: types.Worker): void => {
      const [routers, transports]: [types.Router[], types.WebRtcTransport[]] = [[], []];
      this.all.push(worker);
      this.#routers.set(worker.pid, routers);
      this.#transports.set(worker.pid, transports);
      worker.observer.on('newrouter', (router) => {
        routers.push(router);
        router.observer.on('newtransport', (transport) => {
          if (isOfPeople(transport)) transports.push(transport);
        });
      });
    };
    observer.on('newworker', watch);
    onTestFinished(() => void observer.off('newworker', watch));
  }

  /** What people's devices have sent to it and got from it so far. */
  async bytes(pid: number): Promise<{ readonly in: number; readonly out: number }> {
    const open = (this.#transports.get(pid) ?? []).filter(({ closed }) => !closed);
    const stats = (await Promise.all(open.map((transport) => transport.getStats()))).flat();
    const sum = (of: 'bytesReceived' | 'bytesSent') => stats.reduce((all, one) => all + one[of], 0);
    return { in: sum('bytesReceived'), out: sum('bytesSent') };
  }

  async cpuSeconds(pid: number): Promise<number> {
    const worker = this.all.find((one) => one.pid === pid) ?? expect.fail(`There is a worker ${pid}.`);
    const { ru_utime, ru_stime } = await worker.getResourceUsage();
    return (ru_utime + ru_stime) / 1000;
  }

  /** What its routers say that they hold. */
  async held(pid: number): Promise<{ readonly transports: number; readonly producers: number; readonly consumers: number }> {
    const open = (this.#routers.get(pid) ?? []).filter(({ closed }) => !closed);
    let [transports, producers, consumers] = [0, 0, 0];
    for (const router of open) {
      const { transportIds } = await router.dump();
      for (const transport of this.#transports.get(pid) ?? []) {
        if (!transportIds.includes(transport.id)) continue;
        const { producerIds, consumerIds } = await transport.dump();
        transports += 1;
        producers += producerIds.length;
        consumers += consumerIds.length;
      }
    }
    return { transports, producers, consumers };
  }
}

/** A teacher with sound and a picture in layers, and three students who see it large: two on the first worker, one on the other. */
async function lecture(engineClock: Clock, clock: Clock) {
  const workers = new Workers();
  const engine = await openRealEngine(2, engineClock, twoViewers);
  onTestFinished(() => engine.close());
  const w = new MediaWorld(engine, clock);
  const teacher = w.rooms.enter('teacher', 'teacher');
  const peerOf = async (ref: ConnectionRef, direction: 'send' | 'receive') => {
    const parameters = await w.media.open(ref, direction);
    const peer = await RtcPeer.connect(parameters, (dtls) => w.media.connect(ref, parameters.id, dtls));
    onTestFinished(() => peer.close());
    return { transportId: parameters.id, peer };
  };
  const { transportId, peer } = await peerOf(teacher, 'send');
  const publishing = { transportId, paused: false };
  await w.media.publish(teacher, { ...publishing, source: 'microphone', kind: 'audio', rtpParameters: opus(1111) });
  const rtpParameters = vp8(...layers.map(({ ssrc }) => ssrc));
  await w.media.publish(teacher, { ...publishing, source: 'camera', kind: 'video', rtpParameters });
  const picture = new PictureSender(peer, layers);
  onTestFinished(() => picture.stop());
  onTestFinished(sendSound(peer, 1111));

  const heard: number[] = [];
  for (const [place, name] of ['first', 'second', 'third'].entries()) {
    const student = w.rooms.enter(name);
    w.readyAtOnce(student);
    const { peer: ear } = await peerOf(student, 'receive');
    ear.onRtp(() => {
      heard[place] = (heard[place] ?? 0) + 1;
    });
    await w.media.receive(student, engine.rtpCapabilities);
    const tiles = [{ participantId: teacher.participantId, source: 'camera' as const, width: 1280, height: 720 }];
    await w.media.view(student, { tiles, hidden: false, most: 'all', deaf: false });
  }
  /** By the class's own clock: sound alone is fifty packets a second, and there is a picture beside it. */
  const seconds = async (wanted: number) => {
    const before = [...heard];
    const arrived = (place: number) => (heard[place] ?? 0) - (before[place] ?? 0);
    await vi.waitFor(() => expect(Math.min(...[0, 1, 2].map(arrived))).toBeGreaterThan(wanted * 1.5 * packetsInASecond), patience);
  };
  await seconds(1);
  const room = { lessonId: lesson, title: 'Optics', courseTitle: 'Physics', openedAt: 0, participants: 4, dropped: 0, waiting: 0 };
  const page = new StatusService({
    ...{ version: '0', clock, dataDir: '.', engine, media: w.media, rooms: { figures: () => [room] }, sockets: () => 4 },
    recording: { view: () => ({ state: 'off', recordingId: null, startedAt: null, withoutCameras: false }) },
  });
  onTestFinished(() => page.close());
  return { workers, seconds, status: async () => Status.parse(await page.status()) };
}

function within5Percent(what: string, shown: number, own: number): void {
  expect(own, what).toBeGreaterThan(0);
  expect(Math.abs(shown / own - 1), `${what}: shown ${shown}, the worker's own ${own}`).toBeLessThan(0.05);
}

/** Every line is measured again after so long, however good it is. */
const roundMs = 20_000;

test('B21 Mbit/s, streams and lines of each worker and of the room are the workers’ own', { timeout: 60_000 }, async () => {
  const clock = new FakeClock(systemClock.now());
  const { workers, seconds, status } = await lecture(systemClock, clock);
  const pids = (await status()).workers.map(({ pid }) => pid);
  /** All lines are measured, and the workers are asked in the same moment; a busy machine carries unsteadily, so that a moment counts. */
  const look = async () => {
    clock.advance(roundMs);
    await new Promise(setImmediate);
    clock.advance(500);
    const own = await Promise.all(pids.map((pid) => workers.bytes(pid)));
    await new Promise(setImmediate);
    return { at: clock.now(), own };
  };
  const began = await look();
  await seconds(5);
  const ended = await look();
  const shown = await status();
  const perSecond = (place: number, way: 'in' | 'out') =>
    (((ended.own[place]?.[way] ?? 0) - (began.own[place]?.[way] ?? 0)) * 8000) / (ended.at - began.at);

  for (const [place, pid] of pids.entries()) {
    const { transports, producers, consumers, outBps } = shown.workers[place] ?? expect.fail();
    expect({ transports, producers, consumers }).toEqual(await workers.held(pid));
    within5Percent(`out of ${pid}`, outBps, perSecond(place, 'out'));
  }
  const [room] = shown.rooms;
  const both = (way: 'in' | 'out') => perSecond(0, way) + perSecond(1, way);
  within5Percent('into the first worker', shown.workers[0]?.inBps ?? 0, perSecond(0, 'in'));
  within5Percent('into the room', room?.inBps ?? 0, both('in'));
  within5Percent('out of the room', room?.outBps ?? 0, both('out'));
  within5Percent('out of the server', shown.outBps, both('out'));
  expect(room).toMatchObject({ producers: 2, consumers: 6, workers: pids, worstQuality: 'good' });
});

test('B21 the share of a core of each worker is its own', { timeout: 60_000 }, async () => {
  const clock = new FakeClock(systemClock.now());
  const { workers, seconds, status } = await lecture(clock, clock);
  const pids = (await status()).workers.map(({ pid }) => pid);
  const used: { readonly at: number; readonly cpu: readonly number[] }[] = [];
  // The page goes by what three looks in turn say; the test looks in the same moments.
  for (let look = 0; look < 4; look += 1) {
    await seconds(2);
    const at = clock.now();
    clock.advance(2_000);
    used.push({ at, cpu: await Promise.all(pids.map((pid) => workers.cpuSeconds(pid))) });
  }
  const [from, to] = [used[1] ?? expect.fail(), used[3] ?? expect.fail()];
  const shown = (await status()).workers;
  for (const [place, pid] of pids.entries()) {
    const own = ((to.cpu[place] ?? 0) - (from.cpu[place] ?? 0)) / ((to.at - from.at) / 1000);
    within5Percent(`share of ${pid}`, shown[place]?.cpuShare ?? 0, own);
  }
});
