// Keeps one line to the server open: fetches tokens, opens wires, waits longer after each failure, starts again when a line breaks.
import type { RequestInput, RequestName, RequestOutput } from '../../server/contract/index.ts';
import type { RtpCapabilities } from '../../server/contract/media.ts';
import type { Notice } from '../../server/contract/notices.ts';
import { backoffMs } from './backoff.ts';
import { type Failure, isPassing, type Outcome, offline } from './outcome.ts';
import type { Entry } from './room-token.ts';
import type { OpenWire, Wire } from './wire.ts';

export interface ConnectionEvents {
  /** What rooms offer, with each token that is fetched: there is time to get ready for it. */
  readonly onOffered: (capabilities: RtpCapabilities) => void;
  /** The line is open, for the first time or again. */
  readonly onOpen: () => void;
  /** The line broke; tries go on by themselves. */
  readonly onLost: () => void;
  /** The server does not want this client; no further try is made. */
  readonly onRefused: (failure: Failure) => void;
  readonly onNotices: (batch: readonly Notice[]) => void;
}

export interface Surroundings {
  readonly openWire: OpenWire;
  /** A fresh token for the room, and what rooms offer. */
  readonly fetchEntry: () => Promise<Outcome<Entry>>;
  readonly now: () => number;
  readonly random: () => number;
  /** Runs `action` after `ms`; the answer cancels it. */
  readonly later: (ms: number, action: () => void) => () => void;
}

/** Room tokens live five minutes; an older one is not even tried. */
const tokenUsableMs = 4 * 60_000;
/** Over a line that works a try succeeds or fails sooner. */
const triedLongMs = 1_000;
/**
 * By the number of tries since the line broke. What was lost at the beginning of a connection is sent again ever more slowly, so that beginning anew is
 * faster; but a slow line must have its time at last.
 */
const triedForMs = [15_000, 2_500, 4_000] as const;

type Line =
  | { readonly kind: 'closed' }
  | { readonly kind: 'trying'; readonly since: number }
  | { readonly kind: 'pausing'; readonly cancel: () => void }
  | { readonly kind: 'open' };

export class Connection {
  readonly #around: Surroundings;
  readonly #events: ConnectionEvents;
  #line: Line = { kind: 'closed' };
  #wire: Wire | undefined;
  #token: { readonly value: string; readonly at: number; readonly fresh: boolean } | undefined;
  #attempt = 0;
  /** Raised by `open` and `close`: what an older round still brings is not for us. */
  #round = 0;

  constructor(around: Surroundings, events: ConnectionEvents) {
    this.#around = around;
    this.#events = events;
  }

  get isOpen(): boolean {
    return this.#line.kind === 'open';
  }

  /** Gets the token beforehand. Why it is refused is told by `open`. */
  async prepare(): Promise<void> {
    if (this.#token || this.#line.kind !== 'closed') return;
    const at = this.#around.now();
    const fetched = await this.#fetchToken();
    if (fetched.ok) this.#token ??= { value: fetched.value, at, fresh: false };
  }

  async #fetchToken(): Promise<Outcome<string>> {
    const fetched = await this.#around.fetchEntry();
    if (!fetched.ok) return fetched;
    this.#events.onOffered(fetched.value.rtpCapabilities);
    return { ok: true, value: fetched.value.roomToken };
  }

  open(): void {
    if (this.#line.kind !== 'closed') return;
    this.#attempt = 0;
    void this.#try();
  }

  /** Tries at once instead of waiting: the network is back, or the page is in front again. A try that began before that may wait for packets that were lost. */
  hurry(): void {
    if (this.#line.kind === 'closed' || this.#line.kind === 'open') return;
    if (this.#line.kind === 'trying') {
      if (this.#around.now() - this.#line.since < triedLongMs) return;
      this.#wire?.drop();
      this.#wire = undefined;
    } else {
      this.#line.cancel();
    }
    this.#attempt = 0;
    void this.#try();
  }

  async call<N extends RequestName>(name: N, input: RequestInput<N>): Promise<Outcome<RequestOutput<N>>> {
    if (this.#line.kind !== 'open' || !this.#wire) return offline;
    return await this.#wire.send(name, input);
  }

  /** Says goodbye and stays closed until `open`. */
  close(): void {
    this.#shut((wire) => wire.close());
  }

  /** Breaks off without a goodbye and opens anew. */
  renew(): void {
    this.#shut((wire) => wire.drop());
    this.open();
  }

  #shut(end: (wire: Wire) => void): void {
    if (this.#line.kind === 'pausing') this.#line.cancel();
    this.#line = { kind: 'closed' };
    this.#round += 1;
    if (this.#wire) end(this.#wire);
    this.#wire = undefined;
  }

  async #try(): Promise<void> {
    this.#line = { kind: 'trying', since: this.#around.now() };
    this.#round += 1;
    const round = this.#round;
    this.#around.later(triedForMs[this.#attempt] ?? triedForMs[0], () => {
      if (round === this.#round && this.#line.kind === 'trying') this.#abandon();
    });
    const token = await this.#usableToken();
    if (round !== this.#round) return;
    if (!token.ok) {
      if (isPassing(token.code)) this.#pause();
      else this.#giveUp(token);
      return;
    }
    const current = (action: () => void) => {
      if (round === this.#round) action();
    };
    this.#wire = this.#around.openWire(token.value, {
      opened: () => current(() => this.#opened()),
      refused: (code, details) => current(() => this.#refused({ ok: false, code, details })),
      lost: () => current(() => this.#lost()),
      notices: (batch) => current(() => this.#events.onNotices(batch)),
    });
  }

  #abandon(): void {
    this.#round += 1;
    this.#wire?.drop();
    this.#lost();
  }

  async #usableToken(): Promise<Outcome<string>> {
    const now = this.#around.now();
    if (this.#token && now - this.#token.at < tokenUsableMs) {
      this.#token = { ...this.#token, fresh: false };
      return { ok: true, value: this.#token.value };
    }
    const fetched = await this.#fetchToken();
    if (fetched.ok) this.#token = { value: fetched.value, at: now, fresh: true };
    return fetched;
  }

  #opened(): void {
    this.#line = { kind: 'open' };
    this.#attempt = 0;
    this.#events.onOpen();
  }

  #lost(): void {
    const wasOpen = this.#line.kind === 'open';
    this.#wire = undefined;
    this.#pause();
    if (wasOpen) this.#events.onLost();
  }

  #refused(failure: Failure): void {
    this.#wire = undefined;
    const stale = failure.code === 'token-expired' || failure.code === 'not-signed-in';
    if (stale && this.#token?.fresh === false) {
      this.#token = undefined;
      void this.#try();
      return;
    }
    this.#token = undefined;
    if (isPassing(failure.code)) this.#pause();
    else this.#giveUp(failure);
  }

  #pause(): void {
    const wait = backoffMs(this.#attempt, this.#around.random());
    this.#attempt += 1;
    this.#line = { kind: 'pausing', cancel: this.#around.later(wait, () => void this.#try()) };
  }

  #giveUp(failure: Failure): void {
    this.#line = { kind: 'closed' };
    this.#events.onRefused(failure);
  }
}
