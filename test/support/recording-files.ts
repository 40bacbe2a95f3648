// Recordings in a folder, with or without a store behind it, and a recorder that writes the way the real one does.
import { appendFile, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { Kysely } from 'kysely';
import { expect, vi } from 'vitest';
import { type RecordingConfig, recording } from '../../config/recordings.ts';
import { openRecordingFiles } from '../../server/app-recording-files.ts';
import { LessonId, ParticipantId, RecordingId, TrackId } from '../../server/contract/ids.ts';
import type { Database } from '../../server/database/tables.ts';
import type { RecordingPlace } from '../../server/ports/recording-files.ts';
import { addLesson } from '../../server/recording/capture/testing/lesson-rows.ts';
import { type Sealer, sealingOf } from '../../server/recording/files/frames.ts';
import type { OpenedFiles } from '../../server/recording/files/opened-files.ts';
import { line, type RecordingEvent } from '../../server/recording/format/format.ts';
import { RecordingStore } from '../../server/recording/recording.store.ts';
import { FakeClock } from './fake-clock.ts';
import type { TestS3 } from './s3-server.ts';

/** Of what is carried to the store at once: a real one wants eighty times as much. */
export const partBytes = 64 * 1024;
export const startedAt = 1_800_000_000_000;

interface Options {
  readonly encrypt: boolean;
  readonly s3?: TestS3;
  readonly keepLocalDays?: number;
}

export class RecordedFiles {
  readonly clock = new FakeClock(startedAt);
  readonly warnings: string[] = [];
  readonly #db: Kysely<Database>;
  readonly #data: string;
  readonly #settings: RecordingConfig;
  #heard: { readonly message: string; readonly resolve: () => void }[] = [];
  #opened: OpenedFiles | undefined;

  private constructor(db: Kysely<Database>, data: string, settings: RecordingConfig) {
    this.#db = db;
    this.#data = data;
    this.#settings = settings;
  }

  static async open(db: Kysely<Database>, options: Options): Promise<RecordedFiles> {
    const { encrypt, s3, keepLocalDays = 0 } = options;
    const remote = s3 && {
      ...{ store: 's3', s3Endpoint: s3.endpoint, s3Bucket: s3.bucket, s3Prefix: 'of/auditoria/', s3KeepLocalDays: keepLocalDays },
      ...{ s3AccessKey: s3.accessKeyId, s3SecretKey: s3.secretAccessKey },
    };
    const data = await mkdtemp(join(tmpdir(), 'auditoria-files-'));
    const files = new RecordedFiles(db, data, recording.parse({ encrypt, ...remote }));
    await addLesson(db, 'lesson');
    await files.restart();
    return files;
  }

  get opened(): OpenedFiles {
    if (!this.#opened) throw new Error('not open');
    return this.#opened;
  }

  get root(): string {
    return join(this.#data, 'recordings');
  }

  get keyFile(): string {
    return join(this.#data, 'recordings.key');
  }

  /** As after the death of the process: nothing in memory is left. */
  async restart(): Promise<void> {
    await this.#opened?.close();
    const told = (_details: object, message: string) => this.#tell(message);
    const log = {
      info: told,
      warn: (_details: object, message: string) => {
        this.warnings.push(message);
        this.#tell(message);
      },
      error: (details: object, message: string) => {
        this.warnings.push(`${message} ${JSON.stringify(details)}`);
        this.#tell(message);
      },
    };
    const config = { dataDir: this.#data, recording: this.#settings, timeZone: 'Asia/Almaty' };
    this.#opened = await openRecordingFiles({ config, db: this.#db, clock: this.clock, log, partBytes });
  }

  /** Begins what runs by itself: the first round to the remote store, and the nightly check. Resolves when the round is over. */
  async start(): Promise<void> {
    this.opened.start();
    await this.round(0);
  }

  /** A round to the remote store, which is due after so long at the latest. */
  async round(ms = 61_000): Promise<void> {
    const asleep = () => expect(this.clock.bells).toBe(2);
    await vi.waitFor(asleep);
    this.clock.advance(ms);
    await vi.waitFor(asleep, { timeout: 20_000, interval: 10 });
  }

  /** Resolves with the next message of the log that begins so. */
  said(message: string): Promise<void> {
    return new Promise((resolve) => {
      this.#heard.push({ message, resolve });
    });
  }

  async record(id: string): Promise<Recorded> {
    const sealedKey = this.opened.files.newKey(id);
    const place = { id, directory: id, sealedKey };
    const store = new RecordingStore(this.#db);
    await store.add({
      ...{ id: RecordingId.parse(id), lessonId: LessonId.parse('lesson'), startedAt, startedBy: null },
      ...{ directory: id, sealedKey },
    });
    await mkdir(join(this.root, id), { recursive: true });
    const recorded = new Recorded(place, join(this.root, id), this.opened.files.open(place), async () => {
      await store.end(RecordingId.parse(id), this.clock.now(), 'class-ended', 0);
      this.opened.files.closed(place);
    });
    await recorded.begin();
    return recorded;
  }

  /** What of a recording lies in the folder, but for what helps the store along. */
  async here(id: string): Promise<string[]> {
    return (await readdir(join(this.root, id))).filter((name) => !name.startsWith('.'));
  }

  /** All of it, temporary files too. */
  async everythingHere(): Promise<string[]> {
    return (await readdir(this.root, { recursive: true })).sort();
  }

  async close(): Promise<void> {
    await this.#opened?.close();
    await rm(this.#data, { recursive: true, force: true });
  }

  #tell(message: string): void {
    const told = this.#heard.filter((one) => message.startsWith(one.message));
    this.#heard = this.#heard.filter((one) => !told.includes(one));
    for (const { resolve } of told) resolve();
  }
}

/** One recording of one part, that begins with one byte and grows by fragments. */
export class Recorded {
  readonly place: RecordingPlace;
  readonly #folder: string;
  readonly #key: Buffer | null;
  readonly #ended: () => Promise<void>;
  readonly #sealers = new Map<string, Sealer>();
  #media: Buffer = Buffer.alloc(0);

  constructor(place: RecordingPlace, folder: string, key: Buffer | null, ended: () => Promise<void>) {
    this.place = place;
    this.#folder = folder;
    this.#key = key;
    this.#ended = ended;
  }

  /** All that was recorded so far. */
  get media(): Buffer {
    return this.#media;
  }

  async begin(): Promise<void> {
    const trackId = TrackId.parse('t');
    await this.append('session.json', line({ format: 1, id: this.place.id, lessonId: 'lesson', startedAt, startedBy: null }));
    await this.#event({ type: 'track', at: 0, trackId, participantId: ParticipantId.parse('p'), name: 'Teacher', source: 'camera' });
    await this.#event({
      ...{ type: 'part', at: 0, trackId, file: 'p0001.mp4', index: 'p0001.jsonl', mime: 'video/mp4' },
      ...{ startMs: 0, initBytes: 1 },
    });
    this.#media = Buffer.from('I');
    await this.append('p0001.mp4', this.#media);
  }

  async fragment(bytes: Buffer): Promise<void> {
    const offset = this.#media.length;
    this.#media = Buffer.concat([this.#media, bytes]);
    await this.append('p0001.mp4', bytes);
    await this.append('p0001.jsonl', line([offset, 500, offset, bytes.length, 1]));
  }

  async end(): Promise<void> {
    await this.#event({ type: 'part-end', at: 10, file: 'p0001.mp4', endMs: 10, bytes: this.#media.length });
    await this.#event({ type: 'end', at: 10, reason: 'class-ended' });
    await this.#ended();
  }

  async append(name: string, content: string | Buffer): Promise<void> {
    const sealer = this.#sealers.get(name) ?? sealingOf(this.#key, name).sealer();
    this.#sealers.set(name, sealer);
    await appendFile(join(this.#folder, name), sealer.seal(Buffer.from(content)));
  }

  #event(event: RecordingEvent): Promise<void> {
    return this.append('events.jsonl', line(event));
  }
}

export const bytesOf = async (stream: Readable): Promise<Buffer> => {
  const pieces: Buffer[] = [];
  for await (const piece of stream) pieces.push(Buffer.from(piece));
  return Buffer.concat(pieces);
};
