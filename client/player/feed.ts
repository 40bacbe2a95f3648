// Keeps one track's element filled around the moment that is played: a little behind it, half a minute ahead.
import type { RecordingPart, RecordingTrack } from '../../server/contract/recording.ts';
import { FileFault, type RecordingFiles } from './files.ts';
import { chunkFrom, entryBefore, type Fragment } from './fragments.ts';
import { IndexReader } from './index-reader.ts';
import { isPicture, nextPart, partAt } from './parts.ts';
import { ElementBuffer, Unplayable } from './source-buffer.ts';
import type { Kind } from './step.ts';

/** Filled up again when less than this share of what is wanted is left, so that requests are few and large. */
const lowShare = 0.6;
const keepBehindMs = 20_000;
const mostBehindMs = 40_000;
/** After a jump little is asked for, so that it plays soon. */
const firstChunk = { mostMs: 3000, mostBytes: 1_000_000 };
const laterChunk = { mostMs: 10_000, mostBytes: 3_000_000 };
const retryMs = [500, 1000, 2000, 4000];
const slowRetryMs = 8000;

export type FeedTrouble = FileFault['code'] | 'unplayable' | null;

type Wish = { readonly fromMs: number; readonly untilMs: number };

/** `next` is the place in the track from which on nothing was appended yet. */
type Cursor = { part: RecordingPart; fragment: number; isInitialised: boolean; readonly beganAtMs: number; heldToMs: number };

export class TrackFeed {
  readonly trackId: string;
  readonly kind: Kind;
  readonly element: HTMLMediaElement;
  readonly index: IndexReader;
  readonly #files: RecordingFiles;
  readonly #changed: () => void;
  readonly #closing = new AbortController();
  #parts: readonly RecordingPart[];
  #wish: Wish | undefined;
  #cursor: Cursor | undefined;
  #fetching = new AbortController();
  #failures = 0;
  #trouble: FeedTrouble = null;
  #wake: (() => void) | undefined;
  #removedToMs = 0;
  #isFilling = true;
  #mostAheadMs = Number.POSITIVE_INFINITY;

  constructor(track: RecordingTrack, files: RecordingFiles, changed: () => void) {
    this.trackId = track.trackId;
    this.kind = isPicture(track) ? 'picture' : 'sound';
    this.element = document.createElement(this.kind === 'picture' ? 'video' : 'audio');
    this.element.preload = 'auto';
    this.#parts = track.parts;
    this.#files = files;
    this.index = new IndexReader(files);
    this.#changed = changed;
    void this.#run();
  }

  get trouble(): FeedTrouble {
    return this.#trouble;
  }

  setParts(parts: readonly RecordingPart[]): void {
    this.#parts = parts;
    this.#wakeUp();
  }

  /** What should be there. Said again and again while playing. */
  want(fromMs: number, untilMs: number): void {
    const before = this.#wish?.fromMs ?? fromMs;
    this.#wish = { fromMs, untilMs: Math.min(untilMs, fromMs + this.#mostAheadMs) };
    // Only a jump of the viewer's makes what is under way useless; time that goes on does not.
    if (Math.abs(fromMs - before) > 3000 && this.#isElsewhere(fromMs)) this.#fetching.abort();
    this.#wakeUp();
  }

  /** Up to where it can be played from the moment on without a hole; undefined when the moment itself is missing. */
  playableTo(ms: number): number | undefined {
    const { buffered } = this.element;
    // Frames do not begin exactly where their part does.
    const slackMs = 120;
    for (let range = 0; range < buffered.length; range++) {
      const fromMs = buffered.start(range) * 1000;
      const toMs = buffered.end(range) * 1000;
      if (fromMs - slackMs <= ms && ms < toMs) return toMs;
    }
    return undefined;
  }

  /** At once, after silence of the server. */
  retry(): void {
    this.#failures = 0;
    this.#wakeUp();
  }

  close(): void {
    this.#closing.abort();
    this.#fetching.abort();
    this.#wakeUp();
  }

  async #run(): Promise<void> {
    let buffer: ElementBuffer | undefined;
    try {
      buffer = await ElementBuffer.open(this.element, this.#closing.signal);
      while (!this.#closing.signal.aborted) {
        const hasMoved = await this.#step(buffer).catch((fault: unknown) => this.#recover(fault));
        if (!hasMoved && !this.#closing.signal.aborted) await this.#sleep();
      }
    } catch {
      this.#report('unplayable');
    } finally {
      buffer?.close();
    }
  }

  /** Does the next thing that is to be done; false when there is nothing. */
  async #step(buffer: ElementBuffer): Promise<boolean> {
    const wish = this.#wish;
    if (!wish) return false;
    this.#fetching = new AbortController();
    const { signal } = this.#fetching;
    if (!this.#cursor || this.#isElsewhere(wish.fromMs)) return this.#enter(buffer, wish.fromMs, signal);
    const cursor = this.#cursor;
    if (wish.fromMs - mostBehindMs > this.#removedToMs) {
      this.#removedToMs = wish.fromMs - keepBehindMs;
      await buffer.remove(0, this.#removedToMs);
      return true;
    }
    if (cursor.part.startMs >= wish.untilMs || !this.#partFrom(wish.fromMs)) return false;
    if (this.#hasPlenty(cursor, wish)) return false;
    const part = this.#parts.find(({ file }) => file === cursor.part.file) ?? cursor.part;
    const fragments = await this.index.read(part, signal);
    if (cursor.fragment >= fragments.length) return this.#leave(cursor, part);
    const limits = cursor.heldToMs - wish.fromMs < firstChunk.mostMs ? firstChunk : laterChunk;
    const chunk = chunkFrom(fragments, cursor.fragment, { ...limits, untilMs: wish.untilMs });
    if (!chunk) return false;
    const bytes = await this.#fetch(part, cursor, chunk.firstByte, chunk.lastByte, signal);
    if (!cursor.isInitialised) buffer.prepare(part.mime);
    for (const piece of bytes) await buffer.append(piece);
    cursor.isInitialised = true;
    cursor.fragment += chunk.count;
    cursor.heldToMs = chunk.toMs;
    buffer.setEnd((this.#parts.at(-1)?.endMs ?? 0) + 60_000);
    this.#failures = 0;
    this.#report(null);
    this.#changed();
    return true;
  }

  #hasPlenty(cursor: Cursor, { fromMs, untilMs }: Wish): boolean {
    const leftMs = Math.max(cursor.heldToMs, cursor.isInitialised ? 0 : cursor.part.startMs) - fromMs;
    const isFilling = this.#isFilling;
    this.#isFilling = isFilling ? leftMs < untilMs - fromMs : leftMs < (untilMs - fromMs) * lowShare;
    return !this.#isFilling;
  }

  /** The first bytes of a part, if they are still needed, and the chunk; one request where they touch. */
  async #fetch(part: RecordingPart, cursor: Cursor, first: number, last: number, signal: AbortSignal): Promise<ArrayBuffer[]> {
    if (cursor.isInitialised) return [await this.#files.bytes(part.file, first, last, signal)];
    if (first === part.initBytes) return [await this.#files.bytes(part.file, 0, last, signal)];
    return Promise.all([this.#files.bytes(part.file, 0, part.initBytes - 1, signal), this.#files.bytes(part.file, first, last, signal)]);
  }

  async #enter(buffer: ElementBuffer, ms: number, signal: AbortSignal): Promise<boolean> {
    const part = this.#partFrom(ms);
    if (!part) return false;
    const isInside = part.startMs <= ms;
    const fragments: readonly Fragment[] = isInside ? await this.index.read(part, signal) : [];
    const fragment = entryBefore(fragments, ms);
    await buffer.clear();
    const beganAtMs = isInside ? Math.min(ms, fragments[fragment]?.fromMs ?? ms) : ms;
    this.#removedToMs = beganAtMs;
    this.#cursor = { part, fragment, isInitialised: false, beganAtMs, heldToMs: beganAtMs };
    return true;
  }

  #leave(cursor: Cursor, part: RecordingPart): boolean {
    if (part.open) return false;
    const next = nextPart(this.#parts, part.startMs);
    if (!next) return false;
    cursor.part = next;
    cursor.fragment = 0;
    cursor.isInitialised = false;
    return true;
  }

  #partFrom(ms: number): RecordingPart | undefined {
    return partAt(this.#parts, ms) ?? nextPart(this.#parts, ms);
  }

  /** The moment lies before what is held, or so far behind it that filling up would take longer than beginning anew. */
  #isElsewhere(ms: number): boolean {
    const cursor = this.#cursor;
    if (!cursor) return false;
    if (ms < Math.max(cursor.beganAtMs, this.#removedToMs)) return true;
    const part = this.#partFrom(ms);
    if (!part) return false;
    if (part.startMs > cursor.part.startMs) return ms > cursor.heldToMs + 2000;
    return ms > Math.max(cursor.heldToMs, part.startMs) + 8000;
  }

  async #recover(fault: unknown): Promise<boolean> {
    if (this.#closing.signal.aborted) return false;
    if (this.#fetching.signal.aborted) return true;
    if (fault instanceof DOMException && fault.name === 'QuotaExceededError') {
      // The browser's own limit: what was played goes first, and less is held.
      const cursor = this.#cursor;
      const fromMs = this.#wish?.fromMs ?? 0;
      this.#removedToMs = Number.NEGATIVE_INFINITY;
      this.#mostAheadMs = Math.max(4000, ((cursor?.heldToMs ?? fromMs) - fromMs) * 0.7);
      return false;
    }
    if (!(fault instanceof FileFault)) throw fault instanceof Unplayable ? fault : new Unplayable(String(fault));
    this.#report(fault.code);
    this.#failures++;
    await this.#sleep(fault.isPassing ? (retryMs[this.#failures - 1] ?? slowRetryMs) : slowRetryMs);
    return true;
  }

  #report(trouble: FeedTrouble): void {
    if (this.#trouble === trouble || this.#closing.signal.aborted) return;
    this.#trouble = trouble;
    this.#changed();
  }

  #sleep(ms?: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = ms === undefined ? undefined : setTimeout(resolve, ms);
      this.#wake = () => {
        if (timer !== undefined && this.#failures > 0 && !this.#closing.signal.aborted) return;
        clearTimeout(timer);
        resolve();
      };
    });
  }

  #wakeUp(): void {
    this.#wake?.();
  }
}
