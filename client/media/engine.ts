// The media of one browser in one class: sets up sending and receiving, and sets it up again whenever it broke.
import type { ParticipantId } from '../../server/contract/ids.ts';
import type { JoinMedia } from '../../server/contract/media.ts';
import type { Notice } from '../../server/contract/notices.ts';
import type { ParticipantView, RoomSnapshot } from '../../server/contract/room.ts';
import { backoffMs } from '../session/backoff.ts';
import type { SessionFollower } from '../session/session.ts';
import { type Call, CallFailed } from './calls.ts';
import { Observable } from './observable.ts';
import { OwnMedia } from './own-media.ts';
import { Preparation } from './prepare.ts';
import { type Pictures, Receiver } from './receive.ts';
import { Sender } from './send.ts';
import type { RoomMedia } from './shapes.ts';
import { SoundOut } from './sound.ts';
import type { GivenTransport } from './transports.ts';
import { ViewReporter } from './view.ts';

/** `unavailable`: the server has no media worker just now; it tells when it has. */
export type MediaState = 'off' | 'connecting' | 'on' | 'unavailable';

export class MediaEngine implements SessionFollower {
  readonly own: OwnMedia;
  readonly pictures = new Observable<Pictures>(new Map());
  readonly sound = new SoundOut();
  readonly view: ViewReporter;
  readonly state = new Observable<MediaState>('off');
  readonly #call: Call;
  readonly #askSnapshot: () => void;
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

  /** `askSnapshot`: makes the session fetch the room anew, which tells what media needs to know. */
  constructor(call: Call, askSnapshot: () => void) {
    this.#call = call;
    this.#askSnapshot = askSnapshot;
    this.own = new OwnMedia(call);
    this.view = new ViewReporter((view) => {
      if (this.state.value !== 'off') void call('media:view', view);
    });
  }

  /** Before the click on "join". */
  prepare(): Promise<void> {
    return this.#preparation.prepare();
  }

  joinMedia(): JoinMedia | undefined {
    return this.#preparation.ready?.join;
  }

  entered(snapshot: RoomSnapshot): void {
    const kept = snapshot.resumed && this.#sender !== undefined && this.#receiver !== undefined;
    this.#self = snapshot.self.participantId;
    this.#media = snapshot.media;
    if (!snapshot.media) {
      this.#tearDown();
      this.state.set('unavailable');
      return;
    }
    const { receive } = snapshot.media;
    const certificate = this.#preparation.ready?.certificate ?? null;
    void this.#setUp(0, kept, receive ? { parameters: receive, certificate } : undefined);
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
        if (this.#media) void this.#setUp(0, false);
        else this.#askSnapshot();
        return;
      case 'participant-joined':
      case 'participant-changed':
        if (notice.participant.id === this.#self) this.#followSelf(notice.participant);
        return;
      default:
        return;
    }
  }

  over(): void {
    this.#tearDown();
    this.#self = undefined;
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

  /** `keepSending`: the seat was kept, so what is sent only looks for a new path; what is received is offered anew. */
  async #setUp(attempt: number, keepSending: boolean, given?: GivenTransport): Promise<void> {
    const media = this.#media;
    if (!media) return;
    const round = this.#begin(keepSending);
    const broken = () => {
      if (round === this.#round) this.#again(attempt);
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
      await receiver.open(media.iceServers, given, broken);
      if (round !== this.#round) return;
      this.view.tellAgain();
      if (keepSending) {
        this.#sender?.restart();
      } else {
        const sender = new Sender({
          call: this.#call,
          device,
          iceServers: media.iceServers,
          // It may outlive this round: a kept one that breaks later must still be set up anew.
          onBroken: () => {
            if (this.#sender === sender) this.#again(round === this.#round ? attempt : 0);
          },
        });
        this.#sender = sender;
        await this.own.attach(sender);
      }
      if (round === this.#round) this.state.set('on');
    } catch (error) {
      if (!(error instanceof CallFailed)) console.error(error);
      else if (error.failure.code === 'media-unavailable' && round === this.#round) this.state.set('unavailable');
      broken();
    } finally {
      opened();
    }
  }

  #begin(keepSending: boolean): number {
    clearTimeout(this.#timer);
    this.#round += 1;
    // Once it is known to be unavailable it stays so until it is on.
    if (this.state.value !== 'unavailable') this.state.set('connecting');
    if (!keepSending) {
      this.own.detach();
      this.#sender?.close();
      this.#sender = undefined;
    }
    return this.#round;
  }

  #again(attempt: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#setUp(attempt + 1, false), backoffMs(attempt, Math.random()));
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
