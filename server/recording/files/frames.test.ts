// Tests how the bytes of recordings are sealed, read by range, cut after a crash, and how every change is found.
import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FrameBroken, headerBytes, mostInFrame } from './frame.ts';
import { type FileMap, type Sealing, type StoredBytes, sealingOf } from './frames.ts';

const key = randomBytes(32);
const kinds: readonly (readonly [string, Buffer | null])[] = [
  ['sealed', key],
  ['plain', null],
];

/** A file in memory, streamed in pieces that heed no frame. */
class MemoryFile implements StoredBytes {
  bytes: Buffer = Buffer.alloc(0);
  readonly #pieceBytes: number;
  constructor(pieceBytes = 70) {
    this.#pieceBytes = pieceBytes;
  }
  append(bytes: Buffer) {
    this.bytes = Buffer.concat([this.bytes, bytes]);
  }
  async read(start: number, length: number) {
    return this.bytes.subarray(start, start + length);
  }
  async *stream(start: number, end: number) {
    for (let at = start; at < Math.min(end, this.bytes.length); at += this.#pieceBytes)
      yield this.bytes.subarray(at, Math.min(end, at + this.#pieceBytes));
  }
}

const plainOf = async (map: FileMap, file: StoredBytes, start: number, end: number): Promise<Buffer> => {
  const pieces: Buffer[] = [];
  for await (const piece of map.read(file, start, end)) pieces.push(piece);
  return Buffer.concat(pieces);
};

/** Everything that lies there, as strictly as a file that will not grow is read. */
const wholeOf = async (sealing: Sealing, file: MemoryFile): Promise<Buffer> => {
  const map = sealing.map();
  if ((await map.grow(file, file.bytes.length)) > 0) throw new FrameBroken('torn');
  return plainOf(map, file, 0, map.end.plainBytes);
};

/** A recorder's way of going on after its process died. */
const cutTo = async (sealing: Sealing, file: MemoryFile, wantedBytes: number) => {
  const map = sealing.map();
  const sound = await map.soundEnd(file, file.bytes.length);
  const { at, bytes, end } = await map.cut(file, Math.min(wantedBytes, sound.plainBytes));
  file.bytes = Buffer.concat([file.bytes.subarray(0, at), bytes]);
  return end;
};

const append = fc.uint8Array({ minLength: 1, maxLength: 200 }).map((bytes) => Buffer.from(bytes));
const step = fc.oneof(
  { weight: 3, arbitrary: append.map((bytes) => ({ does: 'append' as const, bytes })) },
  {
    weight: 1,
    arbitrary: fc.record({ does: fc.constant('crash' as const), lost: fc.nat(250), kept: fc.double({ min: 0, max: 1, noNaN: true }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      does: fc.constant('read' as const),
      from: fc.double({ min: 0, max: 1, noNaN: true }),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
    }),
  },
);

describe.each(kinds)('a %s file', (_, fileKey) => {
  const sealing = sealingOf(fileKey, 'p0001.mp4');

  it('V10 gives every range of what was appended, whatever was cut off in between', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
        const file = new MemoryFile();
        const map = sealing.map();
        let sealer = sealing.sealer();
        let expected: Buffer = Buffer.alloc(0);
        for (const one of steps) {
          if (one.does === 'append') {
            file.append(sealer.seal(one.bytes));
            expected = Buffer.concat([expected, one.bytes]);
          } else if (one.does === 'crash') {
            file.bytes = file.bytes.subarray(0, Math.max(0, file.bytes.length - one.lost));
            const end = await cutTo(sealing, file, Math.floor(expected.length * one.kept));
            sealer = sealing.sealer(end);
            expected = expected.subarray(0, end.plainBytes);
            // Whoever reads beside the recorder sees that the file became shorter.
            await map.grow(file, file.bytes.length);
          } else {
            await map.grow(file, file.bytes.length);
            const from = Math.floor(expected.length * one.from);
            const end = from + Math.floor((expected.length - from) * one.share);
            expect((await plainOf(map, file, from, end)).equals(expected.subarray(from, end))).toBe(true);
          }
        }
        expect((await wholeOf(sealing, file)).equals(expected)).toBe(true);
        expect(sealer.end.plainBytes).toBe(expected.length);
        expect(sealer.end.storedBytes).toBe(file.bytes.length);
      }),
      { numRuns: 150 },
    );
  });

  it('loses of a crash only the append that was not finished', async () => {
    const file = new MemoryFile();
    const sealer = sealing.sealer();
    file.append(sealer.seal(Buffer.from('first')));
    const { storedBytes } = sealer.end;
    file.append(sealer.seal(Buffer.from('second')));
    const whole = file.bytes;
    for (let bytes = storedBytes; bytes < whole.length; bytes += 1) {
      file.bytes = whole.subarray(0, bytes);
      const map = sealing.map();
      const { plainBytes } = await map.soundEnd(file, bytes);
      expect(plainBytes).toBe(fileKey ? 5 : bytes);
    }
  });

  it('is read on while it grows, and refuses what is not there yet', async () => {
    const file = new MemoryFile();
    const sealer = sealing.sealer();
    const map = sealing.map();
    file.append(sealer.seal(Buffer.from('one')));
    await map.grow(file, file.bytes.length);
    await expect(plainOf(map, file, 0, 4)).rejects.toThrow(FrameBroken);
    file.append(sealer.seal(Buffer.from('two')));
    await map.grow(file, file.bytes.length);
    expect(String(await plainOf(map, file, 2, 5))).toBe('etw');
  });
});

describe('sealed frames', () => {
  const sealing = sealingOf(key, 'p0001.mp4');
  const fileOf = (...texts: string[]): { file: MemoryFile; ends: number[] } => {
    const file = new MemoryFile();
    const sealer = sealing.sealer();
    const ends = texts.map((text) => {
      file.append(sealer.seal(Buffer.from(text)));
      return sealer.end.storedBytes;
    });
    return { file, ends };
  };
  const isBroken = async (bytes: Buffer, name = 'p0001.mp4', by = key): Promise<boolean> => {
    const file = new MemoryFile();
    file.bytes = bytes;
    return wholeOf(sealingOf(by, name), file).then(
      () => false,
      (error: unknown) => error instanceof FrameBroken,
    );
  };

  it('V10 any single bit that is another is found', async () => {
    const { file } = fileOf('the first', 'x', 'the last');
    expect(await isBroken(file.bytes)).toBe(false);
    for (let bit = 0; bit < file.bytes.length * 8; bit += 1) {
      const changed = Buffer.from(file.bytes);
      changed.writeUInt8(changed.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      expect(await isBroken(changed), `bit ${bit}`).toBe(true);
    }
  });

  it('V10 frames that change places, are left out, doubled or taken from another file are found', async () => {
    const { file, ends } = fileOf('aaaa', 'bbbb', 'cccc');
    const [a, b, c] = [file.bytes.subarray(0, ends[0]), file.bytes.subarray(ends[0], ends[1]), file.bytes.subarray(ends[1])];
    for (const order of [
      [b, a, c],
      [a, c],
      [a, c, b],
      [b, c],
      [a, a, b, c],
      [a, b, b, c],
    ])
      expect(await isBroken(Buffer.concat(order))).toBe(true);
    expect(await isBroken(file.bytes, 'p0002.mp4')).toBe(true);
    expect(await isBroken(file.bytes, 'p0001.mp4', randomBytes(32))).toBe(true);
    const other = fileOf('aaaa', 'dddd', 'cccc');
    const middle = other.file.bytes.subarray(other.ends[0], other.ends[1]);
    expect(await isBroken(Buffer.concat([a, middle, c]))).toBe(true);
  });

  it('V10 a frame that was cut off and written anew cannot be put back', async () => {
    const { file, ends } = fileOf('aaaa', 'bbbb');
    const cutOff = file.bytes.subarray(ends[0]);
    const end = await cutTo(sealing, file, 4);
    const sealer = sealing.sealer(end);
    file.append(sealer.seal(Buffer.from('BBBB')));
    file.append(sealer.seal(Buffer.from('CCCC')));
    expect(String(await wholeOf(sealing, file))).toBe('aaaaBBBBCCCC');
    file.bytes = Buffer.concat([file.bytes.subarray(0, ends[0]), cutOff, file.bytes.subarray(ends[1])]);
    expect(await isBroken(file.bytes)).toBe(true);
  });

  it('V10 the same bytes at the same place are never sealed with the same nonce', async () => {
    const nonces = new Set<string>();
    const file = new MemoryFile();
    let end = sealing.sealer().end;
    for (let time = 0; time < 50; time += 1) {
      const frame = sealing.sealer(end).seal(Buffer.from('again'));
      nonces.add(frame.toString('hex', 16, 28));
      file.append(frame);
      end = await cutTo(sealing, file, 0);
    }
    expect(nonces.size).toBe(50);
  });

  it('zeros that a loss of power left at the end are no part of the file', async () => {
    const { file, ends } = fileOf('aaaa', 'bbbb', 'cccc');
    const lost = Buffer.from(file.bytes);
    lost.fill(0, (ends[0] ?? 0) + headerBytes, ends[1]);
    file.bytes = lost;
    expect((await sealing.map().soundEnd(file, lost.length)).plainBytes).toBe(4);
  });

  it('long appends lie in several frames, and a packed map reads them as the frames do', async () => {
    const file = new MemoryFile(300_000);
    const plain = randomBytes(2 * mostInFrame + 5);
    file.append(sealing.sealer().seal(plain));
    expect(file.bytes.length).toBe(plain.length + 3 * headerBytes);
    const map = sealing.map();
    await map.grow(file, file.bytes.length);
    const read = await plainOf(sealing.map(map.pack()), file, mostInFrame - 3, 2 * mostInFrame + 2);
    expect(read.equals(plain.subarray(mostInFrame - 3, 2 * mostInFrame + 2))).toBe(true);
  });
});
