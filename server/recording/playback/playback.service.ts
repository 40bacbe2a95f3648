// What of a recording may be played: the manifest of its files, with what its teachers left out taken out of it.
import type { FragmentLine, RecordingFile, RecordingManifest, RecordingPart } from '../../contract/recording.ts';
import type { NewRecordingEdit } from '../../contract/recording-edits.ts';
import { applyEdits, type Edited, indexesToRead, withCutsListed } from '../edits/apply.ts';
import type { StoredRecording } from '../recording.store.ts';
import type { ByteRange } from './byte-range.ts';
import { Kept } from './kept.ts';
import type { ManifestReader } from './manifest-reader.ts';

/** `editor` sees all that is there; what was cut is listed, and nothing taken out. */
export type As = 'viewer' | 'editor';

export interface PlayableFile {
  readonly mime: string;
  /** As long as what is whole of it. */
  readonly bytes: number;
  /** Still being written. */
  readonly open: boolean;
}

export interface Playback {
  /** Throws `Refused('not-found')` when its files are gone. */
  view(recording: StoredRecording, as: As): Promise<RecordingManifest>;
  /** The lines of an index that may be played, in order; empty for a file that the view does not name. */
  index(recording: StoredRecording, index: RecordingFile, as: As): Promise<readonly FragmentLine[]>;
  /** A media file of the view; undefined for all else. */
  file(recording: StoredRecording, file: RecordingFile, as: As): Promise<PlayableFile | undefined>;
  /** Whether all bytes of the range may be given out. */
  allowed(recording: StoredRecording, file: RecordingFile, range: ByteRange, as: As): Promise<boolean>;
}

export interface PlaybackOptions {
  readonly reader: ManifestReader;
  /** Those that hold, oldest first. */
  readonly edits: (recording: StoredRecording) => Promise<readonly NewRecordingEdit[]>;
}

const mostEdited = 100;

export class PlaybackService implements Playback {
  readonly #options: PlaybackOptions;
  readonly #edited = new Kept<Edited>(mostEdited);

  constructor(options: PlaybackOptions) {
    this.#options = options;
  }

  async view(recording: StoredRecording, as: As): Promise<RecordingManifest> {
    const { reader, edits } = this.#options;
    if (recording.edition === 0) return reader.manifest(recording);
    if (as === 'editor') return withCutsListed(await reader.manifest(recording), await edits(recording));
    return (await this.#editedOf(recording)).manifest;
  }

  async index(recording: StoredRecording, index: RecordingFile, as: As): Promise<readonly FragmentLine[]> {
    if ((await this.#partsWith(recording, as, (part) => part.index === index)).length === 0) return [];
    return (await this.cutLines(recording, index, as)) ?? (await this.#options.reader.lines(recording, index));
  }

  /** What is left of an index that something was cut of; undefined: it is given out as it lies there. */
  async cutLines(recording: StoredRecording, index: RecordingFile, as: As): Promise<readonly FragmentLine[] | undefined> {
    if (recording.edition === 0 || as === 'editor') return undefined;
    return (await this.#editedOf(recording)).lines.get(index);
  }

  async file(recording: StoredRecording, file: RecordingFile, as: As): Promise<PlayableFile | undefined> {
    const [part] = await this.#partsWith(recording, as, (one) => one.file === file);
    if (part === undefined) return undefined;
    const whole = await this.#options.reader.manifest(recording);
    const sizes = whole.tracks.flatMap(({ parts }) => parts).filter((one) => one.file === file);
    return { mime: part.mime, open: part.open, bytes: Math.max(part.bytes, ...sizes.map(({ bytes }) => bytes)) };
  }

  /** The initialisation segment is part of every piece; between the pieces nothing is given out. */
  async allowed(recording: StoredRecording, file: RecordingFile, { start, end }: ByteRange, as: As): Promise<boolean> {
    const parts = await this.#partsWith(recording, as, (part) => part.file === file);
    const [part] = parts;
    if (part === undefined) return false;
    const lines = await this.cutLines(recording, part.index, as);
    if (lines === undefined) return end < part.bytes;
    let from = start < part.initBytes ? part.initBytes : start;
    for (const [, , offset, bytes] of lines) if (offset <= from && from < offset + bytes) from = offset + bytes;
    return from > end;
  }

  async #partsWith(recording: StoredRecording, as: As, fits: (part: RecordingPart) => boolean): Promise<RecordingPart[]> {
    return (await this.view(recording, as)).tracks.flatMap(({ parts }) => parts.filter(fits));
  }

  /** The edition rises with every edit, so what is kept is never what was before one. */
  #editedOf(recording: StoredRecording): Promise<Edited> {
    const make = async (): Promise<Edited> => {
      const { reader, edits } = this.#options;
      const [manifest, made] = [await reader.manifest(recording), await edits(recording)];
      const indexes = indexesToRead(manifest, made);
      const read = async (index: RecordingFile) => [index, await reader.lines(recording, index)] as const;
      return applyEdits(manifest, made, new Map(await Promise.all(indexes.map(read))));
    };
    return recording.state === 'ended' ? this.#edited.get(`${recording.id} ${recording.edition}`, make) : make();
  }
}
