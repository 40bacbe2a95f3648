// What media needs of the live rooms: they decide who may send what, media carries it.
import type { Pressure } from '../contract/capacity.ts';
import type { ConnectionId, LessonId, TrackId } from '../contract/ids.ts';
import type { TrackSource } from '../contract/media.ts';
import type { PauseReason, TrackCloseReason } from '../contract/reasons.ts';
import type { Action } from '../contract/room.ts';
import type { Fact } from '../facts.ts';
import type { ConnectionRef } from '../room/connection-ref.ts';
import type { OfferedTrack } from './wanted.ts';

export interface MediaRooms {
  /** Throws `Refused` when the connection may not send this. Asked first: the media engine works for those who may. */
  checkMayPublish(ref: ConnectionRef, source: TrackSource): void;
  /** Throws `Refused` when the connection may not send this (any more). */
  publishTrack(
    ref: ConnectionRef,
    track: { readonly trackId: TrackId; readonly source: TrackSource; readonly paused: boolean },
  ): Promise<{ readonly pausedBy: readonly PauseReason[] }>;
  setTrackPaused(ref: ConnectionRef, trackId: TrackId, paused: boolean): Promise<void>;
  closeTrack(ref: ConnectionRef, trackId: TrackId, reason: TrackCloseReason): Promise<void>;
  /** All tracks of the room are closed. */
  mediaFailed(lessonId: LessonId): Promise<void>;
  /** Writes facts to the room's trace, then publishes them. */
  record(lessonId: LessonId, facts: readonly Fact[]): Promise<void>;
  tracks(lessonId: LessonId): readonly OfferedTrack[];
  /** With a live line. */
  isHere(ref: ConnectionRef): boolean;
  mayDo(ref: ConnectionRef, action: Action): boolean;
  /** Whose devices alone may hear of this participant; null: all. */
  audienceFor(ref: ConnectionRef): readonly ConnectionId[] | null;
  /** What the room does without while the server is pressed. */
  pressureOf(lessonId: LessonId): Pressure;
}
