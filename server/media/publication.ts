// What a device asks to send, and what of it could never be right.
import type { TransportId } from '../contract/ids.ts';
import type { MediaKind, RtpParameters, TrackSource } from '../contract/media.ts';
import { Refused } from '../contract/reply.ts';

export interface Publication {
  readonly transportId: TransportId;
  readonly source: TrackSource;
  readonly kind: MediaKind;
  readonly rtpParameters: RtpParameters;
  readonly paused: boolean;
}

export const kindOf: Record<TrackSource, MediaKind> = { microphone: 'audio', 'screen-audio': 'audio', camera: 'video', screen: 'video' };
/** A screen's second size is for lines that carry no more of it. */
const mostLayers: Record<TrackSource, number> = { camera: 3, screen: 2, microphone: 1, 'screen-audio': 1 };

/** Whether the connection may send it is the room's to say. */
export function checkPublication({ source, kind, rtpParameters }: Publication): void {
  if (kindOf[source] !== kind) throw new Refused('bad-request', `A ${source} is ${kindOf[source]}, not ${kind}.`);
  const layers = rtpParameters.encodings.length;
  const most = mostLayers[source];
  if (layers === 0 || layers > most) throw new Refused('bad-request', `A ${source} has 1 to ${most} encodings.`);
}
