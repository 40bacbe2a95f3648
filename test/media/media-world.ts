// A media service with an engine, rooms on a bus, and lists of what it told whom.
import { randomUUID } from 'node:crypto';
import { onTestFinished } from 'vitest';
import { systemClock } from '../../server/adapters/system-clock.ts';
import type { ConnectionId } from '../../server/contract/ids.ts';
import type { Notice, NoticeOf } from '../../server/contract/notices.ts';
import { type Fact, FactBus } from '../../server/facts.ts';
import { MediaService } from '../../server/media/media.service.ts';
import type { Clock } from '../../server/ports/clock.ts';
import type { MediaEngine } from '../../server/ports/media.ts';
import type { ConnectionRef } from '../../server/room/connection-ref.ts';
import { RoomsOnBus } from './rooms-on-bus.ts';

export class MediaWorld {
  readonly media: MediaService;
  readonly rooms: RoomsOnBus;
  readonly facts: Fact[] = [];
  readonly warnings: object[] = [];
  readonly toRoom: Notice[] = [];
  readonly #told = new Map<ConnectionId, Notice[]>();
  readonly #listeners: ((connectionId: ConnectionId, notice: Notice) => void)[] = [];

  constructor(engine: MediaEngine, clock: Clock = systemClock) {
    const bus = new FactBus((_name, _fact, error) => {
      throw error;
    });
    const publish = (facts: readonly Fact[]): void => bus.publish(facts);
    this.rooms = new RoomsOnBus(publish);
    this.media = new MediaService({
      engine,
      rooms: this.rooms,
      clock,
      publish,
      newId: randomUUID,
      expected: () => ({ viewers: 10, pictures: 1 }),
      ice: { stun: [], turn: [], turnSecret: null },
      log: { warn: (context) => this.warnings.push(context) },
      announcer: {
        toRoom: (_lessonId, notice) => this.toRoom.push(notice),
        toConnection: (connectionId, notice) => {
          this.#told.set(connectionId, [...(this.#told.get(connectionId) ?? []), notice]);
          for (const listener of this.#listeners) listener(connectionId, notice);
        },
        toParticipant: () => undefined,
        toThoseWhoMay: () => undefined,
      },
    });
    bus.listen('media', (fact) => this.media.onFact(fact));
    bus.listen('test', (fact) => this.facts.push(fact));
    onTestFinished(() => this.media.close());
  }

  told<T extends Notice['type']>(ref: ConnectionRef, type: T): readonly NoticeOf<T>[] {
    return (this.#told.get(ref.connectionId) ?? []).filter((notice): notice is NoticeOf<T> => notice.type === type);
  }

  /** A client that acknowledges every offer. */
  readyAtOnce(ref: ConnectionRef): void {
    this.#listeners.push((connectionId, notice) => {
      if (connectionId === ref.connectionId && notice.type === 'media-offered')
        void this.media.ready(ref, [notice.subscription.consumerId]).catch(() => undefined);
    });
  }
}
