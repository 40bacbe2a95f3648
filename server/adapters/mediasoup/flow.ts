// What one subscription carries and costs at a moment, known from the engine's own events: nothing is asked for it.
import type { types } from 'mediasoup';
import type { PacketRate } from './packet-rate.ts';
import { consumerUnits, units } from './placement.ts';

export class Flow {
  readonly #consumer: types.Consumer;
  readonly #rate: PacketRate;
  /** Null: there is one size only. */
  #layer: number | null;

  constructor(consumer: types.Consumer, layers: number, rate: PacketRate) {
    this.#consumer = consumer;
    this.#rate = rate;
    this.#layer = layers > 1 ? 0 : null;
    if (layers > 1) {
      consumer.on('layerschange', (current) => {
        this.#layer = current?.spatialLayer ?? 0;
      });
    }
  }

  get flows(): boolean {
    return !this.#consumer.paused && !this.#consumer.producerPaused;
  }

  get units(): number {
    return this.flows ? consumerUnits(this.#consumer.kind, this.#layer) : units.held;
  }

  get packetsPerSecond(): number {
    return this.flows ? this.#rate.of(this.#layer) : 0;
  }
}
