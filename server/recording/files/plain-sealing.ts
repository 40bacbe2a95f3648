// Files that are stored as they are, behind the same interface as sealed ones.
import { FrameBroken } from './frame.ts';
import type { FileEnd, FileMap, Sealing } from './frames.ts';

const nothing = Buffer.alloc(0);
const endAt = (bytes: number): FileEnd => ({ plainBytes: bytes, storedBytes: bytes, tag: nothing });

export const plainSealing: Sealing = {
  isSealed: false,
  sealer(after = endAt(0)) {
    let end = after;
    return {
      get end() {
        return end;
      },
      seal(plain) {
        end = endAt(end.plainBytes + plain.length);
        return plain;
      },
    };
  },
  map: () => plainMap(),
};

const plainMap = (): FileMap => {
  let end = endAt(0);
  return {
    get end() {
      return end;
    },
    async grow(_stored, storedBytes) {
      end = endAt(storedBytes);
      return 0;
    },
    async *read(stored, start, until) {
      if (start >= until) return;
      if (until > end.plainBytes) throw new FrameBroken('the file is shorter than it should be');
      yield* stored.stream(start, until);
    },
    async soundEnd(_stored, storedBytes) {
      end = endAt(storedBytes);
      return end;
    },
    async cut(_stored, plainBytes) {
      if (plainBytes > end.plainBytes) throw new RangeError('a file cannot be cut to more than it has');
      end = endAt(plainBytes);
      return { at: plainBytes, bytes: nothing, end };
    },
    pack: () => nothing,
  };
};
