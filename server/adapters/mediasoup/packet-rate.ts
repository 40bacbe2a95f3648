// How many packets a second one track is, layer by layer: read from the worker's own counters now and then.
import type { types } from 'mediasoup';
import type { Instant } from '../../contract/ids.ts';

interface Reading {
  readonly at: Instant;
  readonly counts: readonly number[];
}

export class PacketRate {
  readonly #producer: types.Producer;
  /** How each layer is told apart, the smallest first. */
  readonly #layers: readonly { readonly ssrc?: number; readonly rid?: string }[];
  #latest: Reading | null = null;
  #perSecond: readonly number[] = [];

  constructor(producer: types.Producer) {
    this.#producer = producer;
    this.#layers = (producer.rtpParameters.encodings ?? []).map(({ ssrc, rid }) => ({
      ...(ssrc === undefined ? {} : { ssrc }),
      ...(rid === undefined ? {} : { rid }),
    }));
  }

  async read(now: Instant): Promise<void> {
    const stats = await this.#producer.getStats();
    const counts = this.#layers.map(
      ({ ssrc, rid }) => stats.find((stream) => (rid !== undefined && stream.rid === rid) || stream.ssrc === ssrc)?.packetCount ?? 0,
    );
    const before = this.#latest;
    this.#latest = { at: now, counts };
    if (before === null || now <= before.at) return;
    const seconds = (now - before.at) / 1000;
    this.#perSecond = counts.map((count, layer) => Math.max(0, count - (before.counts[layer] ?? 0)) / seconds);
  }

  /** Of all layers. */
  get received(): number {
    return this.#producer.paused ? 0 : this.#perSecond.reduce((sum, each) => sum + each, 0);
  }

  /** What one subscriber gets. */
  of(layer: number | null): number {
    return this.#producer.paused ? 0 : (this.#perSecond[layer ?? 0] ?? 0);
  }
}
