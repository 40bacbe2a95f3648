// Between the contract's media shapes and those of mediasoup-client, which differ only in how exactly they are typed.
import type { types } from 'mediasoup-client';
import { RtpCapabilities, RtpParameters } from '../../server/contract/media.ts';
import type { RoomSnapshot } from '../../server/contract/room.ts';

/** What a snapshot says of the room's media. */
export type RoomMedia = RoomSnapshot['media'];
export type IceServers = RoomMedia['iceServers'];

/** mediasoup-client leaves out empty lists that the contract wants written. */
export function toWire(parameters: types.RtpParameters): RtpParameters {
  return RtpParameters.parse({ headerExtensions: [], encodings: [], rtcp: {}, ...parameters });
}

export function capabilitiesToWire(capabilities: types.RtpCapabilities): RtpCapabilities {
  return RtpCapabilities.parse({ codecs: [], headerExtensions: [], ...capabilities });
}

export function fromWire(parameters: RtpParameters): types.RtpParameters {
  return { ...parameters, headerExtensions: parameters.headerExtensions.filter(isExtension) };
}

export function capabilitiesFromWire(capabilities: RtpCapabilities): types.RtpCapabilities {
  return { ...capabilities, headerExtensions: capabilities.headerExtensions.filter(isExtension) };
}

/** mediasoup-client names the extensions that it knows one by one; all of them are URIs. */
function isExtension<T extends { readonly uri: string }>(extension: T): extension is T & { readonly uri: types.RtpHeaderExtensionUri } {
  return /^(urn|https?):/.test(extension.uri);
}
