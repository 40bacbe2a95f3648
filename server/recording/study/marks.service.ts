// Marks moments of a recording, in class and afterwards, and says so in the audit log. Whoever calls has asked for the right to edit.
import type { z } from 'zod';
import type { Actor } from '../../audit/actor.ts';
import type { Audit } from '../../audit/audit.service.ts';
import type { RecordingId, RecordingMarkId } from '../../contract/ids.ts';
import type { MarkChange, NewMark, RecordingMark } from '../../contract/recording-page.ts';
import { Refused } from '../../contract/reply.ts';
import type { Clock } from '../../ports/clock.ts';
import type { MarkedRecording, MarksStore } from './marks.store.ts';

const mostMarks = 500;

export interface MarksOptions {
  readonly store: MarksStore;
  readonly clock: Pick<Clock, 'now'>;
  readonly audit: Audit;
  readonly newId: () => RecordingMarkId;
  /** What viewers are shown of the recording is not true any more. */
  readonly changed: (id: RecordingId) => void;
}

export class MarksService {
  readonly #options: MarksOptions;

  constructor(options: MarksOptions) {
    this.#options = options;
  }

  async add(id: RecordingId, { kind, atMs, text }: z.output<typeof NewMark>, by: Actor): Promise<RecordingMark> {
    const { store, clock, newId } = this.#options;
    const recording = await this.#recording(id);
    this.#refuseOutside(recording, atMs);
    if ((await store.of(id)).length >= mostMarks) throw new Refused('too-large', 'There are too many marks', { most: mostMarks });
    const mark = { id: newId(), kind, atMs, text };
    await store.add(id, mark, clock.now(), by.id);
    await this.#told('recording.marked', id, recording, by, null, mark);
    return mark;
  }

  async change(id: RecordingId, markId: RecordingMarkId, change: z.output<typeof MarkChange>, by: Actor): Promise<RecordingMark> {
    const recording = await this.#recording(id);
    const before = await this.#mark(id, markId);
    const after = { ...before, atMs: change.atMs ?? before.atMs, text: change.text ?? before.text };
    this.#refuseOutside(recording, after.atMs);
    if (!(await this.#options.store.change(after))) throw noMark();
    await this.#told('recording.mark-changed', id, recording, by, before, after);
    return after;
  }

  async remove(id: RecordingId, markId: RecordingMarkId, by: Actor): Promise<void> {
    const recording = await this.#recording(id);
    const before = await this.#mark(id, markId);
    if (!(await this.#options.store.remove(markId, this.#options.clock.now()))) throw noMark();
    await this.#told('recording.mark-removed', id, recording, by, before, null);
  }

  async #recording(id: RecordingId): Promise<MarkedRecording> {
    const found = await this.#options.store.recording(id);
    if (!found) throw new Refused('not-found', 'There is no such recording');
    return found;
  }

  async #mark(id: RecordingId, markId: RecordingMarkId): Promise<RecordingMark> {
    const found = await this.#options.store.find(id, markId);
    if (!found) throw noMark();
    return found;
  }

  #refuseOutside({ startedAt, endedAt }: MarkedRecording, atMs: number): void {
    if (atMs > (endedAt ?? this.#options.clock.now()) - startedAt) throw new Refused('bad-request', 'The moment lies behind the end');
  }

  async #told(
    act: 'recording.marked' | 'recording.mark-changed' | 'recording.mark-removed',
    id: RecordingId,
    { name }: MarkedRecording,
    by: Actor,
    before: RecordingMark | null,
    after: RecordingMark | null,
  ): Promise<void> {
    this.#options.changed(id);
    await this.#options.audit.record(by, { act, subject: { kind: 'recording', id, name }, before, after });
  }
}

const noMark = (): Refused => new Refused('not-found', 'There is no such mark');
