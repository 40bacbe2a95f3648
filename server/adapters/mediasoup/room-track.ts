// A track as one router has it: where it was published, or where it was brought to.
import type { types } from 'mediasoup';
import type { TrackId } from '../../contract/ids.ts';
import type { PacketRate } from './packet-rate.ts';

/** mediasoup copies a producer's parameters at every look; what each subscription asks for is kept beside. */
export interface RoomTrack {
  readonly trackId: TrackId;
  readonly producer: types.Producer;
  readonly mimeType: string;
  readonly layers: number;
  /** As it is published. */
  readonly rate: PacketRate;
}
