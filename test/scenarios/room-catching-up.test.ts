// Coming back to a kept seat: media that flowed go on, and what could not be heard of them is made good.
import { setImmediate } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import type { ConsumerId } from '../../server/contract/ids.ts';
import { RtpCapabilities } from '../../server/contract/media.ts';
import { lessonId } from '../support/campus.ts';
import { Classroom } from '../support/classroom.ts';
import type { Visitor } from '../support/people.ts';

let classroom: Classroom;

afterEach(async () => {
  await classroom.close();
});

const capabilities = RtpCapabilities.parse({
  codecs: [{ mimeType: 'audio/opus', kind: 'audio', preferredPayloadType: 100, clockRate: 48_000, channels: 2 }],
  headerExtensions: [],
});

/** A student who receives the teacher's microphone, and is ready for it. */
async function listening() {
  classroom = await Classroom.open();
  const teacher = await classroom.teacher();
  const student = await classroom.student(1);
  const { trackId } = await teacher.publish('microphone');
  const receive = await student.ask('media:open', { direction: 'receive' });
  await student.ask('media:receive', { rtpCapabilities: capabilities });
  await student.until(() => student.hasHeard('media-offered'));
  const consumerIds = offered(student);
  await student.ask('media:ready', { consumerIds });
  return { teacher, student, receive, trackId, consumerIds };
}

function offered(student: Visitor): ConsumerId[] {
  return student.heard.flatMap((notice) => (notice.type === 'media-offered' ? [notice.subscription.consumerId] : []));
}

const lost = async (teacher: Visitor, student: Visitor) => {
  student.cut();
  await teacher.until(() => teacher.sees(student.id).presence === 'dropped', 'dropped');
};

describe('who comes back to a kept seat', () => {
  it('L21 has the same transports and subscriptions as before, with a new way for each path', async () => {
    const { teacher, student, receive, trackId, consumerIds } = await listening();
    const send = await student.ask('media:open', { direction: 'send' });
    await lost(teacher, student);
    await student.comeBack();
    const kept = await student.ask('media:catch-up', {});
    expect([kept.send?.id, kept.receive?.id]).toEqual([send.id, receive.id]);
    expect(kept.receive?.iceParameters).toBeDefined();
    expect(kept.subscriptions.map(({ consumerId, flowing }) => [consumerId, flowing])).toEqual([[consumerIds[0], true]]);
    expect(kept.subscriptions[0]?.trackId).toBe(trackId);
    expect(offered(student)).toEqual([]);
  });

  it('L21 is told what was paused, offered and taken away unheard', async () => {
    const { teacher, student, trackId, consumerIds } = await listening();
    await lost(teacher, student);
    await teacher.ask('media:pause', { trackId });
    await student.comeBack();
    const paused = await student.ask('media:catch-up', {});
    expect(paused.subscriptions.map(({ consumerId, flowing }) => [consumerId, flowing])).toEqual([[consumerIds[0], false]]);

    await lost(teacher, student);
    const again = await teacher.publish('microphone');
    await student.comeBack();
    await expect
      .poll(async () => (await student.ask('media:catch-up', {})).subscriptions.map((one) => one.trackId))
      .toEqual([again.trackId]);
  });

  it('L21 is told that nothing is left when the media worker died meanwhile', async () => {
    const { teacher, student } = await listening();
    await lost(teacher, student);
    classroom.media.killWorker();
    await student.comeBack();
    await expect.poll(() => student.ask('media:catch-up', {})).toEqual({ send: null, receive: null, subscriptions: [] });
  });

  it('L21 is refused as unknown before any media was opened', async () => {
    classroom = await Classroom.open();
    const student = await classroom.student(1);
    expect(await student.refused('media:catch-up', {})).toBe('not-found');
  });
});

describe('sound over a line that loses packets', () => {
  it('L24 is sent again from the first loss on, and until that can begin the old way goes on', async () => {
    const { student, trackId, consumerIds } = await listening();
    const transport = [...(classroom.media.rooms.get(lessonId)?.transports ?? [])].find(({ subscribed }) => subscribed.size > 0);
    if (transport === undefined) throw new Error('There is a transport.');
    const sound = () => [...transport.subscribed].map(({ resendsSound, paused }) => ({ resendsSound, paused }));
    expect(sound()).toEqual([{ resendsSound: false, paused: false }]);

    transport.figures = { ...transport.figures, bytesIn: 100, bpsOut: 40_000, lossOut: 0.05 };
    for (let passed = 0; passed < 10_000; passed += 500) {
      classroom.clock.advance(500);
      await setImmediate();
      await setImmediate();
    }
    await student.until(() => offered(student).length === 2);
    expect(sound()).toEqual([
      { resendsSound: false, paused: false },
      { resendsSound: true, paused: true },
    ]);
    const [, again] = offered(student);
    if (again === undefined) throw new Error('It is offered.');
    await student.ask('media:ready', { consumerIds: [again] });
    expect(sound()).toEqual([{ resendsSound: true, paused: false }]);
    await student.until(() => student.heard.some((notice) => notice.type === 'media-withdrawn' && notice.consumerId === consumerIds[0]));
    expect((await student.ask('media:catch-up', {})).subscriptions.map((one) => [one.trackId, one.flowing])).toEqual([[trackId, true]]);
  });
});
