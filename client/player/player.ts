// Plays all tracks of a recording in step: the sound is the clock, pictures and other sounds follow it.
import type { ParticipantId } from '../../server/contract/ids.ts';
import type { RecordingManifest, RecordingTrack } from '../../server/contract/recording.ts';
import { type WatchingTime, watchingTimeOf } from '../../server/contract/watching-time.ts';
import { PlayClock } from './clock.ts';
import { TrackFeed } from './feed.ts';
import { RecordingFiles } from './files.ts';
import { momentOf, sameState } from './moment.ts';
import { partAt, touches } from './parts.ts';
import { Played, type Stretch } from './played.ts';
import { type PlayerState, type PlayerStatus, soundsInOrder } from './state.ts';
import { startTakesMs, TrackPlayback } from './track-playback.ts';

const tickMs = 100;
const aheadMs = 30_000;
/** An element that was needed lately is kept, since people jump back. */
const keepMs = 15_000;
const announceEveryMs = 250;
/** Held before it goes on after waiting, and while it plays. */
const enoughToBeginMs = 1000;
const enoughToGoOnMs = 200;
const longestStartMs = 5000;
const lastFrameMs = 150;
const edgeMs = 2000;
const leadsWithinMs = { first: 300, still: 1000, next: 80 };

export type PlayerOptions = {
  readonly manifest: RecordingManifest;
  /** Whose microphone leads, by name: the teacher's. */
  readonly leader?: string | undefined;
};

export class Player {
  readonly #files: RecordingFiles;
  readonly #clock: PlayClock;
  readonly #leader: string | undefined;
  readonly #playbacks = new Map<string, TrackPlayback>();
  readonly #listeners = new Set<() => void>();
  readonly #timer: ReturnType<typeof setInterval>;
  readonly #played = new Played();
  #manifest: RecordingManifest;
  #timeline: WatchingTime;
  #status: PlayerStatus = 'paused';
  #speed = 1;
  #volume = 1;
  #isMuted = false;
  #isBlocked = false;
  #isSoundUnplayable = false;
  #speaker: ParticipantId | null = null;
  #lead: TrackPlayback | undefined;
  #waitingSince = 0;
  #announcedAt = 0;
  #state: PlayerState;
  #isClosed = false;

  constructor({ manifest, leader }: PlayerOptions) {
    this.#manifest = manifest;
    this.#leader = leader;
    this.#files = new RecordingFiles(manifest.id);
    this.#timeline = watchingTimeOf(manifest);
    this.#clock = new PlayClock(this.#timeline.toClass(0));
    this.#state = this.#describe(this.#clock.position(0));
    this.#timer = setInterval(() => this.#tick(), tickMs);
    this.#tick();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly state = (): PlayerState => this.#state;

  /** A recording that still runs has grown. */
  update(manifest: RecordingManifest): void {
    this.#manifest = manifest;
    this.#timeline = watchingTimeOf(manifest);
    for (const track of manifest.tracks) this.#playbacks.get(track.trackId)?.feed.setParts(track.parts);
    this.#tick();
  }

  /** Must be called by a press of the viewer's. */
  play(): void {
    if (this.#manifest.state === 'ended' && this.#isAtEnd(this.#now())) this.#moveTo(this.#timeline.toClass(0));
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

  /** To a moment of watching time. */
  seek(positionMs: number): void {
    const wantsToPlay = this.#status === 'playing' || this.#status === 'waiting' || this.#status === 'caught-up';
    this.#moveTo(this.#timeline.toClass(positionMs));
    if (wantsToPlay) this.#wait();
    else this.#status = 'paused';
    this.#announcedAt = 0;
    this.#tick();
  }

  seekBy(ms: number): void {
    this.seek(this.#timeline.toWatching(this.#now()) + ms);
  }

  setSpeed(speed: number): void {
    this.#speed = speed;
    this.#clock.setSpeed(speed, performance.now());
    this.#announcedAt = 0;
    this.#tick();
  }

  setVolume(volume: number): void {
    this.#volume = Math.min(1, Math.max(0, volume));
    this.setMuted(false);
  }

  setMuted(isMuted: boolean): void {
    this.#isMuted = isMuted;
    this.#announcedAt = 0;
    this.#tick();
  }

  retry(): void {
    for (const { feed } of this.#playbacks.values()) feed.retry();
    this.#tick();
  }

  /** What was played since the last time this was asked, in class time. */
  takePlayed(): Stretch[] {
    return this.#played.take();
  }

  close(): void {
    this.#isClosed = true;
    clearInterval(this.#timer);
    for (const playback of this.#playbacks.values()) playback.close();
    this.#playbacks.clear();
    this.#listeners.clear();
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
    this.#clock.moveTo(this.#timeline.afterSkipped(classMs), performance.now());
  }

  #hold(status: PlayerStatus): void {
    this.#played.stop();
    this.#clock.hold(performance.now());
    for (const playback of this.#playbacks.values()) playback.hold();
    this.#lead = undefined;
    this.#status = status;
    this.#announcedAt = 0;
  }

  #wait(): void {
    if (this.#status !== 'waiting') this.#waitingSince = performance.now();
    this.#hold('waiting');
  }

  #tick(): void {
    if (this.#isClosed) return;
    const at = this.#now();
    this.#fill(this.#shown(at));
    if (this.#status === 'waiting' || this.#status === 'caught-up') this.#tryToBegin(at);
    else if (this.#status === 'playing') this.#goOn(at);
    if (this.#status !== 'playing') for (const playback of this.#playbacks.values()) playback.showMoment(this.#shown(this.#now()));
    this.#announce();
  }

  /** Elements exist only for the tracks around the moment; a class of thirty would be too much for a phone. */
  #fill(at: number): void {
    const untilMs = this.#timeline.toClass(this.#timeline.toWatching(at) + aheadMs * Math.max(1, this.#speed));
    for (const track of this.#manifest.tracks) {
      const playback = this.#playbacks.get(track.trackId);
      if (touches(track.parts, { fromMs: at, toMs: untilMs })) (playback ?? this.#open(track)).feed.want(at, untilMs);
      else if (playback && !touches(track.parts, { fromMs: at - keepMs, toMs: untilMs + keepMs })) {
        playback.close();
        this.#playbacks.delete(track.trackId);
      }
    }
  }

  #open(track: RecordingTrack): TrackPlayback {
    const playback = new TrackPlayback(new TrackFeed(track, this.#files, () => this.#tickSoon()));
    this.#playbacks.set(track.trackId, playback);
    return playback;
  }

  #tickSoon(): void {
    if (this.#status !== 'playing') queueMicrotask(() => this.#tick());
  }

  /** The tracks that must be seen or heard at the moment. */
  #needed(at: number): { readonly playback: TrackPlayback; readonly endMs: number }[] {
    return this.#manifest.tracks.flatMap((track) => {
      const part = partAt(track.parts, at);
      const playback = this.#playbacks.get(track.trackId);
      return part && playback && playback.feed.trouble !== 'unplayable' ? [{ playback, endMs: part.endMs }] : [];
    });
  }

  #tryToBegin(at: number): void {
    if (this.#isAtEnd(at)) return this.#end();
    const isLate = performance.now() - this.#waitingSince > longestStartMs;
    const needed = this.#needed(at);
    const hasData = needed.every(({ playback, endMs }) => playback.hasData(at, endMs, enoughToBeginMs));
    // A decoder that takes its time must not keep the others from playing.
    if (!hasData || !(isLate || needed.every(({ playback, endMs }) => playback.isAligned(at, endMs)))) return;
    this.#status = 'playing';
    this.#announcedAt = 0;
    this.#clock.start(performance.now());
    this.#goOn(this.#now());
  }

  #goOn(at: number): void {
    const after = this.#timeline.afterSkipped(at);
    if (after !== at) {
      this.#clock.moveTo(after, performance.now());
      return this.#goOn(after);
    }
    if (this.#isAtEnd(at)) return this.#end();
    const needed = this.#needed(at);
    const isShort = ({ playback, endMs }: (typeof needed)[number]) =>
      !(document.hidden && playback.feed.kind === 'picture') && !playback.hasData(at, endMs, enoughToGoOnMs);
    if (needed.some(isShort)) return this.#wait();
    const leader = this.#follow(at);
    this.#played.at(this.#now(), this.#speed, performance.now());
    for (const [trackId, playback] of this.#playbacks) {
      const track = this.#manifest.tracks.find((one) => one.trackId === trackId);
      const parts = track?.parts ?? [];
      const blocked = () => this.#blocked();
      playback.setVolume(this.#isMuted ? 0 : this.#volume);
      if (partAt(parts, at + startTakesMs * this.#speed)) playback.keepStep(this.#now(), this.#speed, playback === leader, blocked);
      else playback.prepare(parts.find(({ startMs }) => startMs > at)?.startMs, at);
    }
  }

  /** The clock goes where the leading sound is, so that the ear never hears a correction of it. */
  #follow(at: number): TrackPlayback | undefined {
    const before = this.#lead;
    this.#lead = undefined;
    for (const { trackId, parts } of soundsInOrder(this.#manifest, this.#leader)) {
      const playback = this.#playbacks.get(trackId);
      if (!playback || !partAt(parts, at)) continue;
      const now = performance.now();
      // The clock must not jump for a sound that has only begun, but it waits for the one that it followed.
      const soundMs = playback.leadingMs(
        this.#clock.position(now),
        leadsWithinMs[before === undefined ? 'first' : before === playback ? 'still' : 'next'],
      );
      if (soundMs === undefined) continue;
      this.#clock.moveTo(soundMs, now);
      this.#lead = playback;
      return playback;
    }
    return undefined;
  }

  #blocked(): void {
    this.#isBlocked = true;
    this.#hold('paused');
  }

  #isAtEnd(at: number): boolean {
    const leftMs = this.#timeline.lengthMs - this.#timeline.toWatching(at);
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

  #announce(): void {
    const now = performance.now();
    const at = this.#now();
    if (this.#announcedAt > 0 && this.#status === 'playing' && now - this.#announcedAt < announceEveryMs) return;
    this.#announcedAt = now;
    const next = this.#describe(at);
    if (sameState(this.#state, next)) return;
    this.#state = next;
    for (const listener of this.#listeners) listener();
  }

  #describe(at: number): PlayerState {
    const now = momentOf({
      manifest: this.#manifest,
      at: this.#shown(at),
      feedOf: (trackId) => this.#playbacks.get(trackId)?.feed,
      speaker: this.#speaker,
    });
    this.#speaker = now.speaker;
    this.#isSoundUnplayable ||= now.isSoundUnplayable;
    return {
      ...now,
      status: this.#status,
      positionMs: this.#timeline.toWatching(at),
      lengthMs: this.#timeline.lengthMs,
      speed: this.#speed,
      volume: this.#volume,
      isMuted: this.#isMuted,
      isSoundUnplayable: this.#isSoundUnplayable,
      isBlocked: this.#isBlocked,
    };
  }
}
