// The media of one device: its two transports, what it shows on its page, what it receives.
import type { Instant, TrackId, TransportId } from '../contract/ids.ts';
import type { RequestOutput } from '../contract/index.ts';
import type { LadderStep } from '../contract/ladder.ts';
import type { DtlsParameters, IceParameters, RtpCapabilities, TransportParameters, View } from '../contract/media.ts';
import type { Notice } from '../contract/notices.ts';
import type { IceState } from '../contract/reasons.ts';
import { Refused } from '../contract/reply.ts';
import type { MediaRoom, MediaTransport, TransportStats } from '../ports/media.ts';
import type { ConnectionRef } from '../room/connection-ref.ts';
import type { LineReading } from './ladder.ts';
import { type Given, LineLadder } from './line-ladders.ts';
import { needOf } from './steps.ts';
import { Subscriptions } from './subscriptions.ts';
import { checkView, emptyView, type Offer, stillsFor, wantedBy } from './wanted.ts';

/** Below it the rough copies of Opus do. */
const resendFromLoss = 0.02;

type Direction = 'send' | 'receive';
type Kept = RequestOutput<'media:catch-up'>;

/** Worst last. A transport for sending stays new until there is something to send. */
const iceStates = ['none', 'new', 'connected', 'disconnected', 'failed'] as const satisfies readonly IceState[];

export interface ConnectionMediaOptions {
  readonly ref: ConnectionRef;
  now(): Instant;
  tell(notice: Notice): void;
  /** On each reconciliation: what the line is given, and the screens for which stills stand in. */
  given(given: Given, stills: readonly TrackId[]): void;
  failed(error: unknown): void;
}

export class ConnectionMedia {
  readonly ref: ConnectionRef;
  readonly #options: ConnectionMediaOptions;
  readonly #transports: { send: MediaTransport | null; receive: MediaTransport | null } = { send: null, receive: null };
  /** Of transports that are gone: the worker that died says nothing of the line. */
  readonly #lastIce: Record<Direction, IceState> = { send: 'none', receive: 'none' };
  #capabilities: RtpCapabilities | null = null;
  #view: View = emptyView;
  #subscriptions: Subscriptions | null = null;
  readonly #ladder: LineLadder;
  #given: Given = { step: 'all', why: 'line' };
  /** L24: the line has lost what was sent; it will again. */
  #resendsSound = false;
  #closed = false;

  /** Its client has reported, since it was measured last, that less arrives. */
  isStrained = false;
  constructor(options: ConnectionMediaOptions) {
    this.ref = options.ref;
    this.#options = options;
    this.#ladder = new LineLadder(options.now());
  }

  /** Closes the transport of that direction that was open before. */
  async open(room: MediaRoom, direction: Direction, forWhom: 'anybody' | 'leading' = 'anybody'): Promise<TransportParameters> {
    const transport = await room.openTransport(direction, forWhom);
    if (this.#closed) {
      transport.close();
      throw new Refused('seat-lost', 'The connection ended meanwhile.');
    }
    this.#closeTransport(direction);
    this.#transports[direction] = transport;
    transport.onStrained(() => {
      this.isStrained = true;
    });
    if (direction === 'receive') {
      this.#ladder.tookNewPath(this.#options.now());
      this.#subscribe();
    }
    return transport.parameters;
  }

  connect(id: TransportId, dtls: DtlsParameters): Promise<void> {
    return this.#transport(id).connect(dtls);
  }

  restartIce(id: TransportId): Promise<IceParameters> {
    const transport = this.#transport(id);
    this.#ladder.tookNewPath(this.#options.now());
    return transport.restartIce();
  }

  /** L21 */
  async catchUp(): Promise<Kept> {
    this.#ladder.tookNewPath(this.#options.now());
    const kept = async (transport: MediaTransport | null) =>
      transport && { id: transport.parameters.id, iceParameters: await transport.restartIce() };
    const [send, receive] = await Promise.all([kept(this.#transports.send), kept(this.#transports.receive)]);
    return { send, receive, subscriptions: this.#subscriptions?.kept() ?? [] };
  }

  /** Throws `Refused('not-found')` when `id` is not this device's transport for sending. */
  sending(id: TransportId): MediaTransport {
    const { send } = this.#transports;
    if (send?.parameters.id !== id) throw new Refused('not-found', 'There is no such transport for sending.');
    return send;
  }

  receive(capabilities: RtpCapabilities, offer: Offer): void {
    this.#capabilities = capabilities;
    this.#subscribe();
    this.reconcile(offer);
  }

  view(view: View, offer: Offer): void {
    checkView(view);
    this.#view = view;
    this.#ladder.choose(view.most);
    this.reconcile(offer);
  }

  reconcile(offer: Offer): void {
    const { personId } = this.ref;
    const given = this.#ladder.given;
    const isNew = given.step !== this.#given.step || given.why !== this.#given.why;
    this.#given = given;
    if (isNew) this.tellGivenAgain();
    this.#subscriptions?.reconcile(wantedBy(personId, this.#view, offer, given.step));
    const isReceiving = this.#subscriptions !== null;
    this.#options.given(given, isReceiving ? stillsFor(personId, this.#view, offer, given.step) : []);
  }

  /** What the line towards the device is given. */
  get step(): LadderStep {
    return this.#given.step;
  }

  /** The same, and why no more. */
  get given(): Given {
    return this.#given;
  }

  tellGivenAgain(): void {
    this.#options.tell({ type: 'ladder-changed', ...this.#given });
  }

  measured(reading: LineReading, offer: Offer): void {
    const { personId } = this.ref;
    if (reading.loss >= resendFromLoss) {
      this.#resendsSound = true;
      this.#subscriptions?.resendSound();
    }
    const need = (step: LadderStep) =>
      needOf(step, wantedBy(personId, this.#view, offer, step).values(), stillsFor(personId, this.#view, offer, step).length);
    this.#ladder.measured(reading, need);
    if (this.#ladder.given.step !== this.#given.step) this.reconcile(offer);
  }

  get subscriptions(): Subscriptions | null {
    return this.#subscriptions;
  }

  /** Of the worse of the two transports, open or gone. */
  get ice(): IceState {
    const rank = (direction: Direction) => iceStates.indexOf(this.#transports[direction]?.ice ?? this.#lastIce[direction]);
    return iceStates[Math.max(rank('send'), rank('receive'))] ?? 'none';
  }

  /** Null where no transport is open or it does not answer. */
  async stats(): Promise<{ readonly send: TransportStats | null; readonly receive: TransportStats | null }> {
    const of = async (transport: MediaTransport | null): Promise<TransportStats | null> => {
      try {
        return transport === null ? null : await transport.stats();
      } catch {
        return null;
      }
    };
    const [send, receive] = await Promise.all([of(this.#transports.send), of(this.#transports.receive)]);
    return { send, receive };
  }

  /** The worker died: the transports are gone already; what the client shows still holds. */
  reset(): void {
    this.#closeTransport('send');
    this.#closeTransport('receive');
  }

  /** Safe twice. */
  close(): void {
    this.#closed = true;
    this.reset();
  }

  #transport(id: TransportId): MediaTransport {
    const found = [this.#transports.send, this.#transports.receive].find((transport) => transport?.parameters.id === id);
    if (!found) throw new Refused('not-found', 'There is no such transport.');
    return found;
  }

  #closeTransport(direction: Direction): void {
    const transport = this.#transports[direction];
    if (transport === null) return;
    this.#lastIce[direction] = transport.ice;
    transport.close();
    this.#transports[direction] = null;
    if (direction === 'send') return;
    this.#subscriptions?.close();
    this.#subscriptions = null;
    // Offers for the next transport wait until the client says `media:receive` again: before that it could not take them.
    this.#capabilities = null;
  }

  /** The client may say what it can decode before or after it opens the transport. */
  #subscribe(): void {
    const { receive: transport } = this.#transports;
    const rtpCapabilities = this.#capabilities;
    // Said again on the same transport, it changes nothing: what is offered already stays.
    if (transport === null || rtpCapabilities === null || this.#subscriptions !== null) return;
    const { now, tell, failed } = this.#options;
    this.#subscriptions = new Subscriptions({ transport, rtpCapabilities, resendsSound: this.#resendsSound, now, tell, failed });
  }
}
