// For tests: whether every byte that a recording's index names can be read, and is what its container says.

import { join } from 'node:path';
import type { RecordingManifest } from '../../../contract/recording.ts';
import { sealingOf } from '../../files/frames.ts';
import { readSound } from '../../files/stored-file.ts';
import { eventsFile, readEvents, readIndex, Session, sessionFile } from '../../format/format.ts';
import { foldManifest } from '../../format/manifest.ts';

const boxesOf = (bytes: Buffer): string[] => {
  const types: string[] = [];
  for (let at = 0; at < bytes.length; ) {
    const size = bytes.readUInt32BE(at);
    if (size < 8 || at + size > bytes.length) throw new Error(`a box of ${size} bytes at ${at} of ${bytes.length}`);
    types.push(bytes.toString('latin1', at + 4, at + 8));
    at += size;
  }
  return types;
};

/** Throws for what is not whole. `path` is of a recording whose parts all have their ends; only MP4 is looked into. */
export const checkDirectory = async (path: string, key: Buffer | null): Promise<RecordingManifest> => {
  const read = async (name: string): Promise<Buffer> => (await readSound(join(path, name), sealingOf(key, name))).plain;
  const session = Session.parse(JSON.parse((await read(sessionFile)).toString()));
  const manifest = foldManifest(session, readEvents((await read(eventsFile)).toString()), new Map());
  for (const part of manifest.tracks.flatMap((track) => track.parts)) {
    const bytes = await read(part.file);
    if (bytes.length !== part.bytes) throw new Error(`${part.file} has ${bytes.length} of ${part.bytes} bytes`);
    if (boxesOf(bytes.subarray(0, part.initBytes)).join() !== 'ftyp,moov') throw new Error(`${part.file} does not begin as it should`);
    let at = part.initBytes;
    for (const [, , offset, length] of readIndex((await read(part.index)).toString())) {
      if (offset !== at) throw new Error(`${part.index} has a hole at ${at}`);
      if (boxesOf(bytes.subarray(offset, offset + length)).join() !== 'moof,mdat')
        throw new Error(`${part.file} has no fragment at ${offset}`);
      at += length;
    }
    if (at !== part.bytes) throw new Error(`${part.index} ends at ${at} of ${part.bytes}`);
  }
  return manifest;
};
