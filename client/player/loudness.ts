// How loud each track plays: the viewer's volume, and what evens the voices.
import { volumesOf } from './gains.ts';

export class Loudness {
  #gains = volumesOf([]);
  #volume = 1;
  isMuted = false;

  get volume(): number {
    return this.#volume;
  }

  set volume(volume: number) {
    this.#volume = Math.min(1, Math.max(0, volume));
  }

  setGains(gains: readonly { readonly trackId: string; readonly db: number }[]): void {
    this.#gains = volumesOf(gains);
  }

  readonly of = (trackId: string): number => (this.isMuted ? 0 : this.#volume * this.#gains.of(trackId));
}
