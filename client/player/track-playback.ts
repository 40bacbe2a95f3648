// One track's element in step with the player's clock.
import type { TrackFeed } from './feed.ts';
import { stepFor } from './step.ts';

/** From the order to play until it plays; given that much earlier. */
export const startTakesMs = 50;
/** A jump takes the browser a while, in which the others go on. */
const jumpTakesMs = 60;
const restAfterJumpMs = 700;
/** So close to its end a part cannot be waited for any more. */
const endMs = 300;
const alignedWithinMs = 20;
/** So far on, a sound is really heard. */
const heardAfterMs = 5;
const longestBeginMs = 1500;
/** Some devices tell only twice a second how far their sound is. */
const stuckMs = 600;

export class TrackPlayback {
  readonly feed: TrackFeed;
  readonly #element: HTMLMediaElement;
  #jumpedAt = Number.NEGATIVE_INFINITY;
  #lastMs = -1;
  #advancedAt = 0;
  #begunAt = 0;

  constructor(feed: TrackFeed) {
    this.feed = feed;
    this.#element = feed.element;
    if (this.#element instanceof HTMLVideoElement) this.#element.playsInline = true;
    this.#element.muted = feed.kind === 'picture';
    // Voices keep their pitch at every speed.
    this.#element.preservesPitch = true;
  }

  setVolume(volume: number): void {
    if (this.feed.kind === 'sound' && this.#element.volume !== volume) this.#element.volume = volume;
  }

  hasData(at: number, partEndMs: number, enoughMs: number): boolean {
    if (partEndMs - at < endMs) return true;
    const playableTo = this.feed.playableTo(at);
    return playableTo !== undefined && playableTo >= Math.min(at + enoughMs, partEndMs - endMs / 2);
  }

  /** Stands still at the moment, ready to go. */
  isAligned(at: number, partEndMs: number): boolean {
    if (partEndMs - at < endMs) return true;
    const { seeking, readyState } = this.#element;
    return !seeking && readyState >= HTMLMediaElement.HAVE_FUTURE_DATA && Math.abs(this.#ms() - at) < alignedWithinMs;
  }

  /** Plays before the others do, since sound takes longest to be heard. True once it is, or when it cannot be waited for any more. */
  hasBegun(at: number, speed: number, blocked: () => void): boolean {
    if (this.#element.paused) {
      this.#begunAt = performance.now();
      this.#setRate(speed);
      this.#play(blocked);
    }
    return this.#ms() - at > heardAfterMs || performance.now() - this.#begunAt > longestBeginMs;
  }

  /** While the player stands: shows the frame of the moment. */
  showMoment(at: number): void {
    if (!this.#element.paused || this.#element.seeking || Math.abs(this.#ms() - at) < alignedWithinMs) return;
    if (this.feed.playableTo(at) !== undefined) this.#element.currentTime = at / 1000;
  }

  /** Before a part begins: stands at its first frame, so that it can go at once. */
  prepare(startMs: number | undefined, at: number): void {
    this.hold();
    if (startMs !== undefined && startMs - at < 1500) this.showMoment(startMs);
  }

  hold(): void {
    if (!this.#element.paused) this.#element.pause();
  }

  /** Where the sound is, when it may lead the clock; `stands` while it may, but tells nothing new. */
  leadingMs(at: number, withinMs: number): number | 'stands' | undefined {
    const { paused, seeking, readyState } = this.#element;
    const ms = this.#ms();
    const now = performance.now();
    const stands = ms === this.#lastMs;
    if (!stands) this.#advancedAt = now;
    this.#lastMs = ms;
    const isStuck = now - this.#advancedAt > stuckMs;
    if (paused || seeking || isStuck || readyState < HTMLMediaElement.HAVE_FUTURE_DATA || Math.abs(ms - at) >= withinMs) return undefined;
    return stands ? 'stands' : ms;
  }

  keepStep(at: number, speed: number, isLeader: boolean, blocked: () => void): void {
    const element = this.#element;
    const { kind } = this.feed;
    if (element.paused && this.feed.playableTo(at) !== undefined) {
      const aheadMs = this.#ms() - at;
      const isOff = aheadMs < -2 * alignedWithinMs || aheadMs > 2 * startTakesMs * speed;
      if (isOff && !element.seeking) this.#jump(at, speed);
      this.#play(blocked);
    }
    if (element.seeking) return;
    const step = isLeader ? ({ jump: false, rate: speed } as const) : stepFor(kind, this.#ms() - at, speed);
    if (!step.jump) return this.#setRate(step.rate);
    if (performance.now() - this.#jumpedAt > restAfterJumpMs && this.feed.playableTo(at) !== undefined) this.#jump(at, speed);
  }

  close(): void {
    this.hold();
    this.feed.close();
  }

  #play(blocked: () => void): void {
    this.#element.play().catch((fault: unknown) => {
      if (fault instanceof DOMException && fault.name === 'NotAllowedError') blocked();
    });
  }

  #ms(): number {
    return this.#element.currentTime * 1000;
  }

  #jump(at: number, speed: number): void {
    this.#jumpedAt = performance.now();
    this.#setRate(speed);
    this.#element.currentTime = (at + jumpTakesMs * speed) / 1000;
  }

  #setRate(rate: number): void {
    if (Math.abs(this.#element.playbackRate - rate) > 0.001) this.#element.playbackRate = rate;
  }
}
