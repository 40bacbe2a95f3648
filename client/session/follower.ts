// Whoever must keep step with the session: the media engine.
import type { JoinMedia, RtpCapabilities } from '../../server/contract/media.ts';
import type { Notice } from '../../server/contract/notices.ts';
import type { RoomSnapshot } from '../../server/contract/room.ts';

export interface SessionFollower {
  /** What rooms offer: known before the join, and again with each new way in. */
  offered?(capabilities: RtpCapabilities): void;
  /** In the room, for the first time or again. `resumed`: the server kept this device's seat. */
  entered(snapshot: RoomSnapshot): void;
  heard(notice: Notice): void;
  /** Out of the room for good. */
  over(): void;
  /** What the device can say of its media before it joins; nothing while it keeps what it has. */
  joinMedia?(): JoinMedia | undefined;
  /** The device may be in another network now. */
  networkChanged?(): void;
}
