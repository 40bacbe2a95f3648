// Keeps one track's element filled around the moment that is played: a little behind it, half a minute ahead.
import type { RecordingPart, RecordingTrack } from '../../server/contract/recording.ts';
import { type Broken, brokenFrom, holesIn, TrackParts } from './broken.ts';
import { FileFault, type RecordingFiles } from './files.ts';
import { chunkFrom, entryBefore, type Fragment } from './fragments.ts';
import { IndexReader } from './index-reader.ts';
import { Nap } from './nap.ts';
import { isPicture, partAt } from './parts.ts';
import { currentPart, isElsewhere, leavePart, type Place, partFrom, type Wish } from './place.ts';
import { bufferedFrom, ElementBuffer, nextBuffered, Undecodable, Unplayable } from './source-buffer.ts';
import type { Kind } from './step.ts';
import { Trials } from './trials.ts';

/** Filled up again when less than this share of what is wanted is left, so that requests are few and large. */
const lowShare = 0.6;
const keepBehindMs = 20_000;
const mostBehindMs = 40_000;
/** Held even when the browser wants nothing more. */
const managedAheadMs = 8000;
/** After a jump little is asked for, so that it plays soon. */
const firstChunk = { mostMs: 3000, mostBytes: 1_000_000 };
const laterChunk = { mostMs: 10_000, mostBytes: 3_000_000 };

/** A refusal says which, and sometimes why. */
export type FeedTrouble = { readonly code: FileFault['code']; readonly why?: string | undefined } | null;

export type FeedListener = {
  /** Something came, or failed. */
  readonly changed: () => void;
  /** The server does not know what the manifest names. */
  readonly stale: () => void;
};

export class TrackFeed {
  readonly trackId: string;
  readonly kind: Kind;
  readonly element: HTMLMediaElement;
  readonly index: IndexReader;
  readonly #files: RecordingFiles;
  readonly #listener: FeedListener;
  readonly #closing = new AbortController();
  readonly #nap = new Nap();
  readonly #trials = new Trials();
  readonly #parts: TrackParts;
  #wish: Wish | undefined;
  #place: Place | undefined;
  #fetching = new AbortController();
  #trouble: FeedTrouble = null;
  #removedToMs = 0;
  #isFilling = true;
  #gotBackMs = Number.NEGATIVE_INFINITY;
  #mostAheadMs = Number.POSITIVE_INFINITY;

  constructor(track: RecordingTrack, files: RecordingFiles, listener: FeedListener) {
    this.trackId = track.trackId;
    this.kind = isPicture(track) ? 'picture' : 'sound';
    this.element = document.createElement(this.kind === 'picture' ? 'video' : 'audio');
    this.element.preload = 'auto';
    this.element.addEventListener('error', () => this.#nap.wake(), { signal: this.#closing.signal });
    this.#parts = new TrackParts(track.parts);
    this.#files = files;
    this.index = new IndexReader(files);
    this.#listener = listener;
    void this.#run();
  }

  get trouble(): FeedTrouble {
    return this.#trouble;
  }

  /** The track's parts without what cannot be had. */
  get parts(): readonly RecordingPart[] {
    return this.#parts.playable;
  }

  get broken(): readonly Broken[] {
    return this.#parts.broken;
  }

  setParts(parts: readonly RecordingPart[]): void {
    this.#parts.set(parts);
    this.#nap.wake();
  }

  /** What should be there. Said again and again while playing. */
  want(fromMs: number, untilMs: number): void {
    const before = this.#wish?.fromMs ?? fromMs;
    this.#wish = { fromMs, untilMs: Math.min(untilMs, fromMs + this.#mostAheadMs) };
    // Only a jump of the viewer's makes what is under way useless; time that goes on does not.
    if (Math.abs(fromMs - before) > 3000 && this.#mustEnter(fromMs)) this.#fetching.abort();
    this.#nap.wake();
  }

  playableTo(ms: number): number | undefined {
    return bufferedFrom(this.element, ms);
  }

  /** At once, after silence of the server. */
  retry(): void {
    this.#parts.mend('unheard');
    this.#trials.forgive();
    this.#nap.shake();
  }

  close(): void {
    this.#closing.abort();
    this.#fetching.abort();
    this.#nap.shake();
  }

  get #isClosed(): boolean {
    return this.#closing.signal.aborted;
  }

  async #run(): Promise<void> {
    while (!this.#isClosed) {
      let buffer: ElementBuffer | undefined;
      try {
        buffer = await ElementBuffer.open(this.element, this.#closing.signal);
        await this.#fill(buffer);
      } catch (fault) {
        if (!this.#isClosed) await this.#giveUpOn(fault);
      } finally {
        buffer?.close();
      }
    }
  }

  /** Until it is closed; throws what the buffer does not survive. */
  async #fill(buffer: ElementBuffer): Promise<void> {
    while (!this.#isClosed) {
      const hasMoved = await this.#step(buffer).catch((fault: unknown) => this.#recover(fault));
      if (!hasMoved && !this.#isClosed) await this.#nap.sleep();
    }
  }

  /** Does the next thing that is to be done; false when there is nothing. */
  async #step(buffer: ElementBuffer): Promise<boolean> {
    buffer.check();
    const wish = this.#wish;
    if (!wish) return false;
    this.#fetching = new AbortController();
    const { signal } = this.#fetching;
    const place = this.#place;
    if (!place || this.#mustEnter(wish.fromMs)) return this.#enter(buffer, wish.fromMs, signal);
    if (this.#isGone(place, wish.fromMs)) return this.#getBack(buffer, place, wish.fromMs, signal);
    if (wish.fromMs - mostBehindMs > this.#removedToMs) {
      this.#removedToMs = wish.fromMs - keepBehindMs;
      await buffer.remove(0, this.#removedToMs);
      return true;
    }
    if (place.part.startMs >= wish.untilMs || !partFrom(this.parts, wish.fromMs)) return false;
    if (this.#hasPlenty(place, wish, buffer.wantsMore)) return false;
    const part = currentPart(this.parts, place.part);
    if (!part) return leavePart(place, this.parts);
    const fragments = await this.#indexOf(part, signal);
    if (place.fragment >= fragments.length) return !part.open && leavePart(place, this.parts);
    const limits = place.heldToMs - wish.fromMs < firstChunk.mostMs ? firstChunk : laterChunk;
    const chunk = chunkFrom(fragments, place.fragment, { ...limits, untilMs: wish.untilMs, mostCount: this.#trials.mostCount });
    if (!chunk) return false;
    const pieces = await this.#files.pieces(part, !place.isInitialised, chunk, signal);
    if (!place.isInitialised) buffer.prepare(part.mime);
    for (const piece of pieces) await buffer.append(piece);
    place.isInitialised = true;
    place.fragment += chunk.count;
    place.heldToMs = chunk.toMs;
    buffer.setEnd(this.#parts.endMs + 60_000);
    this.#trials.worked();
    this.#report(null);
    this.#listener.changed();
    return true;
  }

  /** Appended, and yet not there: the browser threw it away, or could make nothing of it. */
  #isGone(place: Place, ms: number): boolean {
    const isInside = ms > place.beganAtMs && ms < place.heldToMs - 500;
    return isInside && partAt(this.parts, ms) !== undefined && this.playableTo(ms) === undefined;
  }

  /** Once more; what is missing the second time as well is played over. */
  async #getBack(buffer: ElementBuffer, place: Place, ms: number, signal: AbortSignal): Promise<boolean> {
    const isSecond = Math.abs(ms - this.#gotBackMs) < 1000;
    this.#gotBackMs = ms;
    if (!isSecond) return this.#enter(buffer, ms, signal);
    this.#break({ fromMs: ms, toMs: nextBuffered(this.element, ms) ?? place.heldToMs, why: 'undecodable' });
    return true;
  }

  #hasPlenty(place: Place, { fromMs, untilMs }: Wish, wantsMore: boolean): boolean {
    if (!wantsMore && (this.playableTo(fromMs) ?? 0) - fromMs > managedAheadMs) return true;
    const leftMs = Math.max(place.heldToMs, place.isInitialised ? 0 : place.part.startMs) - fromMs;
    const isFilling = this.#isFilling;
    this.#isFilling = isFilling ? leftMs < untilMs - fromMs : leftMs < (untilMs - fromMs) * lowShare;
    return !this.#isFilling;
  }

  async #indexOf(part: RecordingPart, signal: AbortSignal): Promise<readonly Fragment[]> {
    const fragments = await this.index.read(part, signal);
    const holes = holesIn(part, fragments);
    if (holes.length === 0) return fragments;
    for (const hole of holes) this.#break({ ...hole, why: 'missing' });
    const left = currentPart(this.parts, part);
    return left ? this.index.read(left, signal) : [];
  }

  async #enter(buffer: ElementBuffer, ms: number, signal: AbortSignal): Promise<boolean> {
    const part = partFrom(this.parts, ms);
    if (!part) return false;
    const isInside = part.startMs <= ms;
    // Set first, so that it is known which part fails if its index does.
    this.#place = { part, fragment: 0, isInitialised: false, beganAtMs: ms, heldToMs: ms };
    const fragments = isInside ? await this.#indexOf(part, signal) : [];
    const fragment = entryBefore(fragments, ms);
    await buffer.clear();
    const beganAtMs = isInside ? Math.min(ms, fragments[fragment]?.fromMs ?? ms) : ms;
    this.#removedToMs = beganAtMs;
    this.#place = { part, fragment, isInitialised: false, beganAtMs, heldToMs: beganAtMs };
    return true;
  }

  #mustEnter(ms: number): boolean {
    return this.#place !== undefined && isElsewhere(this.#place, this.parts, ms, this.#removedToMs);
  }

  async #recover(fault: unknown): Promise<boolean> {
    if (this.#isClosed) return false;
    if (this.#fetching.signal.aborted) {
      this.#place = undefined;
      return true;
    }
    if (fault instanceof DOMException && fault.name === 'QuotaExceededError') {
      // The browser's own limit: what was played goes first, and less is held.
      const fromMs = this.#wish?.fromMs ?? 0;
      this.#removedToMs = Number.NEGATIVE_INFINITY;
      this.#mostAheadMs = Math.max(4000, ((this.#place?.heldToMs ?? fromMs) - fromMs) * 0.7);
      return false;
    }
    if (fault instanceof Unplayable && this.#place) {
      const { part } = this.#place;
      this.#break({ fromMs: part.startMs, toMs: part.endMs, why: 'unplayable' });
      return true;
    }
    if (!(fault instanceof FileFault)) throw fault;
    const verdict = this.#trials.failed(fault);
    if (verdict.isStale) this.#listener.stale();
    if (verdict.isLost) return this.#breakHere('missing', fault.code === 'not-found');
    this.#report({ code: fault.code, why: fault.why });
    await this.#nap.sleep(verdict.againMs, true);
    return true;
  }

  /** The buffer is gone with what it held: another is opened, and what it could not read is played over. */
  async #giveUpOn(fault: unknown): Promise<void> {
    const atMs = this.#wish?.fromMs ?? 0;
    const place = this.#place;
    const isExact = fault instanceof Undecodable && fault.whileAppending;
    if (fault instanceof Undecodable && fault.isOfDevice) this.#break({ fromMs: atMs, toMs: this.#parts.endMs, why: 'unheard' });
    else if (isExact && this.#trials.mostCount === undefined) this.#trials.beCareful();
    else if (isExact || !place) this.#breakHere('undecodable', false);
    else {
      const part = partFrom(this.parts, atMs);
      const fragments = (part && this.index.peek(part)) ?? [];
      const index = Math.max(
        0,
        fragments.findIndex(({ toMs }) => toMs > atMs + 20),
      );
      if (part) this.#break({ ...brokenFrom(part, fragments, index), why: 'undecodable' });
    }
    this.#place = undefined;
    this.#listener.changed();
    // Never a busy circle, whatever the browser does.
    await this.#nap.sleep(100, true);
  }

  /** What was to come next is played over: up to the next place to enter, or to the part's end. */
  #breakHere(why: Broken['why'], whole: boolean): boolean {
    const place = this.#place;
    if (!place) return false;
    const part = currentPart(this.parts, place.part) ?? place.part;
    const fragments = this.index.peek(part) ?? [];
    const span = whole || fragments.length === 0 ? { toMs: part.endMs } : { toMs: brokenFrom(part, fragments, place.fragment).toMs };
    this.#break({ fromMs: fragments[place.fragment]?.fromMs ?? part.startMs, ...span, why });
    return true;
  }

  #break(broken: Broken): void {
    this.#trials.forgive();
    this.#parts.break(broken);
    const place = this.#place;
    if (place && !currentPart(this.parts, place.part)) leavePart(place, this.parts);
    this.#report(null);
    this.#listener.changed();
  }

  #report(trouble: FeedTrouble): void {
    if (this.#trouble?.code === trouble?.code || this.#isClosed) return;
    this.#trouble = trouble;
    this.#listener.changed();
  }
}
