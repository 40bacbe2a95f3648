// Who is audible in a room: measured on each router that has microphones, told as one list, loudest first.
import type { types } from 'mediasoup';
import { TrackId } from '../../contract/ids.ts';
import type { Clock, Timer } from '../../ports/clock.ts';
import type { Volume } from '../../ports/media.ts';

const intervalMs = 300;
const audibleFromDecibels = -60;
const mostAudible = 10;

/** Long enough that even the few packets of silence that is not sent are a level. */
const watchedIntervalMs = 5_000;
const noughts = -127;
const mostWatched = 100;

type Hear = (decibels: number) => void;

export interface LevelsOptions {
  readonly clock: Pick<Clock, 'now' | 'after'>;
  tell(volumes: readonly Volume[]): void;
}

export class RoomLevels {
  readonly #options: LevelsOptions;
  readonly #observers = new Map<types.Router, Promise<types.AudioLevelObserver>>();
  readonly #latest = new Map<types.Router, readonly Volume[]>();
  readonly #watching = new Map<types.Router, Promise<types.AudioLevelObserver>>();
  readonly #watched = new Map<string, Hear>();
  #toldAt = 0;
  #due: Timer | null = null;

  constructor(options: LevelsOptions) {
    this.#options = options;
  }

  /** The observer is made with a router's first microphone: most of the time of a join is spent on such round trips. */
  async measure(router: types.Router, producer: types.Producer): Promise<void> {
    let opening = this.#observers.get(router);
    if (opening === undefined) {
      opening = this.#observe(router);
      this.#observers.set(router, opening);
    }
    const observer = await opening;
    if (!producer.closed) await observer.addProducer({ producerId: producer.id });
  }

  /** Tells also how silent it is, each few seconds. Safe twice: the last one who asked is told. */
  async watch(router: types.Router, producer: types.Producer, hear: Hear): Promise<void> {
    if (producer.closed) return;
    const isNew = !this.#watched.has(producer.id);
    this.#watched.set(producer.id, hear);
    if (!isNew) return;
    producer.observer.once('close', () => this.#watched.delete(producer.id));
    let opening = this.#watching.get(router);
    if (opening === undefined) {
      opening = this.#openWatch(router);
      this.#watching.set(router, opening);
    }
    try {
      const observer = await opening;
      if (!producer.closed) await observer.addProducer({ producerId: producer.id });
    } catch (error) {
      this.#watched.delete(producer.id);
      if (!producer.closed && !router.closed) throw error;
    }
  }

  close(): void {
    this.#due?.cancel();
    this.#observers.clear();
    this.#latest.clear();
    this.#watching.clear();
    this.#watched.clear();
  }

  async #observe(router: types.Router): Promise<types.AudioLevelObserver> {
    const observer = await router.createAudioLevelObserver({
      interval: intervalMs,
      maxEntries: mostAudible,
      threshold: audibleFromDecibels,
    });
    observer.on('volumes', (volumes) =>
      this.#hear(
        router,
        volumes.map(({ producer, volume }) => ({ trackId: TrackId.parse(producer.id), decibels: volume })),
      ),
    );
    observer.on('silence', () => this.#hear(router, []));
    return observer;
  }

  async #openWatch(router: types.Router): Promise<types.AudioLevelObserver> {
    const observer = await router.createAudioLevelObserver({ interval: watchedIntervalMs, maxEntries: mostWatched, threshold: noughts });
    observer.on('volumes', (volumes) => {
      for (const { producer, volume } of volumes) this.#watched.get(producer.id)?.(volume);
    });
    return observer;
  }

  /** Several routers measure each at its own beat; one list an interval is enough for all of them. */
  #hear(router: types.Router, volumes: readonly Volume[]): void {
    this.#latest.set(router, volumes);
    if (this.#due !== null) return;
    const { clock } = this.#options;
    const waitMs = this.#observers.size === 1 ? 0 : this.#toldAt + intervalMs - clock.now();
    if (waitMs <= 0) return this.#tell();
    this.#due = clock.after(waitMs, () => {
      this.#due = null;
      this.#tell();
    });
  }

  #tell(): void {
    const { clock, tell } = this.#options;
    this.#toldAt = clock.now();
    const all = [...this.#latest.values()].flat();
    tell(all.sort((a, b) => b.decibels - a.decibels).slice(0, mostAudible));
  }
}
