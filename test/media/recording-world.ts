// For tests: a recording made in memory, served as the server does, with the player alone on a page.

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { LessonId, ParticipantId, RecordingId, TrackId } from '../../server/contract/ids.ts';
import type { TrackSource } from '../../server/contract/media.ts';
import type { RecordingManifest, RecordingPart, RecordingTrack } from '../../server/contract/recording.ts';
import type { MemoryParts } from '../../server/recording/capture/testing/memory-parts.ts';

type File = { readonly mime: string; readonly bytes: Buffer };
export type Asked = { readonly file: string; readonly first: number; readonly last: number };

/** What a served file does instead of being served: 404, or half of what was asked for. */
export type Fault = 'gone' | 'cut-short' | 'refused';

export class RecordingWorld {
  readonly tracks: RecordingTrack[] = [];
  readonly files = new Map<string, File>();
  readonly faults = new Map<string, Fault>();
  /** Ranges of media files, in the order of asking. */
  readonly asked: Asked[] = [];
  gaps: RecordingManifest['gaps'] = [];
  pauses: RecordingManifest['pauses'] = [];
  cuts: RecordingManifest['cuts'] = [];
  /** Class time up to which it has been written; undefined once it has ended. */
  writtenMs: (() => number) | undefined;
  readonly #pages: ReadonlyMap<string, File>;
  readonly #server = createServer((request, response) => this.#answer(request, response));
  readonly #id = RecordingId.parse('r1');
  #count = 0;

  private constructor(pages: ReadonlyMap<string, File>) {
    this.#pages = pages;
  }

  static async open(): Promise<RecordingWorld> {
    const directory = await mkdtemp(join(tmpdir(), 'player-'));
    await build({
      configFile: false,
      logLevel: 'error',
      build: {
        outDir: directory,
        minify: false,
        lib: {
          entry: fileURLToPath(import.meta.resolve('../../client/player/player.ts')),
          formats: ['iife'],
          name: 'auditoria',
          fileName: () => 'player.js',
        },
      },
    });
    const script = await readFile(join(directory, 'player.js'));
    await rm(directory, { recursive: true });
    const page = await readFile(join(import.meta.dirname, 'recording-player.html'));
    const world = new RecordingWorld(
      new Map([
        ['/', { mime: 'text/html', bytes: page }],
        ['/player.js', { mime: 'text/javascript', bytes: script }],
      ]),
    );
    await new Promise<void>((resolve) => world.#server.listen(0, '127.0.0.1', resolve));
    return world;
  }

  get address(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}/`;
  }

  /** Nothing of before is left. */
  reset(): void {
    this.tracks.length = 0;
    this.asked.length = 0;
    this.files.clear();
    this.faults.clear();
    this.gaps = [];
    this.pauses = [];
    this.cuts = [];
    this.writtenMs = undefined;
  }

  add(name: string, source: TrackSource, ...recorded: readonly MemoryParts[]): RecordingTrack {
    const track: RecordingTrack = {
      trackId: TrackId.parse(`${name}-${source}`),
      participantId: ParticipantId.parse(name),
      name,
      source,
      parts: recorded.flatMap((parts) => parts.parts.map((_, index) => this.#store(parts, index))),
    };
    this.tracks.push(track);
    return track;
  }

  close(): Promise<void> {
    this.#server.closeAllConnections();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }

  #store(recorded: MemoryParts, index: number): RecordingPart {
    const { header, fragments } = recorded.parts[index] ?? {};
    if (!header || !fragments) throw new RangeError(`no part ${index}`);
    const number = String(++this.#count).padStart(4, '0');
    const file = `p${number}.${header.extension}`;
    const bytes = recorded.bytes(index);
    let offset = header.bytes.length;
    const lines = fragments.map((one) => {
      const line = [one.timeMs, one.durationMs, offset, one.bytes.length, one.key ? 1 : 0];
      offset += one.bytes.length;
      return `${JSON.stringify(line)}\n`;
    });
    const last = fragments.at(-1);
    this.files.set(file, { mime: header.mime, bytes });
    this.files.set(`p${number}.jsonl`, { mime: 'application/jsonl', bytes: Buffer.from(lines.join('')) });
    return {
      ...{ file, index: `p${number}.jsonl`, mime: header.mime, startMs: header.startMs },
      endMs: last ? last.timeMs + last.durationMs : header.startMs,
      ...(header.width === undefined ? {} : { width: header.width, height: header.height }),
      ...{ initBytes: header.bytes.length, bytes: bytes.length, open: false },
    };
  }

  /** While it is being written, only what has been. */
  manifest(): RecordingManifest {
    const until = this.writtenMs?.() ?? Number.POSITIVE_INFINITY;
    const tracks = this.tracks.map((track) => ({
      ...track,
      parts: track.parts.filter(({ startMs }) => startMs < until).map((part) => this.#written(part, until)),
    }));
    const ends = tracks.flatMap(({ parts }) => parts.map(({ endMs }) => endMs));
    const { gaps, pauses, cuts } = this;
    return {
      ...{ id: this.#id, lessonId: LessonId.parse('l1'), startedAt: 0, gaps, pauses, cuts, tracks },
      state: this.writtenMs ? 'recording' : 'ended',
      durationMs: Math.max(0, ...ends),
    };
  }

  #written(part: RecordingPart, until: number): RecordingPart {
    if (part.endMs <= until) return part;
    const lines = this.#linesUntil(part.index, until);
    const last = lines.at(-1);
    return { ...part, open: true, endMs: last ? last[0] + last[1] : part.startMs, bytes: last ? last[2] + last[3] : part.initBytes };
  }

  #linesUntil(index: string, until: number): [number, number, number, number][] {
    const text = this.files.get(index)?.bytes.toString() ?? '';
    const lines: [number, number, number, number][] = text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line)]));
    return lines.filter(([from, length]) => from + length <= until);
  }

  #answer({ url = '/', headers }: IncomingMessage, response: ServerResponse): void {
    const name = url.split('?')[0] ?? '/';
    const page = this.#pages.get(name);
    if (page) return void response.setHeader('Content-Type', page.mime).end(page.bytes);
    const refuse = (status: number, code: string, details = {}) =>
      void response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify({ code, message: code, details }));
    if (name === `/api/recordings/${this.#id}`) {
      return void response.setHeader('Content-Type', 'application/json').end(JSON.stringify(this.manifest()));
    }
    const file = name.split('/').at(-1) ?? '';
    const found = this.files.get(file);
    const fault = this.faults.get(file);
    if (fault === 'refused') return refuse(403, 'not-allowed', { why: 'no-longer' });
    if (!found || fault === 'gone') return refuse(404, 'not-found');
    const until = this.writtenMs?.();
    const bytes =
      until !== undefined && file.endsWith('.jsonl')
        ? Buffer.from(
            this.#linesUntil(file, until)
              .map((line) => `${JSON.stringify(line)}\n`)
              .join(''),
          )
        : found.bytes;
    const [, from = '0', to = ''] = /^bytes=(\d+)-(\d*)$/.exec(headers.range ?? '') ?? [];
    const first = Number(from);
    const last = to === '' ? bytes.length - 1 : Math.min(Number(to), bytes.length - 1);
    if (first > last) return refuse(416, 'range-not-satisfiable');
    if (!file.endsWith('.jsonl')) this.asked.push({ file, first, last });
    const end = fault === 'cut-short' ? Math.floor((first + last) / 2) : last;
    response.writeHead(206, { 'Content-Type': found.mime, 'Content-Range': `bytes ${first}-${end}/${bytes.length}` });
    response.end(bytes.subarray(first, end + 1));
  }
}
