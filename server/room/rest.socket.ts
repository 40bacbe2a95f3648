// What a joining device is told after the picture, as it goes over the line: a long list is packed, for it must leave room for sound on a thin one.
import { promisify } from 'node:util';
import { constants, deflateRaw } from 'node:zlib';
import type { RequestOutput } from '../contract/index.ts';
import type { RestOfRoom } from '../contract/room.ts';

const deflate = promisify(deflateRaw);
const packedFromCharacters = 8_000;

export async function packRest(rest: RestOfRoom): Promise<RequestOutput<'room:rest'>> {
  const text = JSON.stringify(rest);
  if (text.length < packedFromCharacters) return rest;
  return { packed: await deflate(text, { level: constants.Z_BEST_SPEED }) };
}
