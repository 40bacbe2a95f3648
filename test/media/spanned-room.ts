// For tests: a room that two media workers carry, because one is given two viewers at most.
import { observer, type types } from 'mediasoup';
import { expect, onTestFinished } from 'vitest';
import type { MediasoupEngine } from '../../server/adapters/mediasoup/engine.ts';
import { type Limits, limitsFor } from '../../server/adapters/mediasoup/placement.ts';
import { systemClock } from '../../server/adapters/system-clock.ts';
import { LessonId, type TrackId } from '../../server/contract/ids.ts';
import type { Clock } from '../../server/ports/clock.ts';
import type { MediaRoom, MediaTransport, Subscribed } from '../../server/ports/media.ts';
import { fewPeople } from '../contract/rtp-samples.ts';
import { openRealEngine } from './real-engine.ts';
import { RtcPeer } from './rtc-peer.ts';

export const waiting = { timeout: 10_000, interval: 20 };

/** Two viewers fill a worker; beyond that the least burden decides. */
export const twoViewers: Limits = { ...limitsFor({ viewersPerWorker: 2 }), most: 10_000 };

export interface Spanned {
  readonly engine: MediasoupEngine;
  readonly room: MediaRoom;
  readonly send: MediaTransport;
  /** On the worker where the room began. */
  readonly near: MediaTransport;
  /** On the other. */
  readonly far: MediaTransport;
}

/** The second place on the first worker is taken and stays silent. */
export async function spannedRoom({ clock = systemClock, limits = twoViewers }: { clock?: Clock; limits?: Limits } = {}): Promise<Spanned> {
  const engine = await openRealEngine(2, clock, limits);
  onTestFinished(() => engine.close());
  const room = await engine.openRoom(LessonId.parse('lecture'), fewPeople);
  const near = await room.openTransport('receive');
  await room.openTransport('receive');
  const far = await room.openTransport('receive');
  expect(new Set(room.workers()).size).toBe(2);
  return { engine, room, near, far, send: await room.openTransport('send') };
}

export async function connected(transport: MediaTransport): Promise<RtcPeer> {
  const peer = await RtcPeer.connect(transport.parameters, (dtls) => transport.connect(dtls));
  onTestFinished(() => peer.close());
  return peer;
}

export async function subscribed(transport: MediaTransport, room: MediaRoom, trackId: TrackId): Promise<Subscribed> {
  const subscription = await transport.subscribe({ trackId, rtpCapabilities: room.rtpCapabilities });
  if (subscription === null) throw new Error('The track cannot be subscribed.');
  return subscription;
}

/** Sizes of the packets of one subscription that carry something, as they come in. */
export function arriving(peer: RtcPeer, subscription: Subscribed): number[] {
  const sizes: number[] = [];
  const ssrc = subscription.rtpParameters.encodings[0]?.ssrc;
  peer.onRtp((packet) => {
    if (packet.header.ssrc === ssrc && packet.payload.length > 0) sizes.push(packet.payload.length);
  });
  return sizes;
}

/** What is brought from one worker to another from now on, and the pipes that it goes through. */
export function watchPipes(): { readonly transports: types.Transport[]; readonly tracks: types.Producer[] } {
  const seen = { transports: [] as types.Transport[], tracks: [] as types.Producer[] };
  const watch = (worker: types.Worker): void => {
    worker.observer.on('newrouter', (router) => {
      router.observer.on('newtransport', (transport) => {
        if (transport.type !== 'pipe') return;
        seen.transports.push(transport);
        transport.observer.on('newproducer', (producer) => seen.tracks.push(producer));
      });
    });
  };
  observer.on('newworker', watch);
  onTestFinished(() => void observer.off('newworker', watch));
  return seen;
}
