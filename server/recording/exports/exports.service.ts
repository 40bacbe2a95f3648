// What files are made of a recording: by themselves, when somebody asks, anew after an edit, and which may be given out.
import type { Actor } from '../../audit/actor.ts';
import type { Audit } from '../../audit/audit.service.ts';
import type { RecordingId } from '../../contract/ids.ts';
import type { DerivedFile } from '../../contract/recording.ts';
import { ExportKind, type RecordingExport } from '../../contract/recording-page.ts';
import { Refused } from '../../contract/reply.ts';
import type { Clock } from '../../ports/clock.ts';
import type { RecordingFiles } from '../../ports/recording-files.ts';
import { Insight, insightFile } from '../insight/insight.ts';
import type { StoredRecording } from '../recording.store.ts';
import type { JobsStore } from './jobs.store.ts';
import type { JobQueue } from './queue.ts';
import { exportOf, fileOf, isMakeable, isOutdated, kindOfFile, type Mp4Rule, settlesMs, wantedOf } from './wanted.ts';

export interface ExportsParts {
  readonly store: JobsStore;
  readonly queue: JobQueue;
  readonly files: Pick<RecordingFiles, 'of'>;
  readonly audit: Audit;
  readonly clock: Pick<Clock, 'now'>;
  readonly rule: Mp4Rule;
}

/** Looked at in one go after a start; the server does something else in between. */
const atOnce = 200;

export class ExportsService {
  readonly #parts: ExportsParts;

  constructor(parts: ExportsParts) {
    this.#parts = parts;
  }

  /** For the page: one of each kind. */
  async exportsOf(recording: StoredRecording): Promise<RecordingExport[]> {
    const jobs = await this.#parts.store.of(recording.id);
    return ExportKind.options.map((kind) => exportOf(kind, recording, jobs));
  }

  /** Null until it was made, and again from an edit until it was made anew. */
  async insightOf(recording: StoredRecording): Promise<Insight | null> {
    const text = await this.#parts.files.of(recording).text(insightFile);
    if (text === undefined) return null;
    const insight = Insight.safeParse(JSON.parse(text)).data;
    return insight?.edition === recording.edition ? insight : null;
  }

  /** Whether this file shows what may be seen now. What was made before the latest edit shows more. */
  async isCurrent(recording: StoredRecording, file: DerivedFile): Promise<boolean> {
    const kind = kindOfFile(file);
    const job = (await this.#parts.store.of(recording.id)).find((one) => one.kind === kind);
    if (job?.state !== 'ready' || isOutdated(job, recording)) return false;
    // V31: of pictures that were made before there can be more than there are now.
    return kind !== 'insight' || picturesOf(await this.insightOf(recording)).includes(file);
  }

  /** Refused: `conflict` while it runs, `not-allowed` where the settings want none. Nothing is done for what is there, or waits, already. */
  async ask(recording: StoredRecording, kind: ExportKind, name: string, actor: Actor): Promise<RecordingExport> {
    const { store, queue, clock, audit, rule } = this.#parts;
    if (kind === 'mp4' && rule === 'never') throw new Refused('not-allowed', 'No MP4 files are made here', { why: 'settings' });
    if (!isMakeable(recording)) throw new Refused('conflict', 'Files are made of recordings that have ended', { why: 'running' });
    const before = exportOf(kind, recording, await store.of(recording.id));
    const isAtWork = before.state === 'running' || before.state === 'ready';
    if (!isAtWork) {
      const now = clock.now();
      await store.wait(recording.id, kind, { askedAt: now, askedBy: actor.id, dueAt: now, edition: recording.edition });
      await audit.record(actor, { act: 'recording.exported', subject: { kind: 'recording', id: recording.id, name }, after: { kind } });
      queue.wake();
    }
    return exportOf(kind, recording, await store.of(recording.id));
  }

  /** It ended, was edited, or came out of the trash: what that wants is written down, and what shows too much is thrown away. */
  async changed(id: RecordingId): Promise<void> {
    const found = await this.#parts.store.recording(id);
    if (found) await this.#look(found.recording);
    this.#parts.queue.wake();
  }

  /** It goes, into the trash or for good. Resolves when nothing is made of it any more. */
  async leaving(id: RecordingId): Promise<void> {
    await this.#parts.queue.callOff(id);
  }

  /** All that ended while nobody looked. */
  async catchUp(): Promise<void> {
    for (let after = ''; ; ) {
      const some = await this.#parts.store.unseen(after, atOnce);
      for (const recording of some) await this.#look(recording);
      const last = some.at(-1);
      if (last === undefined || some.length < atOnce) break;
      after = last.id;
    }
    this.#parts.queue.wake();
  }

  async #look(recording: StoredRecording): Promise<void> {
    const { store, files, clock, rule } = this.#parts;
    const { id, edition, endedAt, startedAt } = recording;
    const jobs = await store.of(id);
    const { make, discard } = wantedOf(recording, jobs, rule);
    for (const kind of discard) await files.of(recording).remove(fileOf[kind]);
    // Anew: not before the row of edits is over.
    const dueAt = edition === 0 ? clock.now() : clock.now() + settlesMs;
    for (const kind of make) await store.wait(id, kind, { askedAt: endedAt ?? startedAt, askedBy: null, dueAt, edition });
  }
}

function picturesOf(insight: Insight | null): DerivedFile[] {
  if (insight === null) return [];
  const { thumbnail, storyboard } = insight;
  return [...(thumbnail === null ? [] : [thumbnail]), ...(storyboard?.sheets ?? [])];
}
