// A published track and the one rule about it: it carries packets only while nothing holds it.
import type { TrackSource } from '../contract/media.ts';
import type { PictureWeight, Published } from '../ports/media.ts';
import type { ConnectionRef } from '../room/connection-ref.ts';

export class PublishedTrack {
  readonly owner: ConnectionRef;
  readonly source: TrackSource;
  readonly #published: Published;
  readonly #failed: (error: unknown) => void;
  /** What the room last said; null before it said anything: published tracks begin paused. */
  #live: boolean | null = null;
  #engineLive = false;
  #settling: Promise<void> | null = null;
  #closed = false;

  constructor(options: {
    readonly owner: ConnectionRef;
    readonly source: TrackSource;
    readonly published: Published;
    failed(error: unknown): void;
  }) {
    this.owner = options.owner;
    this.source = options.source;
    this.#published = options.published;
    this.#failed = options.failed;
  }

  get decided(): boolean {
    return this.#live !== null;
  }

  /** Nothing holds it, as far as the room has said. */
  get isLive(): boolean {
    return this.#live === true;
  }

  /** Of a microphone; each five seconds while it is live. */
  tellLevels(hear: (decibels: number) => void): Promise<void> {
    return this.#published.tellLevels(hear);
  }

  /** Null when it is paused or gone. */
  async weigh(): Promise<PictureWeight | null> {
    return this.#closed ? null : this.#published.weigh();
  }

  /** Resolves when the engine does as told; a later wish overtakes an earlier one. */
  setLive(live: boolean): Promise<void> {
    this.#live = live;
    this.#settling ??= this.#settle().finally(() => {
      this.#settling = null;
    });
    return this.#settling;
  }

  /** Safe twice. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#published.close();
  }

  async #settle(): Promise<void> {
    while (!this.#closed && this.#live !== null && this.#live !== this.#engineLive) {
      const live = this.#live;
      try {
        await (live ? this.#published.resume() : this.#published.pause());
        this.#engineLive = live;
      } catch (error) {
        // A track that cannot be silenced must not stay: nothing fails open.
        this.close();
        this.#failed(error);
      }
    }
  }
}
