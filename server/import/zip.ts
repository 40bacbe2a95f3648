// Takes the files out of a ZIP archive within limits, so that a small one cannot grow without end. https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
import { inflateRawSync } from 'node:zlib';
import { Unreadable } from './faults.ts';

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;
const MOST_FILES = 1000;
const ENCRYPTED = 1;

export interface ZipFile {
  readonly name: string;
  readonly bytes: Buffer;
}

export function isZip(bytes: Buffer): boolean {
  return bytes.length > 22 && bytes.readUInt32LE(0) === LOCAL;
}

/** @param mostBytes of all files together, unpacked; sizes that the archive claims are not believed */
export function unzip(bytes: Buffer, mostBytes: number, wanted: (name: string) => boolean): ZipFile[] {
  try {
    return filesOf(bytes, mostBytes, wanted);
  } catch (error) {
    if (error instanceof Unreadable) throw error;
    if (error instanceof RangeError || isZlib(error)) {
      const grows = error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
      throw new Unreadable(grows ? 'file-too-large' : 'file-unreadable', grows ? String(mostBytes) : null);
    }
    throw error;
  }
}

function filesOf(bytes: Buffer, mostBytes: number, wanted: (name: string) => boolean): ZipFile[] {
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || bytes.readUInt32LE(end) !== END) throw new Unreadable('file-unreadable');
  const count = bytes.readUInt16LE(end + 10);
  if (count > MOST_FILES) throw new Unreadable('file-too-large', String(MOST_FILES));
  const files: ZipFile[] = [];
  let place = bytes.readUInt32LE(end + 16);
  let left = mostBytes;
  for (let index = 0; index < count; index += 1) {
    if (bytes.readUInt32LE(place) !== ENTRY) throw new Unreadable('file-unreadable');
    const nameLength = bytes.readUInt16LE(place + 28);
    const name = bytes.toString('utf8', place + 46, place + 46 + nameLength);
    if (wanted(name)) {
      const file = unpack(bytes, place, left);
      left -= file.length;
      files.push({ name, bytes: file });
    }
    place += 46 + nameLength + bytes.readUInt16LE(place + 30) + bytes.readUInt16LE(place + 32);
  }
  return files;
}

function unpack(bytes: Buffer, entry: number, mostBytes: number): Buffer {
  const method = bytes.readUInt16LE(entry + 10);
  const packed = bytes.readUInt32LE(entry + 20);
  const local = bytes.readUInt32LE(entry + 42);
  if ((bytes.readUInt16LE(entry + 8) & ENCRYPTED) !== 0 || bytes.readUInt32LE(local) !== LOCAL) throw new Unreadable('file-unreadable');
  const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
  const data = bytes.subarray(start, start + packed);
  if (method === 0) {
    if (data.length > mostBytes) throw new Unreadable('file-too-large', String(mostBytes));
    return data;
  }
  if (method !== 8) throw new Unreadable('file-unreadable');
  // Never 0: to zlib that is no limit at all.
  return inflateRawSync(data, { maxOutputLength: Math.max(1, mostBytes) });
}

function isZlib(error: unknown): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && /^(Z_|ERR_)/.test(error.code);
}
