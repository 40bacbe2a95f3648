// What teachers do with a recording after class: say who sees it, cut passages, leave people out, and take that back. All of it is written down.
import type { Audit } from '../../audit/audit.service.ts';
import type { RecordingEditId } from '../../contract/ids.ts';
import type { RecordingManifest } from '../../contract/recording.ts';
import type { NewRecordingEdit, Publication, PublicationChange, RecordingEdit } from '../../contract/recording-edits.ts';
import { Refused } from '../../contract/reply.ts';
import type { Clock } from '../../ports/clock.ts';
import type { AllowedPerson } from '../access/access.ts';
import type { StoredRecording } from '../recording.store.ts';
import type { EditsStore } from './edits.store.ts';
import { publicationOf } from './publication.ts';

/** Each is applied at every look at the recording. */
const mostEdits = 500;

export interface EditsOptions {
  readonly store: EditsStore;
  readonly audit: Audit;
  readonly clock: Pick<Clock, 'now'>;
  readonly newId: () => RecordingEditId;
  /** With everything that is there. */
  readonly manifestOf: (recording: StoredRecording) => Promise<RecordingManifest>;
  /** What was made of it is not what it is any more. */
  readonly edited: (recording: StoredRecording) => void;
}

export class EditsService {
  readonly #options: EditsOptions;

  constructor(options: EditsOptions) {
    this.#options = options;
  }

  list({ recording }: AllowedPerson): Promise<RecordingEdit[]> {
    return this.#options.store.all(recording.id);
  }

  async add(by: AllowedPerson, edit: NewRecordingEdit): Promise<RecordingEdit> {
    const { store, audit, clock, newId } = this.#options;
    const { recording } = by;
    if (recording.state !== 'ended') throw new Refused('conflict', 'A recording is edited when it has ended');
    await this.#check(recording, edit);
    if ((await store.holding(recording.id)).length >= mostEdits) throw new Refused('too-large', 'There are too many edits already');
    const id = newId();
    await store.add(recording.id, id, edit, clock.now(), by.viewer.person.id);
    await audit.record(by.viewer.actor, { act: 'recording.edited', subject: subjectOf(by), after: { edit: id, ...edit } });
    return this.#changed(by, id);
  }

  /** Throws `Refused('not-found')`, and `conflict` when somebody else was faster. */
  async undo(by: AllowedPerson, id: RecordingEditId): Promise<void> {
    const { store, audit, clock } = this.#options;
    const { recording, viewer } = by;
    const edit = await store.find(recording.id, id);
    if (edit === undefined) throw new Refused('not-found', 'There is no such edit');
    if (!(await store.undo(recording.id, id, clock.now(), viewer.person.id))) throw new Refused('conflict', 'It was taken back already');
    const { madeAt: _at, madeBy: _by, undoneAt: _undone, ...made } = edit;
    await audit.record(viewer.actor, { act: 'recording.edit-undone', subject: subjectOf(by), before: made });
    this.#options.edited({ ...recording, edition: recording.edition + 1 });
  }

  async publish(by: AllowedPerson, change: PublicationChange): Promise<Publication> {
    const { store, audit } = this.#options;
    const before = publicationOf(by.recording);
    const after = changed(before, change);
    if (after.from !== null && after.until !== null && after.until <= after.from)
      throw new Refused('bad-request', 'It would end before it begins', { field: 'until' });
    await store.publish(by.recording.id, after);
    const act = change.title !== undefined && Object.keys(change).length === 1 ? 'recording.renamed' : 'recording.published';
    await audit.record(by.viewer.actor, { act, subject: subjectOf(by), before, after });
    return after;
  }

  async #changed(by: AllowedPerson, id: RecordingEditId): Promise<RecordingEdit> {
    const made = await this.#options.store.find(by.recording.id, id);
    if (made === undefined) throw new Error('An edit that was made is not there');
    this.#options.edited({ ...by.recording, edition: by.recording.edition + 1 });
    return made;
  }

  async #check(recording: StoredRecording, edit: NewRecordingEdit): Promise<void> {
    const { durationMs, tracks } = await this.#options.manifestOf(recording);
    if (edit.kind === 'drop') {
      if (!tracks.some(({ participantId }) => participantId === edit.participantId))
        throw new Refused('bad-request', 'Nothing of this person is in the recording', { field: 'participantId' });
      return;
    }
    if (edit.fromMs >= durationMs) throw new Refused('bad-request', 'The passage begins after the end', { field: 'fromMs' });
    if (edit.toMs !== null && edit.toMs <= edit.fromMs)
      throw new Refused('bad-request', 'The passage ends before it begins', { field: 'toMs' });
  }
}

/** Of what is not said nothing changes. */
function changed(before: Publication, change: PublicationChange): Publication {
  return {
    title: change.title === undefined ? before.title : change.title,
    hidden: change.hidden ?? before.hidden,
    from: change.from === undefined ? before.from : change.from,
    until: change.until === undefined ? before.until : change.until,
    audience: change.audience ?? before.audience,
    download: change.download ?? before.download,
  };
}

/** What the audit log calls a recording. */
export function subjectOf({ recording, lesson }: Pick<AllowedPerson, 'recording' | 'lesson'>) {
  return { kind: 'recording', id: recording.id, name: recording.title ?? lesson.title };
}
