// Plays the voices of the class, outside React: one audio element a track, on the chosen speaker.
import { chosenDevice } from './devices.ts';
import { Observable } from './observable.ts';

export class SoundOut {
  /** True while the browser refuses to play before the person has clicked. */
  readonly blocked = new Observable(false);
  readonly #elements = new Map<string, HTMLAudioElement>();
  readonly #host: HTMLElement;
  #isSilent = false;

  constructor() {
    this.#host = document.createElement('div');
    this.#host.hidden = true;
    document.body.append(this.#host);
  }

  add(key: string, track: MediaStreamTrack): void {
    this.remove(key);
    const element = document.createElement('audio');
    element.autoplay = true;
    element.muted = this.#isSilent;
    element.srcObject = new MediaStream([track]);
    this.#elements.set(key, element);
    this.#host.append(element);
    void this.#route(element).then(() => this.#play(element));
  }

  remove(key: string): void {
    const element = this.#elements.get(key);
    if (!element) return;
    element.srcObject = null;
    element.remove();
    this.#elements.delete(key);
  }

  /** At once, before the server has stopped sending. */
  setSilent(on: boolean): void {
    this.#isSilent = on;
    for (const element of this.#elements.values()) element.muted = on;
  }

  /** After a click: browsers then let all of them play. */
  async unblock(): Promise<void> {
    this.blocked.set(false);
    await Promise.all(Array.from(this.#elements.values(), (element) => this.#play(element)));
  }

  /** Moves all voices to the speaker chosen now. */
  async followSpeaker(): Promise<void> {
    await Promise.all(Array.from(this.#elements.values(), (element) => this.#route(element)));
  }

  close(): void {
    for (const key of [...this.#elements.keys()]) this.remove(key);
    this.#host.remove();
    this.blocked.set(false);
  }

  async #play(element: HTMLAudioElement): Promise<void> {
    try {
      await element.play();
    } catch (error) {
      // AbortError only says that the element was removed in the meantime.
      if (error instanceof DOMException && error.name === 'NotAllowedError') this.blocked.set(true);
    }
  }

  async #route(element: HTMLAudioElement): Promise<void> {
    const speaker = chosenDevice('speaker');
    if (!speaker || !('setSinkId' in element)) return;
    // A speaker that is gone: the system's default goes on.
    await element.setSinkId(speaker).catch(() => undefined);
  }
}
