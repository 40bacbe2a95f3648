// What the rest of the server may know of sound and picture, read without changing anything.
import type { LessonId } from '../contract/ids.ts';
import type { LadderReason, LadderStep } from '../contract/ladder.ts';
import type { IceState } from '../contract/reasons.ts';
import type { ConnectionRef } from '../room/connection-ref.ts';
import type { Flows } from './line-flow.ts';
import type { Measured } from './line-memory.ts';
import type { Traffic } from './line-watch.ts';
import type { MediaLines } from './media-lines.ts';
import type { RoomMedia } from './room-media.ts';

export interface Standing {
  /** Of the worse of the device's transports. */
  readonly ice: IceState;
  /** What its line is given, and why no more. */
  readonly ladder: LadderStep;
  readonly ladderWhy: LadderReason;
  /** Others send something just now, and no way is open yet: among the muted there is nothing to receive. */
  readonly isOffered: boolean;
}

export abstract class MediaReading {
  protected readonly rooms = new Map<LessonId, RoomMedia>();
  protected abstract readonly lines: MediaLines;

  /** What is known of a device's line, for when it is lost. */
  lineOf(ref: ConnectionRef): { readonly ice: IceState } & Measured {
    const connection = this.rooms.get(ref.lessonId)?.connections.get(ref.connectionId);
    return { ice: connection?.ice ?? 'none', ...this.lines.seenOf(ref.connectionId) };
  }

  /** How a device's media stand just now. */
  standing(ref: ConnectionRef): Standing | null {
    const room = this.rooms.get(ref.lessonId);
    if (room === undefined) return null;
    const connection = room.connections.get(ref.connectionId);
    const ice = connection?.ice ?? 'none';
    const { step: ladder, why: ladderWhy } = connection?.given ?? { step: 'all', why: 'line' };
    // Who has no way to receive yet is offered nothing; there may be something all the same.
    const isOffered =
      ice !== 'connected' && [...room.tracks.values()].some(({ owner, isLive }) => isLive && owner.participantId !== ref.participantId);
    return { ice, ladder, ladderWhy, isOffered };
  }

  /** Sums of all lines; the bytes never fall. */
  traffic(): Traffic {
    return this.lines.traffic();
  }

  /** What the lines carry now: of the server, of each room and of each media worker. */
  flows(): Flows {
    return this.lines.flows();
  }

  figures(lessonId: LessonId): { readonly producers: number; readonly consumers: number } {
    const room = this.rooms.get(lessonId);
    let consumers = 0;
    for (const connection of room?.connections.values() ?? []) consumers += connection.subscriptions?.size ?? 0;
    return { producers: room?.tracks.size ?? 0, consumers };
  }

  /** Process ids of the workers that carry the room. */
  workersOf(lessonId: LessonId): readonly number[] {
    return this.rooms.get(lessonId)?.workers ?? [];
  }
}
