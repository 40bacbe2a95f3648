// Reads what the recorder wrote, as it lies there: the manifest, and the lines of an index.
import type { FragmentLine, RecordingFile, RecordingManifest } from '../../contract/recording.ts';
import { Refused } from '../../contract/reply.ts';
import type { RecordingFiles, RecordingFolder } from '../../ports/recording-files.ts';
import { eventsFile, extentOf, type PartExtent, readEvents, readIndex, Session, sessionFile } from '../format/format.ts';
import { foldManifest, openParts } from '../format/manifest.ts';
import type { StoredRecording } from '../recording.store.ts';
import { Kept } from './kept.ts';

/** Longer than any index line. */
const tailBytes = 512;
/** Of recordings that ended: their manifests never change. */
const mostManifests = 100;
/** What of its row it goes by. */
type Row = Pick<StoredRecording, 'id' | 'lessonId' | 'directory' | 'sealedKey' | 'state' | 'endReason'>;
/** What of a recording that runs can be watched already, without reading a file; undefined for all others. */
export type Live = (recording: Row) => RecordingManifest | undefined;

export class ManifestReader {
  readonly #files: Pick<RecordingFiles, 'of'>;
  readonly #live: Live;
  readonly #kept = new Kept<RecordingManifest>(mostManifests);

  constructor(files: Pick<RecordingFiles, 'of'>, live: Live = () => undefined) {
    this.#files = files;
    this.#live = live;
  }

  /** Throws `Refused('not-found')` when its files are gone. */
  async manifest(recording: Row): Promise<RecordingManifest> {
    const live = this.#live(recording);
    if (live !== undefined) return live;
    const read = () => this.#read(recording);
    return recording.state === 'ended' ? this.#kept.get(recording.id, read) : read();
  }

  /** Empty when there is no such index. */
  async lines(recording: Row, index: RecordingFile): Promise<FragmentLine[]> {
    return readIndex((await this.#files.of(recording).text(index)) ?? '');
  }

  async #read(recording: Row): Promise<RecordingManifest> {
    const folder = this.#files.of(recording);
    const [session, happened] = await Promise.all([folder.text(sessionFile), folder.text(eventsFile)]);
    if (session === undefined || happened === undefined) throw new Refused('not-found', 'The files of this recording are gone');
    const events = readEvents(happened);
    const open = openParts(events);
    const extents = await Promise.all(open.map(async ({ file, index }) => [file, await extentIn(folder, index)] as const));
    const known = new Map<string, PartExtent>(extents.flatMap(([file, extent]) => (extent ? [[file, extent]] : [])));
    const manifest = foldManifest(Session.parse(JSON.parse(session)), events, known);
    return recording.state === 'ended' && manifest.state !== 'ended' ? ended(manifest, recording) : manifest;
  }
}

/** On a disk that was full to its last byte no end could be written; what is there will not grow any more. */
function ended(manifest: RecordingManifest, { endReason }: Row): RecordingManifest {
  const tracks = manifest.tracks.map((track) => ({ ...track, parts: track.parts.map((part) => ({ ...part, open: false })) }));
  return { ...manifest, state: 'ended', ...(endReason && { endReason }), tracks };
}

async function extentIn(folder: RecordingFolder, index: RecordingFile): Promise<PartExtent | undefined> {
  const tail = (await folder.text(index, tailBytes)) ?? '';
  // A tail that is cut begins in the middle of a line.
  return extentOf(tail.length < tailBytes ? tail : tail.slice(tail.indexOf('\n') + 1));
}
