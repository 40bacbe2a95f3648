// Decoders that ask for a key frame fifty times a second: who shows the camera is asked a few times only.
import { setTimeout as wait } from 'node:timers/promises';
import type { RequestInput, RequestName, RequestOutput } from '../../../server/contract/index.ts';
import { vp8 } from '../../contract/rtp-samples.ts';
import { RtcPeer } from '../../media/rtc-peer.ts';
import { PictureSender } from '../../media/senders.ts';
import type { Scenario } from '../scenario.ts';
import { until } from '../support/class.ts';
import type { Person } from '../support/person.ts';

const viewers = 6;
const forMs = 4000;
const perSecond = 50;
/** Of one track, by all who see it together. */
const mostPerSecond = 4;

export const keyFrameStorm: Scenario = {
  name: 'key-frame-storm',
  says: `${viewers} viewers ask for ${perSecond} key frames a second`,
  databases: ['sqlite'],
  touches: 'nobody',
  silenceMs: null,
  async strike(world) {
    const shows = world.spare(0, 0);
    await shows.comeIn();
    const camera = await openMedia(shows, 'send');
    await ask(shows, 'media:publish', {
      ...{ transportId: camera.transportId, source: 'camera', kind: 'video', rtpParameters: vp8(71, 72, 73), paused: false },
    });
    let asked = 0;
    camera.peer.onKeyFrameAsked(() => {
      asked += 1;
    });
    const sender = new PictureSender(
      camera.peer,
      [71, 72, 73].map((ssrc, index) => ({ ssrc, rid: `r${index}` })),
    );
    const watching = await Promise.all(Array.from({ length: viewers }, (_, index) => watch(world.spare(0, 1 + index), shows)));
    await wait(1000);
    asked = 0;
    let wished = 0;
    const deadline = performance.now() + forMs;
    while (performance.now() < deadline) {
      for (const { peer, ssrc } of watching) void peer.askForKeyFrame(ssrc());
      wished += watching.length;
      await wait(1000 / perSecond);
    }
    sender.stop();
    await Promise.all([...watching.map(({ peer }) => peer.close()), camera.peer.close()]);
    await Promise.all([...watching.map(({ person }) => person.leave()), shows.leave()]);
    const most = 3 * mostPerSecond * (forMs / 1000) + 3;
    const faults = asked > most ? [`${asked} key frames were asked of one camera, at most ${most} may be`] : [];
    if (asked === 0) faults.push('no wish for a key frame came through at all');
    return { hit: [], faults, note: `${wished} key frames wished, ${asked} asked of the three layers of the camera` };
  },
};

async function watch(person: Person, shows: Person) {
  let ssrc = 0;
  let pictures = 0;
  person.onNotice = (notice) => {
    if (notice.type !== 'media-offered') return;
    if (notice.subscription.kind === 'video') ssrc = notice.subscription.rtpParameters.encodings[0]?.ssrc ?? 0;
    void person.ask('media:ready', { consumerIds: [notice.subscription.consumerId] });
  };
  await person.comeIn();
  const { peer } = await openMedia(person, 'receive');
  peer.onRtp(({ header }) => {
    if (header.ssrc === ssrc) pictures += 1;
  });
  const { media } = person.snapshot;
  const { codecs, headerExtensions } = media.rtpCapabilities;
  const usable = headerExtensions.filter(({ direction }) => direction !== 'recvonly');
  await ask(person, 'media:receive', { rtpCapabilities: { codecs, headerExtensions: usable } });
  const tile = { participantId: shows.snapshot.self.participantId, source: 'camera', width: 640, height: 360 } as const;
  await ask(person, 'media:view', { tiles: [tile], hidden: false });
  await until(() => pictures > 0, 20_000, 'a viewer sees the camera');
  return { person, peer, ssrc: () => ssrc };
}

async function openMedia(person: Person, direction: 'send' | 'receive') {
  const transport = await ask(person, 'media:open', { direction });
  const peer = await RtcPeer.connect(transport, (dtlsParameters) =>
    ask(person, 'media:connect', { transportId: transport.id, dtlsParameters }),
  );
  return { transportId: transport.id, peer };
}

async function ask<N extends RequestName>(person: Person, name: N, input: RequestInput<N>): Promise<RequestOutput<N>> {
  const reply = await person.ask(name, input);
  if (reply?.ok !== true) throw new Error(`${name}: ${reply?.code ?? 'no answer'}`);
  return reply.value;
}
