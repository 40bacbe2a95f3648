// Still pictures of a room's screens, for those whose lines carry no moving ones: which are wanted, the last of each, and who is sent how much when.
import type { ConnectionId, Instant, ParticipantId, TrackId } from '../contract/ids.ts';
import type { ParsedInput } from '../contract/index.ts';
import type { Notice } from '../contract/notices.ts';
import { Refused } from '../contract/reply.ts';
import type { Clock, Timer } from '../ports/clock.ts';
import { pictureSize } from './picture-size.ts';
import { stillBpsOn, stillBytesOn } from './steps.ts';

export type Still = ParsedInput<'media:still'>;
type StillStep = keyof typeof stillBpsOn;

/** A little less than the four seconds that a client waits, for messages do not arrive as evenly as they are sent. */
const stillEveryMs = 3_500;
const sliceMs = 800;

interface Kept {
  readonly number: number;
  readonly at: Instant;
  readonly still: Still;
  readonly participantId: ParticipantId;
}

interface Receiver {
  wants: readonly TrackId[];
  step: StillStep;
  /** Always to its end: a screen that changes all the time would else never be seen. */
  sending: { readonly kept: Kept; offset: number } | null;
  readonly seen: Map<TrackId, number>;
}

export interface StillsOptions {
  readonly clock: Clock;
  tell(connectionId: ConnectionId, notice: Notice): void;
  /** To the device that shares the screen. */
  tellOwner(trackId: TrackId, notice: Notice): void;
}

export class Stills {
  readonly #options: StillsOptions;
  readonly #receivers = new Map<ConnectionId, Receiver>();
  readonly #kept = new Map<TrackId, Kept>();
  /** What each owner was told. */
  readonly #wanted = new Map<TrackId, number>();
  #lastNumber = 0;
  #timer: Timer | null = null;

  constructor(options: StillsOptions) {
    this.#options = options;
  }

  /** What a device is to be sent from now on; nothing when `wants` is empty. */
  want(connectionId: ConnectionId, wants: readonly TrackId[], step: StillStep): void {
    const receiver = this.#receivers.get(connectionId);
    if (wants.length === 0) {
      if (!this.#receivers.delete(connectionId)) return;
    } else if (receiver === undefined) {
      this.#receivers.set(connectionId, { wants, step, sending: null, seen: new Map() });
    } else {
      receiver.wants = wants;
      receiver.step = step;
      if (receiver.sending !== null && !wants.includes(receiver.sending.kept.still.trackId)) receiver.sending = null;
    }
    this.#ask();
    this.#keepSending();
  }

  /** What the owner of a screen was told last, for when it may not have heard it. */
  wantedBytes(trackId: TrackId): number | null {
    return this.#wanted.get(trackId) ?? null;
  }

  /** L12, L13. Throws `Refused`. */
  take(still: Still, participantId: ParticipantId): void {
    const { trackId, mime, bytes, width, height } = still;
    if (!this.#wanted.has(trackId)) throw new Refused('conflict', 'Nobody wants still pictures of this just now.');
    const now = this.#options.clock.now();
    const nextAt = (this.#kept.get(trackId)?.at ?? Number.NEGATIVE_INFINITY) + stillEveryMs;
    if (now < nextAt) throw new Refused('too-many-requests', 'A still picture came a moment ago.', { retryAfterMs: nextAt - now });
    const size = pictureSize(mime, bytes);
    if (size === null || size.width !== width || size.height !== height) throw new Refused('bad-request', 'This is no such picture.');
    this.#lastNumber += 1;
    // A copy: what came may be a part of something larger.
    const kept = { number: this.#lastNumber, at: now, still: { ...still, bytes: Uint8Array.from(bytes) }, participantId };
    this.#kept.set(trackId, kept);
    this.#keepSending();
  }

  forgetTrack(trackId: TrackId): void {
    this.#kept.delete(trackId);
    this.#wanted.delete(trackId);
    for (const receiver of this.#receivers.values()) if (receiver.sending?.kept.still.trackId === trackId) receiver.sending = null;
  }

  close(): void {
    this.#timer?.cancel();
    this.#timer = null;
    this.#receivers.clear();
    this.#kept.clear();
    this.#wanted.clear();
  }

  #ask(): void {
    const wanted = new Map<TrackId, number>();
    for (const { wants, step } of this.#receivers.values())
      for (const trackId of wants) wanted.set(trackId, Math.min(wanted.get(trackId) ?? Number.POSITIVE_INFINITY, stillBytesOn[step]));
    for (const [trackId, mostBytes] of wanted) if (this.#wanted.get(trackId) !== mostBytes) this.#tellOwner(trackId, mostBytes);
    for (const trackId of [...this.#wanted.keys()]) {
      if (wanted.has(trackId)) continue;
      this.#kept.delete(trackId);
      this.#tellOwner(trackId, null);
    }
  }

  #tellOwner(trackId: TrackId, mostBytes: number | null): void {
    if (mostBytes === null) this.#wanted.delete(trackId);
    else this.#wanted.set(trackId, mostBytes);
    this.#options.tellOwner(trackId, { type: 'stills-wanted', trackId, mostBytes });
  }

  #keepSending(): void {
    const isBusy = [...this.#receivers.values()].some((receiver) => this.#next(receiver) !== null);
    if (isBusy) this.#timer ??= this.#options.clock.every(sliceMs, () => this.#sendSlices());
    else this.#timer?.cancel();
    if (!isBusy) this.#timer = null;
  }

  #next(receiver: Receiver): Receiver['sending'] {
    if (receiver.sending !== null) return receiver.sending;
    for (const trackId of receiver.wants) {
      const kept = this.#kept.get(trackId);
      if (kept !== undefined && receiver.seen.get(trackId) !== kept.number) return { kept, offset: 0 };
    }
    return null;
  }

  /** L14: a slice at a time, so that a picture never stands in sound's way for longer than a moment. */
  #sendSlices(): void {
    for (const [connectionId, receiver] of this.#receivers) {
      const sending = this.#next(receiver);
      if (sending === null) continue;
      const { still, number, participantId } = sending.kept;
      const { trackId, mime, width, height, bytes } = still;
      const end = Math.min(bytes.byteLength, sending.offset + Math.floor((stillBpsOn[receiver.step] * sliceMs) / 8_000));
      this.#options.tell(connectionId, {
        ...{ type: 'still-part', trackId, participantId, mime, width, height },
        ...{ still: number, offset: sending.offset, size: bytes.byteLength, bytes: bytes.subarray(sending.offset, end) },
      });
      const isWhole = end === bytes.byteLength;
      receiver.sending = isWhole ? null : { kept: sending.kept, offset: end };
      if (isWhole) receiver.seen.set(trackId, number);
    }
    this.#keepSending();
  }
}
