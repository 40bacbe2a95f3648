// Which file of a recording a viewer is given, and as what: parts and their indexes, pictures, and the files that were made of it.
import { Readable } from 'node:stream';
import { DerivedFile, RecordingFile } from '../../contract/recording.ts';
import type { RecordingExport, Storyboard } from '../../contract/recording-page.ts';
import { Refused } from '../../contract/reply.ts';
import type { RecordingFiles, RecordingFolder } from '../../ports/recording-files.ts';
import type { Allowed, RecordedLesson } from '../access/access.ts';
import { line } from '../format/format.ts';
import type { StoredRecording } from '../recording.store.ts';
import { fileNameOf } from './file-name.ts';
import { bytesPerSecondOf, type Pace } from './pace.ts';
import type { As, PlaybackService } from './playback.service.ts';
import type { Servable } from './serve-bytes.ts';

/** What was made of recordings in the background. */
export interface MadeOf {
  exportsOf(recording: StoredRecording): Promise<readonly RecordingExport[]>;
  /** Null until it was made, and again from an edit until it was made anew. */
  insightOf(recording: StoredRecording): Promise<{ readonly storyboard: Storyboard | null } | null>;
  /** Whether it shows what may be seen now: what was made before the latest edit shows more. */
  isCurrent(recording: StoredRecording, file: DerivedFile): Promise<boolean>;
}

export interface FilesServiceOptions {
  readonly playback: PlaybackService;
  readonly files: Pick<RecordingFiles, 'of'>;
  readonly made: MadeOf;
  readonly pace: Pace;
  readonly timeZone: string;
}

const exportFiles = { 'class.mp4': { kind: 'mp4', mime: 'video/mp4' }, 'sound.m4a': { kind: 'm4a', mime: 'audio/mp4' } } as const;
type ExportFile = keyof typeof exportFiles;
const isExport = (name: string): name is ExportFile => name in exportFiles;

const notFound = (): Refused => new Refused('not-found', 'There is no such file');

export class FilesService {
  readonly #options: FilesServiceOptions;

  constructor(options: FilesServiceOptions) {
    this.#options = options;
  }

  /** Throws `Refused`. The caller has asked the gate: for `download` where `isDownload` says so, else for `watch`. */
  async find(allowed: Allowed, name: string, as: As): Promise<Servable> {
    const { recording } = allowed;
    const part = RecordingFile.safeParse(name).data;
    if (part !== undefined) return part.endsWith('.jsonl') ? this.#index(recording, part, as) : this.#media(allowed, part, as);
    const derived = DerivedFile.safeParse(name).data;
    if (derived === undefined) throw notFound();
    return isExport(derived) ? this.#export(recording, allowed.lesson, derived) : this.#made(recording, derived, 'image/jpeg');
  }

  async #media(allowed: Allowed, name: RecordingFile, as: As): Promise<Servable> {
    const { playback, pace } = this.#options;
    const { recording, viewer } = allowed;
    const file = await playback.file(recording, name, as);
    if (file === undefined) throw notFound();
    const folder = this.#folder(recording);
    const runs = recording.state !== 'ended';
    const bytesPerSecond = runs ? bytesPerSecondOf(await playback.view(recording, as)) : 0;
    const who = `${viewer.kind === 'person' ? viewer.person.id : viewer.linkId} ${recording.id}`;
    if (runs) pace.admit(who, bytesPerSecond);
    return {
      ...{ mime: file.mime, bytes: file.bytes },
      ...(!file.open && { tag: `${recording.id}-${name}-${file.bytes}` }),
      allows: (range) => playback.allowed(recording, name, range, as),
      open: ({ start, end }) => folder.stream(name, start, end),
      ...(runs && { paced: (source: Readable) => pace.paced(source, who, bytesPerSecond) }),
    };
  }

  async #index(recording: StoredRecording, name: RecordingFile, as: As): Promise<Servable> {
    const { playback } = this.#options;
    const parts = (await playback.view(recording, as)).tracks.flatMap((track) => track.parts.filter(({ index }) => index === name));
    const [part] = parts;
    if (part === undefined) throw notFound();
    const lines = await playback.cutLines(recording, name, as);
    if (lines !== undefined) return textOf(lines.map(line).join(''));
    const folder = this.#folder(recording);
    const bytes = await folder.size(name);
    if (bytes === undefined) throw notFound();
    const mime = 'application/jsonl';
    if (!part.open) return { mime, bytes, open: ({ start, end }) => folder.stream(name, start, end) };
    return { mime, bytes: await wholeLines(folder, name, bytes), open: ({ start, end }) => folder.stream(name, start, end) };
  }

  #export(recording: StoredRecording, { title }: RecordedLesson, name: ExportFile): Promise<Servable> {
    const { kind, mime } = exportFiles[name];
    return this.#made(recording, name, mime, fileNameOf(recording.title ?? title, recording.startedAt, this.#options.timeZone, kind));
  }

  async #made(recording: StoredRecording, name: DerivedFile, mime: string, saveAs?: string): Promise<Servable> {
    const { made } = this.#options;
    const folder = this.#folder(recording);
    const bytes = (await made.isCurrent(recording, name)) ? await folder.size(name) : undefined;
    if (bytes === undefined) throw notFound();
    const tag = `${recording.id}-${recording.edition}-${name}-${bytes}`;
    return { mime, bytes, tag, ...(saveAs !== undefined && { saveAs }), open: ({ start, end }) => folder.stream(name, start, end) };
  }

  #folder(recording: StoredRecording): RecordingFolder {
    return this.#options.files.of(recording);
  }
}

/** These are kept by whoever fetches them. */
export function isDownload(name: string): boolean {
  return isExport(name);
}

function textOf(text: string): Servable {
  const content = Buffer.from(text);
  const open = ({ start, end }: { start: number; end: number }) => Promise.resolve(Readable.from([content.subarray(start, end + 1)]));
  return { mime: 'application/jsonl', bytes: content.length, open };
}

/** Longer than any line of an index. */
const tailBytes = 512;

/** While it grows its last line may be half written. */
async function wholeLines(folder: RecordingFolder, name: string, bytes: number): Promise<number> {
  const from = Math.max(0, bytes - tailBytes);
  const pieces: Buffer[] = [];
  if (bytes > 0) for await (const piece of await folder.stream(name, from, bytes - 1)) pieces.push(Buffer.from(piece));
  return from + Buffer.concat(pieces).lastIndexOf(0x0a) + 1;
}
