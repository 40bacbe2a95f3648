// What a room, or all rooms, carry on one worker: sums that placement and the administrators look at.
export interface Carried {
  /** In consumer units. */
  readonly flowing: number;
  readonly reserved: number;
  readonly packetsPerSecond: number;
  readonly rooms: number;
  readonly transports: number;
  readonly producers: number;
  readonly consumers: number;
}

export const nothingCarried: Carried = {
  flowing: 0,
  reserved: 0,
  packetsPerSecond: 0,
  rooms: 0,
  transports: 0,
  producers: 0,
  consumers: 0,
};

export function plus(a: Carried, b: Carried): Carried {
  return {
    flowing: a.flowing + b.flowing,
    reserved: a.reserved + b.reserved,
    packetsPerSecond: a.packetsPerSecond + b.packetsPerSecond,
    rooms: a.rooms + b.rooms,
    transports: a.transports + b.transports,
    producers: a.producers + b.producers,
    consumers: a.consumers + b.consumers,
  };
}
