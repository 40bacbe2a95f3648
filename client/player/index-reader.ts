// The indexes of one track's parts, read when first needed and read on while a part grows.
import type { RecordingPart } from '../../server/contract/recording.ts';
import type { RecordingFiles } from './files.ts';
import { type Fragment, readFragments } from './fragments.ts';

type Known = { fragments: Fragment[]; readBytes: number };

export class IndexReader {
  readonly #files: RecordingFiles;
  readonly #known = new Map<string, Known>();

  constructor(files: RecordingFiles) {
    this.#files = files;
  }

  /** What is known already. */
  peek(part: Pick<RecordingPart, 'index'>): readonly Fragment[] | undefined {
    return this.#known.get(part.index)?.fragments;
  }

  /** Asks the server only when the part goes further than what is known. */
  async read(part: RecordingPart, signal: AbortSignal): Promise<readonly Fragment[]> {
    const known = this.#known.get(part.index) ?? { fragments: [], readBytes: 0 };
    const last = known.fragments.at(-1);
    if (last && last.offset + last.bytes >= part.bytes) return known.fragments;
    const text = await this.#files.textFrom(part.index, known.readBytes, signal);
    const { fragments, read } = readFragments(text ?? '');
    const grown = { fragments: [...known.fragments, ...fragments], readBytes: known.readBytes + read };
    this.#known.set(part.index, grown);
    return grown.fragments;
  }
}
