// Sends this device's tracks: opens the transport with the first one, pauses, resumes, replaces and ends them.
import type { types } from 'mediasoup-client';
import { TrackId } from '../../server/contract/ids.ts';
import type { SendLimits } from '../../server/contract/ladder.ts';
import { type KeptTransport, TrackSource } from '../../server/contract/media.ts';
import { type Outcome, offline } from '../session/outcome.ts';
import { ask, type Call, CallFailed } from './calls.ts';
import { choicesFor } from './encodings.ts';
import type { Publisher } from './own-track.ts';
import { applyLimits, noLimits } from './send-limits.ts';
import { type IceServers, toWire } from './shapes.ts';
import { openTransport, type TendedTransport, type TransportEvents } from './transports.ts';

interface Sent {
  readonly producer: types.Producer;
  readonly trackId: TrackId;
}

export class Sender implements Publisher<MediaStreamTrack> {
  readonly #call: Call;
  readonly #device: types.Device;
  readonly #iceServers: IceServers;
  readonly #events: TransportEvents;
  readonly #sent = new Map<TrackSource, Sent>();
  #transport: Promise<TendedTransport> | undefined;
  #tended: TendedTransport | undefined;
  #limits = noLimits;
  #closed = false;

  constructor(options: { call: Call; device: types.Device; iceServers: IceServers; events: TransportEvents }) {
    this.#call = options.call;
    this.#device = options.device;
    this.#iceServers = options.iceServers;
    this.#events = options.events;
  }

  trackId(source: TrackSource): TrackId | undefined {
    return this.#sent.get(source)?.trackId;
  }

  /** The track stays the caller's: it is neither stopped nor ended here. */
  async publish(source: TrackSource, track: MediaStreamTrack, paused: boolean): Promise<Outcome<TrackId>> {
    try {
      const { transport } = await this.#open();
      if (this.#closed) return offline;
      const { width = 0, height = 0 } = track.getSettings();
      const codecs = this.#device.sendRtpCapabilities.codecs ?? [];
      const producer = await transport.produce({
        track,
        ...choicesFor(source, { width, height }, codecs, this.#device.handlerName.startsWith('Chrome')),
        stopTracks: false,
        disableTrackOnPause: true,
        // A muted microphone sends no packet at all, not even silence.
        zeroRtpOnPause: true,
        appData: { source, paused },
      });
      if (paused) producer.pause();
      const trackId = TrackId.parse(producer.id);
      this.#sent.set(source, { producer, trackId });
      void this.#apply(source, producer);
      return { ok: true, value: trackId };
    } catch (error) {
      if (error instanceof CallFailed) return error.failure;
      if (this.#closed) return offline;
      throw error;
    }
  }

  setPaused(source: TrackSource, paused: boolean): void {
    const producer = this.#sent.get(source)?.producer;
    if (!producer || producer.closed || producer.paused === paused) return;
    if (paused) producer.pause();
    else producer.resume();
  }

  async replace(source: TrackSource, track: MediaStreamTrack): Promise<void> {
    const producer = this.#sent.get(source)?.producer;
    if (producer && !producer.closed) await producer.replaceTrack({ track });
  }

  /** L8, L9: for what is sent now and from now on. */
  limit(limits: SendLimits): void {
    this.#limits = limits;
    for (const [source, { producer }] of this.#sent) void this.#apply(source, producer);
  }

  /** What the browser knows of the way out; null while there is none. */
  async stats(): Promise<RTCStatsReport | null> {
    return (await this.#transport)?.transport.getStats() ?? null;
  }

  /** Ends what is sent; the answer is the id that the server must still be told. */
  end(source: TrackSource): TrackId | undefined {
    const sent = this.#sent.get(source);
    this.#sent.delete(source);
    sent?.producer.close();
    return sent?.trackId;
  }

  /** L21. False when the server holds another transport than this one, or none. */
  takeUp(kept: KeptTransport | null): boolean {
    // Nothing was ever sent, or its opening is still under way and tells by itself how it ends.
    const tended = this.#tended;
    if (tended === undefined) return true;
    if (kept?.id !== tended.id) return false;
    void tended.lookWith(kept.iceParameters);
    return true;
  }

  close(): void {
    this.#closed = true;
    this.#sent.clear();
    void this.#transport?.then(
      (tended) => tended.close(),
      () => undefined,
    );
  }

  async #apply(source: TrackSource, producer: types.Producer): Promise<void> {
    if (producer.rtpSender && !producer.closed) await applyLimits(producer.rtpSender, source, this.#limits);
  }

  #open(): Promise<TendedTransport> {
    this.#transport ??= this.#openTransport().catch((error: unknown) => {
      // The next track tries again.
      this.#transport = undefined;
      throw error;
    });
    return this.#transport;
  }

  async #openTransport(): Promise<TendedTransport> {
    const tended = await openTransport({
      call: this.#call,
      device: this.#device,
      iceServers: this.#iceServers,
      direction: 'send',
      ...this.#events,
    });
    tended.transport.on('produce', ({ kind, rtpParameters, appData }, done, failed) => {
      const source = TrackSource.parse(appData.source);
      const paused = appData.paused === true;
      const input = { transportId: tended.id, source, kind, paused, rtpParameters: toWire(rtpParameters) };
      ask(this.#call, 'media:publish', input).then(({ trackId }) => done({ id: trackId }), failed);
    });
    this.#tended = tended;
    if (this.#closed) tended.close();
    return tended;
  }
}
