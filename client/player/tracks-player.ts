// Plays all tracks of a recording in step: the sound is the clock, pictures and other sounds follow it.
import type { ParticipantId, TrackId } from '../../server/contract/ids.ts';
import type { RecordingManifest } from '../../server/contract/recording.ts';
import type { Span } from '../../server/contract/watching-time.ts';
import { Announcer } from './announcer.ts';
import { type Choice, chosenOf } from './choice.ts';
import { PlayClock } from './clock.ts';
import { RecordingFiles } from './files.ts';
import { Lead } from './lead.ts';
import { LiveEdge } from './live-edge.ts';
import { Loudness } from './loudness.ts';
import { momentStateOf } from './moment-state.ts';
import { picturesMomentOf } from './opening.ts';
import { Playbacks } from './playbacks.ts';
import { Played, type Stretch } from './played.ts';
import type { Player, PlayerOptions } from './player.ts';
import { isReady, isShort } from './readiness.ts';
import { Skips } from './skips.ts';
import { deviceSavesData, Stalls } from './stalls.ts';
import { type PlayerState, type PlayerStatus, type Saver, soundsInOrder } from './state.ts';
import type { TrackPlayback } from './track-playback.ts';

const tickMs = 100;
const aheadMs = 30_000;
const lastFrameMs = 150;
const edgeMs = 2000;
/** How often it is looked whether the sound is heard. */
const beginsEveryMs = 20;

export class TracksPlayer implements Player {
  readonly #clock: PlayClock;
  readonly #leader: string | undefined;
  readonly #playbacks: Playbacks;
  readonly #skips: Skips;
  readonly #edge: LiveEdge;
  readonly #lead = new Lead();
  readonly #stalls = new Stalls(deviceSavesData());
  readonly #announcer: Announcer;
  readonly #loudness = new Loudness();
  readonly #timer: ReturnType<typeof setInterval>;
  readonly #played = new Played();
  #manifest: RecordingManifest;
  #status: PlayerStatus = 'paused';
  #choice: Choice = { saver: 'all', mostCameras: 4, pinned: null };
  #speed = 1;
  #isBlocked = false;
  #speaker: ParticipantId | null = null;
  #waitingSince = 0;
  /** The sound that is begun with, until it is heard. */
  #begins: TrackPlayback | undefined;
  #isClosed = false;

  constructor({ manifest, as = 'viewer', leader, openAtMs = 0, onStale }: PlayerOptions) {
    this.#manifest = manifest;
    this.#leader = leader;
    this.#skips = new Skips(manifest);
    this.#edge = new LiveEdge(manifest, performance.now());
    this.#clock = new PlayClock(this.#skips.watching.afterSkipped(openAtMs));
    this.#playbacks = new Playbacks(new RecordingFiles(manifest.id, as), {
      changed: () => this.#tickSoon(),
      stale: () => onStale?.(),
      blocked: () => this.#blocked(),
    });
    this.#announcer = new Announcer(this.#describe(this.#clock.position(0)));
    this.#timer = setInterval(() => this.#tick(), tickMs);
    this.#tick();
  }

  readonly subscribe = (listener: () => void): (() => void) => this.#announcer.subscribe(listener);

  readonly state = (): PlayerState => this.#announcer.state;

  update(manifest: RecordingManifest): void {
    const isEdited = JSON.stringify(manifest.cuts) !== JSON.stringify(this.#manifest.cuts);
    this.#manifest = manifest;
    this.#skips.update(manifest);
    this.#edge.update(manifest, performance.now());
    this.#playbacks.update(manifest, isEdited);
    this.#tick();
  }

  play(): void {
    if (this.#manifest.state === 'ended' && this.#isAtEnd(this.#now())) this.#moveTo(this.#skips.watching.toClass(0));
    this.#isBlocked = false;
    this.#wait();
    this.retry();
  }

  pause(): void {
    this.#hold('paused');
    this.#tick();
  }

  toggle(): void {
    if (this.#status === 'paused' || this.#status === 'ended') this.play();
    else this.pause();
  }

  seek(positionMs: number): void {
    this.seekClass(this.#skips.watching.toClass(positionMs));
  }

  seekBy(ms: number): void {
    this.seek(this.#skips.watching.toWatching(this.#now()) + ms);
  }

  seekClass(classMs: number): void {
    const wantsToPlay = this.#status === 'playing' || this.#status === 'waiting' || this.#status === 'caught-up';
    this.#moveTo(Math.min(Math.max(0, classMs), this.#manifest.durationMs));
    if (wantsToPlay) this.#wait();
    else this.#status = 'paused';
    this.#tickAnew();
  }

  setSpeed(speed: number): void {
    this.#speed = speed;
    this.#clock.setSpeed(speed, performance.now());
    this.#tickAnew();
  }

  setVolume(volume: number): void {
    this.#loudness.volume = volume;
    this.setMuted(false);
  }

  setMuted(isMuted: boolean): void {
    this.#loudness.isMuted = isMuted;
    this.#tickAnew();
  }

  setSaver(saver: Saver): void {
    this.#choice = { ...this.#choice, saver };
    this.declineSaver();
  }

  declineSaver(): void {
    this.#stalls.dismiss();
    this.#tickAnew();
  }

  setSilences(silences: readonly Span[]): void {
    this.#skips.setSilences(silences);
  }

  setSkipsSilence(skips: boolean): void {
    this.#skips.skipsSilence = skips;
    this.#tickAnew();
  }

  setGains(gains: readonly { readonly trackId: string; readonly db: number }[]): void {
    this.#loudness.setGains(gains);
  }

  pin(trackId: TrackId | null): void {
    this.#choice = { ...this.#choice, pinned: trackId };
    this.#tickAnew();
  }

  setMostCameras(most: number): void {
    this.#choice = { ...this.#choice, mostCameras: most };
    this.#tickAnew();
  }

  retry(): void {
    this.#playbacks.retry();
    this.#tick();
  }

  takePlayed(): Stretch[] {
    return this.#played.take();
  }

  close(): void {
    this.#isClosed = true;
    clearInterval(this.#timer);
    this.#playbacks.close();
    this.#announcer.close();
  }

  #now(): number {
    return this.#clock.position(performance.now());
  }

  /** At the very end the last frame is shown, not the nothing after it. */
  #shown(at: number): number {
    return Math.max(0, Math.min(at, this.#manifest.durationMs - lastFrameMs));
  }

  #moveTo(classMs: number): void {
    this.#played.stop();
    this.#clock.hold(performance.now());
    this.#clock.moveTo(this.#skips.watching.afterSkipped(classMs), performance.now());
  }

  #hold(status: PlayerStatus): void {
    this.#played.stop();
    this.#clock.hold(performance.now());
    this.#playbacks.hold();
    this.#lead.forget();
    this.#begins = undefined;
    this.#status = status;
    this.#announcer.hurry();
  }

  #wait(): void {
    if (this.#status !== 'waiting') this.#waitingSince = performance.now();
    this.#hold('waiting');
  }

  #tickAnew(): void {
    this.#announcer.hurry();
    this.#tick();
  }

  #tickSoon(): void {
    if (this.#status !== 'playing') queueMicrotask(() => this.#tick());
  }

  #tick(): void {
    if (this.#isClosed) return;
    const at = this.#now();
    this.#fill(this.#shown(at));
    if (this.#status === 'waiting' || this.#status === 'caught-up') this.#tryToBegin(at);
    else if (this.#status === 'playing') this.#goOn(at);
    if (this.#status !== 'playing') this.#showMoment(this.#shown(this.#now()));
    this.#announcer.tell(() => this.#describe(this.#now()), this.#status === 'playing', performance.now());
  }

  #fill(at: number): void {
    const { toClass, toWatching } = this.#skips.watching;
    const untilMs = toClass(toWatching(at) + aheadMs * Math.max(1, this.#speed));
    const { tracks } = this.#manifest;
    const chosen = chosenOf(tracks, this.#choice, {
      at: picturesMomentOf(tracks, at),
      speaker: this.#speaker,
      isOpen: (trackId) => this.#playbacks.get(trackId) !== undefined,
    });
    this.#playbacks.fill(tracks, chosen, at, untilMs);
  }

  #tryToBegin(at: number): void {
    if (this.#isAtEnd(at)) return this.#end();
    const after = this.#skips.after(at);
    if (after !== at) return this.#clock.moveTo(after, performance.now());
    if (!this.#begins && !isReady(this.#playbacks.needed(at), at, performance.now() - this.#waitingSince)) return;
    this.#begins ??= this.#lead.firstAt(soundsInOrder(this.#manifest, this.#leader), this.#playbacks, at);
    if (this.#begins && !this.#begins.hasBegun(at, this.#speed, () => this.#blocked())) {
      setTimeout(() => this.#tick(), beginsEveryMs);
      return;
    }
    this.#begins = undefined;
    this.#status = 'playing';
    this.#announcer.hurry();
    this.#clock.start(performance.now());
    this.#goOn(this.#now());
  }

  #showMoment(at: number): void {
    this.#playbacks.showMoment(at, picturesMomentOf(this.#manifest.tracks, at));
  }

  #goOn(at: number): void {
    const after = this.#skips.after(at);
    if (after !== at) {
      this.#clock.moveTo(after, performance.now());
      return this.#goOn(after);
    }
    if (this.#isAtEnd(at)) return this.#end();
    if (isShort(this.#playbacks.needed(at), at)) {
      this.#stalls.stalled(performance.now());
      return this.#wait();
    }
    const leader = this.#lead.follow(this.#clock, soundsInOrder(this.#manifest, this.#leader), this.#playbacks, at);
    this.#played.at(this.#now(), this.#speed, performance.now());
    this.#playbacks.keepStep(this.#now(), this.#speed, leader, this.#loudness.of);
  }

  #blocked(): void {
    this.#isBlocked = true;
    this.#hold('paused');
  }

  #isAtEnd(at: number): boolean {
    const leftMs = this.#skips.watching.lengthMs - this.#skips.watching.toWatching(at);
    if (this.#manifest.state === 'ended') return leftMs <= 30;
    // Tracks are written one after the other: the very edge is not whole. Having caught up, there must be enough not to stop again at once.
    return leftMs <= (this.#status === 'caught-up' ? 2 * edgeMs : edgeMs);
  }

  #end(): void {
    if (this.#manifest.state !== 'ended') {
      if (this.#status !== 'caught-up') this.#hold('caught-up');
      return;
    }
    this.#clock.moveTo(this.#manifest.durationMs, performance.now());
    this.#hold('ended');
  }

  #describe(at: number): PlayerState {
    const { saver } = this.#choice;
    const told = momentStateOf({
      ...{ manifest: this.#manifest, at, shownMs: this.#shown(at), speaker: this.#speaker },
      ...{ watching: this.#skips.watching, liveMs: this.#edge.at(performance.now()), playbacks: this.#playbacks },
    });
    this.#speaker = told.speaker;
    return {
      ...told,
      ...{ status: this.#status, speed: this.#speed, isBlocked: this.#isBlocked },
      ...{ volume: this.#loudness.volume, isMuted: this.#loudness.isMuted },
      ...{ saver, offersSaver: saver === 'all' && this.#stalls.offersSaver, skipsSilence: this.#skips.skipsSilence },
    };
  }
}
