// The indexes of one track's parts, read when first needed and read on while a part grows.
import type { RecordingPart } from '../../server/contract/recording.ts';
import type { RecordingFiles } from './files.ts';
import { type Fragment, fragmentsOf, readFragments } from './fragments.ts';

type Known = { readonly fragments: readonly Fragment[]; readonly readBytes: number; readonly isWhole: boolean };
const nothing: Known = { fragments: [], readBytes: 0, isWhole: false };

export class IndexReader {
  readonly #files: RecordingFiles;
  readonly #known = new Map<string, Known>();

  constructor(files: RecordingFiles) {
    this.#files = files;
  }

  /** What is known already. */
  peek(part: Pick<RecordingPart, 'index' | 'startMs' | 'endMs'>): readonly Fragment[] | undefined {
    const known = this.#known.get(part.index);
    return known && fragmentsOf(known.fragments, part);
  }

  /** Asks the server only when the part goes further than what is known. */
  async read(part: RecordingPart, signal: AbortSignal): Promise<readonly Fragment[]> {
    const known = this.#known.get(part.index) ?? nothing;
    const last = known.fragments.at(-1);
    if (known.isWhole || (last && last.offset + last.bytes >= part.bytes)) return fragmentsOf(known.fragments, part);
    const text = await this.#files.textFrom(part.index, known.readBytes, signal);
    const { fragments, read } = readFragments(text ?? '');
    const grown = { fragments: [...known.fragments, ...fragments], readBytes: known.readBytes + read, isWhole: !part.open };
    this.#known.set(part.index, grown);
    return fragmentsOf(grown.fragments, part);
  }

  /** Something was cut out or put back. */
  forget(): void {
    this.#known.clear();
  }
}
