// The elements of the tracks around a moment: a class of thirty would be too much for a phone.
import type { TrackId } from '../../server/contract/ids.ts';
import type { RecordingManifest, RecordingTrack } from '../../server/contract/recording.ts';
import { TrackFeed } from './feed.ts';
import type { RecordingFiles } from './files.ts';
import { isPicture, partAt, touches } from './parts.ts';
import { startTakesMs, TrackPlayback } from './track-playback.ts';

/** An element that was needed lately is kept, since people jump back. */
const keepMs = 15_000;

export type Needed = { readonly playback: TrackPlayback; readonly endMs: number };

export type PlaybacksListener = {
  /** Something came while nothing plays. */
  readonly changed: () => void;
  readonly stale: () => void;
  /** The browser wants a press of a button first. */
  readonly blocked: () => void;
};

export class Playbacks {
  readonly #files: RecordingFiles;
  readonly #listener: PlaybacksListener;
  readonly #open = new Map<TrackId, TrackPlayback>();

  constructor(files: RecordingFiles, listener: PlaybacksListener) {
    this.#files = files;
    this.#listener = listener;
  }

  readonly feedOf = (trackId: TrackId): TrackFeed | undefined => this.#open.get(trackId)?.feed;

  get(trackId: TrackId): TrackPlayback | undefined {
    return this.#open.get(trackId);
  }

  /** Opens what is needed from `at` to `untilMs` and chosen, and closes what is far away, or not wanted any more. */
  fill(tracks: readonly RecordingTrack[], chosen: readonly RecordingTrack[], at: number, untilMs: number): void {
    const wanted = new Set(chosen);
    for (const track of tracks) {
      const playback = this.#open.get(track.trackId);
      if (!wanted.has(track)) this.#close(track.trackId);
      else if (touches(track.parts, { fromMs: at, toMs: untilMs })) (playback ?? this.#begin(track)).feed.want(at, untilMs);
      else if (!touches(track.parts, { fromMs: at - keepMs, toMs: untilMs + keepMs })) this.#close(track.trackId);
    }
  }

  update({ tracks }: RecordingManifest, isEdited: boolean): void {
    const known = new Map(tracks.map((track) => [track.trackId, track]));
    for (const [trackId, { feed }] of this.#open) {
      const track = known.get(trackId);
      if (isEdited) feed.index.forget();
      if (track) feed.setParts(track.parts);
      else this.#close(trackId);
    }
  }

  /** What must be seen or heard at the moment. Pictures that nobody sees, in a hidden page, are not. */
  needed(at: number): Needed[] {
    return [...this.#open.values()].flatMap((playback) => {
      const part = partAt(playback.feed.parts, at);
      const isUnseen = document.hidden && playback.feed.kind === 'picture';
      return part && !isUnseen ? [{ playback, endMs: part.endMs }] : [];
    });
  }

  /** Plays what is on and prepares what comes next. */
  keepStep(at: number, speed: number, leader: TrackPlayback | undefined, volumeOf: (trackId: string) => number): void {
    for (const playback of this.#open.values()) {
      const { parts, trackId } = playback.feed;
      playback.setVolume(volumeOf(trackId));
      if (partAt(parts, at + startTakesMs * speed)) playback.keepStep(at, speed, playback === leader, this.#listener.blocked);
      else playback.prepare(parts.find(({ startMs }) => startMs > at)?.startMs, at);
    }
  }

  /** Pictures may stand at another moment than sound. */
  showMoment(at: number, picturesAt: number): void {
    for (const playback of this.#open.values()) playback.showMoment(playback.feed.kind === 'picture' ? picturesAt : at);
  }

  hold(): void {
    for (const playback of this.#open.values()) playback.hold();
  }

  retry(): void {
    for (const { feed } of this.#open.values()) feed.retry();
  }

  /** Class time up to which all that is on is there; the moment itself when something is missing. */
  bufferedTo(at: number, endMs: number): number {
    const ends = [...this.#open.values()].flatMap(({ feed }) => (partAt(feed.parts, at) ? [feed.playableTo(at) ?? at] : []));
    return ends.length === 0 ? at : Math.min(endMs, ...ends);
  }

  close(): void {
    for (const trackId of [...this.#open.keys()]) this.#close(trackId);
  }

  #begin(track: RecordingTrack): TrackPlayback {
    const playback = new TrackPlayback(new TrackFeed(track, this.#files, this.#listener));
    if (isPicture(track)) playback.feed.element.setAttribute('tabindex', '-1');
    this.#open.set(track.trackId, playback);
    return playback;
  }

  #close(trackId: TrackId): void {
    this.#open.get(trackId)?.close();
    this.#open.delete(trackId);
  }
}
