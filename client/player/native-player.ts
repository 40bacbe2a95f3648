// Plays a recording as the one stream that the server makes of it, where the browser has no MediaSource: older phones by Apple.
import { TrackId } from '../../server/contract/ids.ts';
import type { RecordingManifest } from '../../server/contract/recording.ts';
import { type WatchingTime, watchingTimeOf } from '../../server/contract/watching-time.ts';
import { LiveEdge } from './live-edge.ts';
import { isOn } from './parts.ts';
import { Played, type Stretch } from './played.ts';
import type { Player, PlayerOptions } from './player.ts';
import { type PlayerState, type PlayerStatus, sameState } from './state.ts';

const tickMs = 250;
const mostTries = 3;

export class NativePlayer implements Player {
  readonly #element = document.createElement('video');
  readonly #address: () => Promise<string>;
  readonly #listeners = new Set<() => void>();
  readonly #played = new Played();
  readonly #closing = new AbortController();
  readonly #timer: ReturnType<typeof setInterval>;
  readonly #edge: LiveEdge;
  #manifest: RecordingManifest;
  #watching: WatchingTime;
  #wantsToPlay = false;
  #isBlocked = false;
  #tries = 0;
  #state: PlayerState;

  constructor({ manifest, openAtMs = 0, streamAddress }: PlayerOptions) {
    this.#manifest = manifest;
    this.#watching = watchingTimeOf(manifest);
    this.#edge = new LiveEdge(manifest, performance.now());
    this.#address = streamAddress;
    this.#element.playsInline = true;
    this.#element.preload = 'metadata';
    this.#element.addEventListener('error', () => void this.#load(), { signal: this.#closing.signal });
    this.#state = this.#describe();
    this.#timer = setInterval(() => this.#tick(), tickMs);
    void this.#load(this.#watching.toWatching(openAtMs));
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly state = (): PlayerState => this.#state;

  update(manifest: RecordingManifest): void {
    this.#manifest = manifest;
    this.#watching = watchingTimeOf(manifest);
    this.#edge.update(manifest, performance.now());
    this.#tick();
  }

  play(): void {
    this.#wantsToPlay = true;
    this.#isBlocked = false;
    if (this.#element.ended) this.#element.currentTime = 0;
    this.#element.play().catch((fault: unknown) => {
      if (!(fault instanceof DOMException) || fault.name !== 'NotAllowedError') return;
      this.#isBlocked = true;
      this.pause();
    });
    this.#tick();
  }

  pause(): void {
    this.#wantsToPlay = false;
    this.#element.pause();
    this.#tick();
  }

  toggle(): void {
    if (this.#wantsToPlay && !this.#element.ended) this.pause();
    else this.play();
  }

  seek(positionMs: number): void {
    this.#played.stop();
    this.#element.currentTime = Math.min(Math.max(0, positionMs), this.#watching.lengthMs) / 1000;
    this.#tick();
  }

  seekBy(ms: number): void {
    this.seek(this.#positionMs + ms);
  }

  seekClass(classMs: number): void {
    this.seek(this.#watching.toWatching(classMs));
  }

  setSpeed(speed: number): void {
    this.#element.defaultPlaybackRate = speed;
    this.#element.playbackRate = speed;
    this.#tick();
  }

  setVolume(volume: number): void {
    this.#element.volume = Math.min(1, Math.max(0, volume));
    this.setMuted(false);
  }

  setMuted(isMuted: boolean): void {
    this.#element.muted = isMuted;
    this.#tick();
  }

  // The stream is one: what is in it was chosen by the server.
  setSaver(): void {}
  declineSaver(): void {}
  setSilences(): void {}
  setSkipsSilence(): void {}
  setGains(): void {}
  pin(): void {}
  setMostCameras(): void {}

  retry(): void {
    this.#tries = 0;
    if (this.#element.error) void this.#load();
  }

  takePlayed(): Stretch[] {
    return this.#played.take();
  }

  close(): void {
    this.#closing.abort();
    clearInterval(this.#timer);
    this.#element.removeAttribute('src');
    this.#element.load();
    this.#listeners.clear();
  }

  get #positionMs(): number {
    return this.#element.currentTime * 1000;
  }

  /** The address is short-lived: after a fault a new one is asked for. */
  async #load(fromMs = this.#positionMs): Promise<void> {
    if (this.#tries++ >= mostTries) return this.#tick();
    const url = await this.#address().catch(() => undefined);
    if (url === undefined || this.#closing.signal.aborted) return;
    this.#element.src = url;
    this.#element.currentTime = fromMs / 1000;
    if (this.#wantsToPlay) this.play();
  }

  #tick(): void {
    if (this.#closing.signal.aborted) return;
    const { paused, seeking, readyState, playbackRate } = this.#element;
    const isRunning = !paused && !seeking && readyState > HTMLMediaElement.HAVE_CURRENT_DATA;
    if (isRunning) this.#played.at(this.#watching.toClass(this.#positionMs), playbackRate, performance.now());
    else this.#played.stop();
    const next = this.#describe();
    if (sameState(this.#state, next)) return;
    this.#state = next;
    for (const listener of this.#listeners) listener();
  }

  #status(): PlayerStatus {
    const { ended, readyState, seeking } = this.#element;
    if (ended) return this.#manifest.state === 'ended' ? 'ended' : 'caught-up';
    if (!this.#wantsToPlay) return 'paused';
    return seeking || readyState < HTMLMediaElement.HAVE_FUTURE_DATA ? 'waiting' : 'playing';
  }

  #describe(): PlayerState {
    const element = this.#element;
    const positionMs = Math.min(this.#positionMs, this.#watching.lengthMs);
    const classMs = this.#watching.toClass(positionMs);
    const live = this.#edge.at(performance.now());
    const on = this.#manifest.tracks.filter(({ parts }) => isOn(parts, classMs));
    const shown = on.find(({ source }) => source === 'screen') ?? on.find(({ source }) => source === 'camera');
    const picture = shown && { ...shown, trackId: TrackId.parse('stream'), element, isReady: element.readyState >= 2, missing: null };
    const bufferedMs = element.buffered.length > 0 ? element.buffered.end(element.buffered.length - 1) * 1000 : positionMs;
    return {
      status: this.#status(),
      positionMs,
      lengthMs: this.#watching.lengthMs,
      classMs,
      behindMs: live === null ? null : Math.max(0, this.#watching.lengthMs + (live - this.#manifest.durationMs) - positionMs),
      bufferedMs,
      speed: element.playbackRate,
      volume: element.volume,
      isMuted: element.muted,
      pictures: picture ? [picture] : [],
      moreCameras: 0,
      microphones: on.filter(({ source }) => source === 'microphone').map(({ participantId }) => participantId),
      speaker: null,
      saver: 'all',
      offersSaver: false,
      skipsSilence: false,
      lacks: [],
      trouble: this.#tries > mostTries ? { code: 'internal' } : null,
      unheard: null,
      isBlocked: this.#isBlocked,
    };
  }
}
