// What the recorders of sound and of pictures have in common.

import type { TimedPacket } from './incoming.ts';

/** Times named class time are milliseconds since the recording began. */
export interface TrackRecorder {
  /** Capturing begins, at the beginning or after a pause: nothing is dated before. */
  begin(classMs: number): void;
  packet(packet: TimedPacket, classMs: number): void;
  /** Time went by; to be called a few times a second. */
  tick(nowMs: number, classNowMs: number): void;
  /** The track is off: what was begun is written. It may begin again. */
  end(classNowMs: number): void;
}
