// Gathers the samples of one part into fragments that follow one another without a hole.

import type { Container, Sample } from './container.ts';
import type { PartSink } from './part-sink.ts';

/** A fragment is closed as soon as it is at least this long. */
const fragmentMs = 500;

/** From construction to `close` one part. The latest sample waits for the next, whose time tells how long it lasted. */
export class PartWriter {
  readonly #container: Container;
  readonly #sink: PartSink;
  #samples: Sample[] = [];
  #latest: { readonly time: number; readonly data: Buffer; readonly key: boolean } | undefined;

  constructor(container: Container, sink: PartSink, startMs: number) {
    this.#container = container;
    this.#sink = sink;
    const { extension, mime, width, height } = container;
    sink.partOpened({ extension, mime, width, height, startMs, bytes: container.header() });
  }

  /** A time that does not come after the latest sample's is moved just behind it. */
  add(timeMs: number, data: Buffer, key: boolean): void {
    const wanted = Math.round((timeMs * this.#container.timescale) / 1000);
    const time = this.#latest ? Math.max(wanted, this.#latest.time + 1) : wanted;
    const followsKey = this.#latest?.key ?? false;
    this.#complete(time);
    // A player enters at fragments that begin on a key frame, so a key frame among others begins one. In sound every sample is a key.
    if (key && !followsKey) this.flush();
    this.#latest = { time, data, key };
  }

  /** Writes all but the latest sample. */
  flush(): void {
    const first = this.#samples[0];
    const last = this.#samples.at(-1);
    if (!first || !last) return;
    const samples = this.#samples;
    this.#samples = [];
    const toMs = 1000 / this.#container.timescale;
    const durationMs = (last.time + last.duration - first.time) * toMs;
    this.#sink.fragment({ timeMs: first.time * toMs, durationMs, key: first.key, bytes: this.#container.fragment(samples) });
  }

  /** Stretches the latest sample to `endMs` and ends the part; answers where it really ended. */
  close(endMs: number): number {
    const least = (this.#latest?.time ?? 0) + 1;
    const end = Math.max(least, Math.round((endMs * this.#container.timescale) / 1000));
    this.#complete(end);
    this.flush();
    this.#sink.partClosed();
    return (end / this.#container.timescale) * 1000;
  }

  #complete(end: number): void {
    if (!this.#latest) return;
    const { time, data, key } = this.#latest;
    this.#latest = undefined;
    this.#samples.push({ time, duration: end - time, data, key });
    const first = this.#samples[0];
    if (first && end - first.time >= (fragmentMs * this.#container.timescale) / 1000) this.flush();
  }
}
