// Brings a room's tracks from the router where they are published to those where somebody wants them, once each, and only for so long.
import type { types } from 'mediasoup';
import type { Instant, TrackId } from '../../contract/ids.ts';
import type { Clock, Timer } from '../../ports/clock.ts';
import type { RoomPart } from './part.ts';
import { consumerUnits, units } from './placement.ts';
import type { RoomTrack } from './room-track.ts';
import type { WorkerLog } from './workers.ts';

/** So long nobody has wanted it: who turns a page back finds it still there. */
const keptMs = 30_000;
const sweepMs = 10_000;
/**
 * Gathers what one router's viewers ask for at a moment. The router where the track is published lets one request a second through, from
 * wherever: a longer wait here would only be added to that.
 */
const keyFrameRequestDelayMs = 250;

interface Piped {
  readonly trackId: TrackId;
  readonly from: RoomPart;
  readonly to: RoomPart;
  readonly arriving: Promise<RoomTrack | undefined>;
  track: RoomTrack | null;
  usedAt: Instant;
}

export interface PipesOptions {
  readonly clock: Pick<Clock, 'now' | 'every'>;
  readonly log: WorkerLog;
  readonly listenInfo: types.TransportListenInfo;
}

type Ends = ReadonlyMap<RoomPart, types.PipeTransport>;

export class RoomPipes {
  readonly #options: PipesOptions;
  readonly #ends = new Map<string, Promise<Ends>>();
  readonly #piped = new Map<RoomPart, Map<TrackId, Piped>>();
  #sweep: Timer | null = null;

  constructor(options: PipesOptions) {
    this.#options = options;
  }

  /** Undefined when the track is closed meanwhile. All who ask at the same time get the same. */
  bring(track: RoomTrack, from: RoomPart, to: RoomPart): Promise<RoomTrack | undefined> {
    const here = this.#piped.get(to) ?? new Map<TrackId, Piped>();
    this.#piped.set(to, here);
    let piped = here.get(track.trackId);
    if (piped === undefined) {
      piped = { trackId: track.trackId, from, to, arriving: this.#pipe(track, from, to), track: null, usedAt: 0 };
      here.set(track.trackId, piped);
      this.#settle(piped, () => here.delete(track.trackId));
      this.#sweep ??= this.#options.clock.every(sweepMs, () => this.#closeUnused());
    }
    piped.usedAt = this.#options.clock.now();
    return piped.arriving;
  }

  /** What pipes cost one of the room's workers, at either end. */
  carriedOn(part: RoomPart): { readonly flowing: number; readonly packetsPerSecond: number } {
    let flowing = 0;
    let packetsPerSecond = 0;
    for (const { from, to, track } of this.#all()) {
      if (track === null || (from !== part && to !== part)) continue;
      flowing += track.producer.paused ? units.held : consumerUnits(track.producer.kind, track.layers > 1 ? track.layers - 1 : null);
      packetsPerSecond += track.rate.received;
    }
    return { flowing, packetsPerSecond };
  }

  /** The routers are closed with all that is on them. Safe twice. */
  close(): void {
    this.#sweep?.cancel();
    this.#sweep = null;
    this.#piped.clear();
    this.#ends.clear();
  }

  #settle(piped: Piped, forget: () => void): void {
    piped.arriving.then((track) => {
      if (track === undefined || track.producer.closed) return forget();
      piped.track = track;
      track.producer.observer.once('close', forget);
    }, forget);
  }

  async #pipe(track: RoomTrack, from: RoomPart, to: RoomPart): Promise<RoomTrack | undefined> {
    const { producer } = track;
    try {
      const ends = await this.#between(from, to);
      const [near, far] = [ends.get(from), ends.get(to)];
      if (near === undefined || far === undefined) throw new Error('A pipe has two ends.');
      const consumer = await near.consume({ producerId: producer.id });
      const copy = await far
        .produce({
          id: producer.id,
          kind: producer.kind,
          rtpParameters: consumer.rtpParameters,
          paused: consumer.producerPaused,
          ...(producer.kind === 'video' ? { keyFrameRequestDelay: keyFrameRequestDelayMs } : {}),
        })
        .catch((error: unknown) => {
          consumer.close();
          throw error;
        });
      this.#follow(consumer, copy);
      return copy.closed ? undefined : { ...track, producer: copy };
    } catch (error) {
      if (producer.closed) return undefined;
      throw error;
    }
  }

  /** A mute and the end of the track reach those behind the pipe too. */
  #follow(consumer: types.Consumer, copy: types.Producer): void {
    let busy = false;
    const settle = async (): Promise<void> => {
      if (busy) return;
      busy = true;
      try {
        while (!copy.closed && copy.paused !== consumer.producerPaused) await (consumer.producerPaused ? copy.pause() : copy.resume());
      } catch (error) {
        if (!copy.closed) this.#options.log.warn({ error, producerId: copy.id }, 'A pause could not be brought to another worker');
      } finally {
        busy = false;
      }
    };
    consumer.on('producerpause', settle);
    consumer.on('producerresume', settle);
    consumer.observer.once('close', () => copy.close());
    copy.observer.once('close', () => consumer.close());
    if (consumer.closed) copy.close();
    void settle();
  }

  /** Without encryption: both ends are this machine's own, and each takes packets from the other's port only. */
  #between(a: RoomPart, b: RoomPart): Promise<Ends> {
    const key = [a.router.id, b.router.id].sort().join(' ');
    let ends = this.#ends.get(key);
    if (ends === undefined) {
      ends = this.#connect(a, b);
      this.#ends.set(key, ends);
      ends.catch(() => this.#ends.delete(key));
    }
    return ends;
  }

  async #connect(a: RoomPart, b: RoomPart): Promise<Ends> {
    const { listenInfo } = this.#options;
    // What a worker that is short of time did not read is sent again: behind the pipe nobody could ask for it.
    const open = (part: RoomPart) => part.router.createPipeTransport({ listenInfo, enableRtx: true, enableSrtp: false, enableSctp: false });
    const [one, other] = await bothOrNone([open(a), open(b)]);
    const to = ({ tuple }: types.PipeTransport) => ({ ip: tuple.localAddress, port: tuple.localPort });
    await Promise.all([one.connect(to(other)), other.connect(to(one))]);
    return new Map([
      [a, one],
      [b, other],
    ]);
  }

  #closeUnused(): void {
    const now = this.#options.clock.now();
    for (const piped of this.#all()) {
      if (piped.to.uses(piped.trackId)) piped.usedAt = now;
      else if (piped.usedAt <= now - keptMs) piped.track?.producer.close();
    }
  }

  *#all(): Generator<Piped> {
    for (const here of this.#piped.values()) yield* here.values();
  }
}

async function bothOrNone<T extends { close(): void }>(opening: readonly [Promise<T>, Promise<T>]): Promise<readonly [T, T]> {
  try {
    return await Promise.all(opening);
  } catch (error) {
    for (const each of opening) each.then((opened) => opened.close()).catch(() => undefined);
    throw error;
  }
}
