// The media of one browser in one class: sets up sending and receiving, and sets it up again whenever it broke.
import type { ParticipantId } from '../../server/contract/ids.ts';
import type { JoinMedia, RtpCapabilities } from '../../server/contract/media.ts';
import type { Notice } from '../../server/contract/notices.ts';
import type { ParticipantView, RoomSnapshot } from '../../server/contract/room.ts';
import { backoffMs } from '../session/backoff.ts';
import type { SessionFollower } from '../session/follower.ts';
import { type Call, CallFailed } from './calls.ts';
import { LineMedia } from './line-media.ts';
import { Observable } from './observable.ts';
import { OwnMedia } from './own-media.ts';
import { Preparation } from './prepare.ts';
import { Reach } from './reach.ts';
import { type Pictures, Receiver } from './receive.ts';
import type { QualityReporter } from './report.ts';
import { Sender } from './send.ts';
import { noLimits } from './send-limits.ts';
import type { RoomMedia } from './shapes.ts';
import { SoundOut } from './sound.ts';
import { answersWithinMs, type GivenTransport, type TransportEvents } from './transports.ts';
import { ViewReporter } from './view.ts';

/** `unavailable`: the server has no media worker just now; it tells when it has. */
export type MediaState = 'off' | 'connecting' | 'on' | 'unavailable';

/** The line to the server, as far as the media know more of it than it does itself. */
export interface EngineLine {
  /** Breaks it and takes it up again, which tells anew what media need to know; also when it only looks open. */
  renew(): void;
  /** It may be had again: no waiting for the next try. */
  hurry(): void;
}

export class MediaEngine implements SessionFollower {
  readonly own: OwnMedia;
  readonly pictures = new Observable<Pictures>(new Map());
  readonly sound = new SoundOut();
  readonly view: ViewReporter;
  readonly line: LineMedia;
  readonly state = new Observable<MediaState>('off');
  readonly reach = new Reach();
  readonly #call: Call;
  readonly #line: EngineLine;
  #self: ParticipantId | undefined;
  #media: RoomMedia | null = null;
  readonly #preparation = new Preparation();
  #sender: Sender | undefined;
  #receiver: Receiver | undefined;
  /** Offers are worked off in order, after the receiver is open. */
  #ready: Promise<void> = Promise.resolve();
  /** Raised by each set-up: an older one that still goes on must change nothing. */
  #round = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #report: Promise<QualityReporter | undefined> | undefined;

  constructor(call: Call, line: EngineLine) {
    this.#call = call;
    this.#line = line;
    this.own = new OwnMedia(call);
    this.line = new LineMedia(call, this.own, (trackId) =>
      this.#sender?.trackId('screen') === trackId ? this.own.screen.value.track : null,
    );
    this.view = new ViewReporter((view) => {
      if (this.state.value !== 'off') void call('media:view', view);
    });
  }

  /** Mostly before the click on "join". */
  offered(capabilities: RtpCapabilities): void {
    void this.#preparation.prepare(capabilities);
  }

  /** Nothing while there is something to keep: a new way to receive would end the one that still carries sound. */
  joinMedia(): JoinMedia | undefined {
    return this.#receiver === undefined ? this.#preparation.ready?.join : undefined;
  }

  entered(snapshot: RoomSnapshot): void {
    const kept = snapshot.resumed && this.#sender !== undefined && this.#receiver !== undefined;
    this.#self = snapshot.self.participantId;
    this.#media = snapshot.media;
    this.reach.again();
    if (!snapshot.media) {
      this.#tearDown();
      this.state.set('unavailable');
      return;
    }
    const { receive } = snapshot.media;
    const certificate = this.#preparation.ready?.certificate ?? null;
    if (kept && !receive) void this.#catchUp();
    else void this.#setUp(0, receive ? { parameters: receive, certificate } : undefined);
    this.#followSelf(snapshot.participants.find((participant) => participant.id === this.#self));
  }

  heard(notice: Notice): void {
    switch (notice.type) {
      case 'media-offered':
        this.#offered(() => this.#receiver?.offered(notice.subscription));
        return;
      case 'media-withdrawn':
        this.#receiver?.withdrawn(notice.consumerId);
        return;
      case 'media-flow':
        this.#receiver?.flow(notice.consumerId, notice.flowing);
        return;
      case 'media-reset':
        if (this.#media) void this.#setUp(0);
        else this.#line.renew();
        return;
      case 'participant-joined':
      case 'participant-changed':
        if (notice.participant.id === this.#self) this.#followSelf(notice.participant);
        this.line.heard(notice);
        return;
      default:
        this.line.heard(notice);
    }
  }

  /** L22: the line to the server may only look open; whether it is shows when it is asked something. */
  networkChanged(): void {
    const timer = setTimeout(() => this.#line.renew(), answersWithinMs);
    void this.#catchUp().finally(() => clearTimeout(timer));
  }

  over(): void {
    this.#tearDown();
    void this.#report?.then((report) => report?.close());
    this.#report = undefined;
    this.#self = undefined;
    this.line.over();
    this.reach.reset();
    this.state.set('off');
    this.own.close();
  }

  close(): void {
    this.over();
    this.view.close();
    this.sound.close();
  }

  #followSelf(self: ParticipantView | undefined): void {
    if (self) this.own.follow(self);
  }

  /** L21: the seat was kept, or the network is another one. What flows goes on; what changed unheard is made good, and all paths are looked for anew. */
  async #catchUp(): Promise<void> {
    const [receiver, sender, round] = [this.#receiver, this.#sender, this.#round];
    if (!receiver || !sender) return;
    const known = receiver.known();
    const answer = await this.#call('media:catch-up', {});
    // Without an answer the line breaks in a moment; the next one asks again.
    if (round !== this.#round || (!answer.ok && answer.code === 'offline')) return;
    try {
      if (
        answer.ok &&
        sender.takeUp(answer.value.send) &&
        (await receiver.takeUp(answer.value.receive, answer.value.subscriptions, known))
      ) {
        this.view.tellAgain();
        return;
      }
    } catch (error) {
      if (!(error instanceof CallFailed)) console.error(error);
    }
    if (round === this.#round) void this.#setUp(0);
  }

  async #setUp(attempt: number, given?: GivenTransport): Promise<void> {
    const media = this.#media;
    if (!media) return;
    const round = this.#begin();
    const broken = () => {
      if (round === this.#round) this.#again(attempt);
    };
    const events: Omit<TransportEvents, 'onBroken'> = {
      onBack: () => this.#line.hurry(),
      onSilence: () => this.#line.renew(),
      onPath: (id, state) => this.reach.path(id, state),
    };
    let opened: () => void = () => undefined;
    this.#ready = new Promise((resolve) => {
      opened = resolve;
    });
    try {
      const device = await this.#preparation.deviceFor(media.rtpCapabilities);
      if (round !== this.#round) return;
      const receiver = new Receiver({ call: this.#call, device, pictures: this.pictures, sound: this.sound });
      this.#receiver?.close();
      this.#receiver = receiver;
      // Offers may come before the answer to our last request.
      opened();
      await receiver.open(media.iceServers, given, { ...events, onBroken: broken });
      if (round !== this.#round) return;
      this.view.tellAgain();
      const sender = new Sender({ call: this.#call, device, iceServers: media.iceServers, events: { ...events, onBroken: broken } });
      this.#sender = sender;
      await this.own.attach(sender);
      if (round !== this.#round) return;
      this.state.set('on');
      this.#report ??= this.#tellQuality();
    } catch (error) {
      if (isUnsupported(error)) return this.reach.unsupported();
      if (!(error instanceof CallFailed)) console.error(error);
      else if (error.failure.code === 'media-unavailable' && round === this.#round) this.state.set('unavailable');
      broken();
    } finally {
      opened();
    }
  }

  /** Loaded beside the class, which can do without. */
  #tellQuality(): Promise<QualityReporter | undefined> {
    return import('./report.ts').then(
      ({ QualityReporter }) =>
        new QualityReporter({
          pictures: this.pictures,
          tell: (report) => this.#call('media:report', report),
          send: () => this.#sender?.stats(),
          receive: () => this.#receiver?.stats(),
        }),
      () => undefined,
    );
  }

  #begin(): number {
    clearTimeout(this.#timer);
    this.#round += 1;
    // Once it is known to be unavailable it stays so until it is on.
    if (this.state.value !== 'unavailable') this.state.set('connecting');
    this.own.detach();
    this.#sender?.close();
    this.#sender = undefined;
    // A server that knows this device as a new one says nothing of limits that it never set.
    this.own.limit(noLimits);
    return this.#round;
  }

  #again(attempt: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#setUp(attempt + 1), backoffMs(attempt, Math.random()));
  }

  #offered(take: () => Promise<void> | undefined): void {
    const round = this.#round;
    void this.#ready
      .then(() => (round === this.#round ? take() : undefined))
      .catch((error: unknown) => {
        // Refused: it was withdrawn meanwhile. Anything else has left the browser's side in a state that only a new start mends.
        if (error instanceof CallFailed || round !== this.#round) return;
        console.error(error);
        this.#again(0);
      });
  }

  #tearDown(): void {
    clearTimeout(this.#timer);
    this.#round += 1;
    this.own.detach();
    this.#sender?.close();
    this.#sender = undefined;
    this.#receiver?.close();
    this.#receiver = undefined;
  }
}

/** mediasoup-client's word for a browser that it knows no way to speak to; trying again helps nobody. */
function isUnsupported(error: unknown): boolean {
  return error instanceof Error && error.name === 'UnsupportedError';
}
