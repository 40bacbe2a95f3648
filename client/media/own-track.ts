// The life of one own track: device opened, published while in a room, held back, given back when it ends.
import type { TrackId } from '../../server/contract/ids.ts';
import type { TrackSource } from '../../server/contract/media.ts';
import type { PauseReason } from '../../server/contract/reasons.ts';
import type { TrackView } from '../../server/contract/room.ts';
import { isPassing, type Outcome } from '../session/outcome.ts';
import type { Call } from './calls.ts';
import type { DeviceTrouble, Opened } from './devices.ts';
import { Observable } from './observable.ts';
import { type OwnSource, offBecause, type Stoppable, sourceOff, type Trouble } from './own-source.ts';

const publishAgainMs = 2_000;
/** After a media failure the server asks for everything anew within this time. */
const resetWithinMs = 1_500;

/** What carries tracks to the server. */
export interface Publisher<T> {
  trackId(source: TrackSource): TrackId | undefined;
  publish(source: TrackSource, track: T, paused: boolean): Promise<Outcome<TrackId>>;
  setPaused(source: TrackSource, paused: boolean): void;
  replace(source: TrackSource, track: T): Promise<void>;
  /** The answer is the id that the server must still be told. */
  end(source: TrackSource): TrackId | undefined;
}

export class OwnTrack<T extends Stoppable = MediaStreamTrack> {
  readonly state = new Observable<OwnSource<T>>(sourceOff);
  readonly #source: TrackSource;
  readonly #call: Call;
  readonly #onEnded: () => void;
  #sender: Publisher<T> | undefined;
  /** The person's own wish to be silent or dark. */
  #muted = false;
  #heldBy: readonly PauseReason[] = [];
  /** The server is being told of a change; what it shows meanwhile is old. */
  #asking = false;
  /** The published track that the room has shown us: if it is missing later, the server has closed it. */
  #seen: TrackId | undefined;
  /** Ended here while the server could not be told: it is told as soon as the room is heard of again. */
  readonly #toEnd = new Set<TrackId>();
  /** Raised by each start and stop: what an older one still brings is dropped. */
  #turn = 0;

  /** `onEnded`: the device is gone, or the browser's own button ended the sharing. */
  constructor(source: TrackSource, call: Call, onEnded: () => void) {
    this.#source = source;
    this.#call = call;
    this.#onEnded = onEnded;
  }

  get isOn(): boolean {
    return this.state.value.status !== 'off';
  }

  /** Opens the device and publishes. False when it did not come to that. */
  async start(open: () => Promise<Opened<T>>, muted = false): Promise<boolean> {
    if (this.isOn) return true;
    this.#turn += 1;
    const turn = this.#turn;
    this.state.set({ ...sourceOff, status: 'starting' });
    const opened = await open();
    if (turn !== this.#turn) {
      if (opened.ok) opened.value.stop();
      return false;
    }
    if (!opened.ok) {
      this.fail(opened.trouble);
      return false;
    }
    this.#muted = muted;
    this.#take(opened.value);
    await this.#publish();
    return turn === this.#turn;
  }

  /** The device stays open, but nothing leaves it. */
  async setMuted(muted: boolean): Promise<void> {
    if (this.state.value.status !== 'on') return;
    this.#muted = muted;
    // Silence at once; the server is told after.
    this.#apply();
    await this.#tellMuted();
  }

  async #tellMuted(): Promise<void> {
    const muted = this.#muted;
    const trackId = this.#sender?.trackId(this.#source);
    if (!trackId) return;
    this.#asking = true;
    const told = await this.#call(muted ? 'media:pause' : 'media:resume', { trackId });
    this.#asking = false;
    if (told.ok || muted || told.code === 'offline') {
      if (told.ok && !muted && !this.#muted) this.#hold([]);
      return;
    }
    this.#muted = true;
    this.#apply({ kind: 'server', code: told.code });
  }

  /** Ends it and gives the device back: its light goes out. */
  stop(trouble: Trouble | null = null): void {
    this.#turn += 1;
    const { track } = this.state.value;
    const trackId = this.#sender?.end(this.#source);
    if (trackId) void this.#unpublish(trackId);
    if (track) {
      track.removeEventListener('ended', this.#onEnded);
      track.stop();
    }
    this.#muted = false;
    this.#heldBy = [];
    this.#seen = undefined;
    this.state.set(trouble ? offBecause(trouble) : sourceOff);
  }

  fail(code: DeviceTrouble | null): void {
    const muted = this.#muted;
    this.stop(code && { kind: 'device', code });
    // Whoever was silent stays so with the next device.
    this.#muted = muted;
  }

  forgetTrouble(): void {
    if (this.state.value.trouble) this.state.set({ ...this.state.value, trouble: null });
  }

  /** Another device takes over without a gap, or in place of one that could not be used. */
  async exchange(open: () => Promise<Opened<T>>): Promise<void> {
    const { status, trouble } = this.state.value;
    if (status === 'off' && trouble?.kind === 'device') await this.start(open, this.#muted);
    if (status !== 'on') return;
    const opened = await open();
    const before = this.state.value;
    if (!opened.ok) {
      this.fail(opened.trouble);
      return;
    }
    if (before.status !== 'on') {
      opened.value.stop();
      return;
    }
    before.track?.removeEventListener('ended', this.#onEnded);
    this.#take(opened.value);
    const sender = this.#sender;
    try {
      await sender?.replace(this.#source, opened.value);
    } catch (error) {
      console.error(error);
      // A sender that was given up meanwhile is followed by one that publishes the new track.
      if (sender === this.#sender && this.state.value.track === opened.value) this.fail('failed');
    } finally {
      before.track?.stop();
    }
    this.#apply();
  }

  /** In the room, anew: what is on is published. */
  async attach(sender: Publisher<T>): Promise<void> {
    this.#sender = sender;
    this.#seen = undefined;
    this.#heldBy = [];
    this.#endRest();
    await this.#publish();
  }

  detach(): void {
    this.#sender = undefined;
    this.#seen = undefined;
    this.#hold([]);
  }

  /** What the room shows of our own tracks, and whether we may send this one at all. */
  follow(tracks: readonly TrackView[], may: boolean): void {
    this.#endRest();
    const trackId = this.#sender?.trackId(this.#source);
    if (!trackId) return;
    const view = tracks.find((track) => track.id === trackId);
    if (view) {
      this.#seen = trackId;
      this.#hold(view.pausedBy.filter((reason) => reason !== 'self'));
      // The server did not hear the last wish: nobody should wait for a voice, nor speak to nobody.
      const isOld = this.#muted ? view.pausedBy.length === 0 : view.pausedBy.includes('self');
      if (isOld && !this.#asking) void this.#tellMuted();
    } else if (this.#seen === trackId) {
      this.#closedByServer(trackId, may);
    }
  }

  /** Forbidden, taken over by another screen, or the media broke: then it is published anew in a moment, and stays. */
  #closedByServer(trackId: TrackId, may: boolean): void {
    this.#seen = undefined;
    setTimeout(
      () => {
        if (this.#sender?.trackId(this.#source) !== trackId) return;
        this.stop({ kind: 'server', code: may ? lostCode(this.#source) : forbiddenCode(this.#source) });
      },
      may ? resetWithinMs : 0,
    );
  }

  #hold(heldBy: readonly PauseReason[]): void {
    if (heldBy.includes('forbidden') && this.#source !== 'microphone') {
      // Nobody should look at a camera's light while nobody may see the picture.
      this.stop({ kind: 'server', code: forbiddenCode(this.#source) });
      return;
    }
    // Remembered as if it were the person's own wish: a mute must outlive a new connection, which publishes anew.
    if (heldBy.includes('muted') || heldBy.includes('forbidden')) this.#muted = true;
    this.#heldBy = heldBy;
    this.#apply();
  }

  #take(track: T): void {
    track.addEventListener('ended', this.#onEnded);
    this.state.set({ status: 'on', track, pausedBy: this.#reasons(), trouble: null });
  }

  #apply(trouble: Trouble | null = this.state.value.trouble): void {
    const now = this.state.value;
    if (now.status !== 'on') return;
    const pausedBy = this.#reasons();
    this.#sender?.setPaused(this.#source, pausedBy.length > 0);
    if (pausedBy.join() === now.pausedBy.join() && trouble === now.trouble) return;
    this.state.set({ ...now, pausedBy, trouble: pausedBy.length === 0 ? null : trouble });
  }

  #reasons(): readonly PauseReason[] {
    return this.#muted ? ['self', ...this.#heldBy] : this.#heldBy;
  }

  async #publish(): Promise<void> {
    const sender = this.#sender;
    const { status, track } = this.state.value;
    if (!sender || status !== 'on' || !track || sender.trackId(this.#source)) return;
    const turn = this.#turn;
    const paused = this.#muted;
    const published = await sender.publish(this.#source, track, paused).catch((error: unknown) => {
      console.error(error);
      return null;
    });
    if (sender !== this.#sender) return;
    if (turn !== this.#turn) {
      // Switched off while it was on its way.
      if (published?.ok) void this.#unpublish(published.value);
      sender.end(this.#source);
      return;
    }
    if (!published) this.fail('failed');
    else if (published.ok) {
      this.#apply();
      if (paused !== this.#muted) await this.#tellMuted();
    } else if (isPassing(published.code)) setTimeout(() => void this.#publish(), publishAgainMs);
    else this.stop({ kind: 'server', code: published.code });
  }

  async #unpublish(trackId: TrackId): Promise<void> {
    const told = await this.#call('media:unpublish', { trackId });
    if (!told.ok && isPassing(told.code)) this.#toEnd.add(trackId);
  }

  #endRest(): void {
    const rest = [...this.#toEnd];
    this.#toEnd.clear();
    for (const trackId of rest) void this.#unpublish(trackId);
  }
}

/** Allowed, and yet closed by the server. */
function lostCode(source: TrackSource) {
  return source === 'screen' || source === 'screen-audio' ? 'screen-taken' : 'media-unavailable';
}

function forbiddenCode(source: TrackSource) {
  switch (source) {
    case 'microphone':
      return 'microphone-forbidden';
    case 'camera':
      return 'camera-forbidden';
    case 'screen':
    case 'screen-audio':
      return 'screen-forbidden';
  }
}
