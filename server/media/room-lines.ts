// The lines of one room together: what each is given, what each is asked to send, and the still pictures for the thinnest.
import type { ConnectionId, TrackId } from '../contract/ids.ts';
import type { Notice } from '../contract/notices.ts';
import { Refused } from '../contract/reply.ts';
import type { Clock } from '../ports/clock.ts';
import type { ConnectionRef } from '../room/connection-ref.ts';
import type { ConnectionMedia } from './connection-media.ts';
import type { Given } from './line-ladders.ts';
import type { LineReadings } from './line-watch.ts';
import type { PublishedTrack } from './published-track.ts';
import { noLimits, SendLadder } from './send-limits.ts';
import { isStillStep } from './steps.ts';
import { type Still, Stills } from './stills.ts';
import { isUnseen, type Offer } from './wanted.ts';

export interface RoomLinesOptions {
  readonly clock: Clock;
  readonly tracks: ReadonlyMap<TrackId, PublishedTrack>;
  tell(connectionId: ConnectionId, notice: Notice): void;
}

interface Sending {
  readonly ladder: SendLadder;
  told: string;
}

export class RoomLines {
  readonly #options: RoomLinesOptions;
  readonly #stills: Stills;
  readonly #sending = new Map<ConnectionId, Sending>();
  /** Their lines carry no more; who has chosen the floor to save data asks nobody to be quieter. */
  readonly #onFloor = new Set<ConnectionId>();
  /** Nobody is shown their cameras. */
  #unseen: ReadonlySet<ConnectionId> = new Set();

  constructor(options: RoomLinesOptions) {
    this.#options = options;
    const tellOwner = (trackId: TrackId, notice: Notice): void => {
      const owner = options.tracks.get(trackId)?.owner;
      if (owner !== undefined) options.tell(owner.connectionId, notice);
    };
    this.#stills = new Stills({ clock: options.clock, tell: options.tell, tellOwner });
  }

  given(connectionId: ConnectionId, { step, why }: Given, stills: readonly TrackId[]): void {
    this.#stills.want(connectionId, isStillStep(step) ? stills : [], step === 'floor' ? 'floor' : 'stills');
    const wasOnFloor = this.#onFloor.has(connectionId);
    const isOnFloor = step === 'floor' && why === 'line';
    if (isOnFloor === wasOnFloor) return;
    if (isOnFloor) this.#onFloor.add(connectionId);
    else this.#onFloor.delete(connectionId);
    this.#tellLimits();
  }

  /** To be called with each new offer. */
  offered(offer: Offer): void {
    const before = this.#unseen;
    const unseen = [...offer.pictures.values()].flat().filter((track) => isUnseen(track, offer));
    this.#unseen = new Set(unseen.flatMap(({ trackId }) => this.#options.tracks.get(trackId)?.owner.connectionId ?? []));
    for (const each of new Set([...before, ...this.#unseen])) if (before.has(each) !== this.#unseen.has(each)) this.#tellLimit(each);
  }

  measured(connection: ConnectionMedia, { down, up }: LineReadings, offer: Offer): void {
    connection.measured(down, offer);
    const { connectionId } = connection.ref;
    const own = [...this.#options.tracks.values()].filter(({ owner }) => owner.connectionId === connectionId);
    if (own.length === 0) return;
    this.#sendingOf(connectionId).ladder.measured(
      up,
      own.map(({ source }) => source),
    );
    this.#tellLimit(connectionId);
  }

  published({ connectionId }: ConnectionRef): void {
    this.#tellLimit(connectionId);
  }

  /** A device that opens its media anew may have missed what it was told. */
  tellAgain(connection: ConnectionMedia): void {
    const { connectionId } = connection.ref;
    connection.tellGivenAgain();
    const sending = this.#sending.get(connectionId);
    if (sending === undefined) return;
    sending.told = '';
    this.#tellLimit(connectionId);
    for (const [trackId, { owner }] of this.#options.tracks) {
      const mostBytes = this.#stills.wantedBytes(trackId);
      if (owner.connectionId === connectionId && mostBytes !== null)
        this.#options.tell(connectionId, { type: 'stills-wanted', trackId, mostBytes });
    }
  }

  /** Throws `Refused`. */
  still({ participantId }: ConnectionRef, still: Still): void {
    if (this.#options.tracks.get(still.trackId)?.source !== 'screen') throw new Refused('bad-request', 'Only screens have still pictures.');
    this.#stills.take(still, participantId);
  }

  forgetTrack(trackId: TrackId): void {
    this.#stills.forgetTrack(trackId);
  }

  forget(connectionId: ConnectionId): void {
    this.#sending.delete(connectionId);
    this.#unseen = new Set([...this.#unseen].filter((each) => each !== connectionId));
    this.given(connectionId, { step: 'all', why: 'line' }, []);
  }

  close(): void {
    this.#stills.close();
    this.#sending.clear();
    this.#onFloor.clear();
  }

  #tellLimits(): void {
    const owners = new Set([...this.#options.tracks.values()].map(({ owner }) => owner.connectionId));
    for (const connectionId of owners) this.#tellLimit(connectionId);
  }

  #tellLimit(connectionId: ConnectionId): void {
    const sending = this.#sendingOf(connectionId);
    const others = this.#onFloor.size - (this.#onFloor.has(connectionId) ? 1 : 0);
    const line = sending.ladder.limits(others > 0);
    const limits = this.#unseen.has(connectionId) && line.camera !== 'off' ? { ...line, camera: 'unseen' as const } : line;
    const told = JSON.stringify(limits);
    if (told === sending.told) return;
    sending.told = told;
    this.#options.tell(connectionId, { type: 'send-limits', limits });
  }

  #sendingOf(connectionId: ConnectionId): Sending {
    let sending = this.#sending.get(connectionId);
    if (sending === undefined) {
      sending = { ladder: new SendLadder(this.#options.clock.now()), told: JSON.stringify(noLimits) };
      this.#sending.set(connectionId, sending);
    }
    return sending;
  }
}
