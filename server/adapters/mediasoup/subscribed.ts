// One track as one client receives it.
import type { types } from 'mediasoup';
import { ConsumerId } from '../../contract/ids.ts';
import type { RtpParameters } from '../../contract/media.ts';
import type { Subscribed } from '../../ports/media.ts';
import { toContract } from './codecs.ts';

export class MediasoupSubscribed implements Subscribed {
  readonly consumerId: ConsumerId;
  readonly kind: 'audio' | 'video';
  readonly rtpParameters: RtpParameters;
  readonly layers: number;
  readonly #consumer: types.Consumer;
  #wanted: { readonly spatialLayer: number; readonly temporalLayer: number | null } | null = null;

  constructor(consumer: types.Consumer, layers: number) {
    this.#consumer = consumer;
    this.consumerId = ConsumerId.parse(consumer.id);
    this.kind = consumer.kind;
    this.rtpParameters = toContract(consumer.rtpParameters);
    this.layers = layers;
  }

  pause(): Promise<void> {
    return quietly(this.#consumer, () => this.#consumer.pause());
  }

  resume(): Promise<void> {
    return quietly(this.#consumer, () => this.#consumer.resume());
  }

  async setLayer(spatial: number, temporal?: number): Promise<void> {
    const spatialLayer = Math.max(0, Math.min(spatial, this.layers - 1));
    const temporalLayer = temporal ?? null;
    if (this.layers === 1 || (spatialLayer === this.#wanted?.spatialLayer && temporalLayer === this.#wanted.temporalLayer)) return;
    this.#wanted = { spatialLayer, temporalLayer };
    const layers = { spatialLayer, ...(temporalLayer === null ? {} : { temporalLayer }) };
    await quietly(this.#consumer, () => this.#consumer.setPreferredLayers(layers));
  }

  close(): void {
    this.#consumer.close();
  }
}

/** What has just closed needs neither pause nor resume. */
export async function quietly(target: { readonly closed: boolean }, act: () => Promise<void>): Promise<void> {
  if (target.closed) return;
  try {
    await act();
  } catch (error) {
    if (!target.closed) throw error;
  }
}
