// What the service of sound and picture is built with, and what it gives to those who join.
import type { LessonId } from '../contract/ids.ts';
import type { RoomSnapshot } from '../contract/room.ts';
import type { Fact } from '../facts.ts';
import type { Announcer } from '../ports/announcer.ts';
import type { Clock } from '../ports/clock.ts';
import type { ExpectedLoad, MediaEngine } from '../ports/media.ts';
import type { IceOptions } from './ice.ts';
import type { MeasurementHearer } from './media-lines.ts';
import type { MediaRooms } from './media-rooms.ts';

interface MediaLog {
  warn(context: object, message: string): void;
}

/** What a snapshot says of media, and what follows it. */
export interface MediaEntrance {
  readonly media: RoomSnapshot['media'];
  begin(): void;
}

export interface MediaServiceOptions {
  readonly engine: MediaEngine;
  readonly rooms: MediaRooms;
  readonly announcer: Announcer;
  readonly clock: Clock;
  readonly log: MediaLog;
  readonly ice: IceOptions;
  /** What a room that is being opened will likely carry. */
  expected(lessonId: LessonId): ExpectedLoad;
  /** Others who hear of each measurement. */
  readonly measured?: readonly MeasurementHearer[];
  /** Puts facts on the bus. */
  publish(facts: readonly Fact[]): void;
  /** Unguessable and unique. */
  newId(): string;
}
