// Keeps a person's notes and bookmarks, and where they stopped; nobody else is told of them. Whoever calls has asked for the right to note.
import type { z } from 'zod';
import type { Instant, PersonId, RecordingId, RecordingNoteId } from '../../contract/ids.ts';
import type { NewNote, NewPosition, NoteChange, RecordingNote } from '../../contract/recording-page.ts';
import { Refused } from '../../contract/reply.ts';
import type { Clock } from '../../ports/clock.ts';
import type { NotesStore } from './notes.store.ts';

const mostNotes = 1000;

export class NotesService {
  readonly #store: NotesStore;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #newId: () => RecordingNoteId;

  constructor(parts: { readonly store: NotesStore; readonly clock: Pick<Clock, 'now'>; readonly newId: () => RecordingNoteId }) {
    this.#store = parts.store;
    this.#clock = parts.clock;
    this.#newId = parts.newId;
  }

  of(id: RecordingId, personId: PersonId): Promise<RecordingNote[]> {
    return this.#store.of(id, personId);
  }

  /** V66: a note that is sent again is there once, also when there are too many by now. */
  async add(id: RecordingId, personId: PersonId, { clientId, atMs, text }: z.output<typeof NewNote>): Promise<RecordingNote> {
    const before = await this.#store.sent(id, personId, clientId);
    if (before) return before;
    if ((await this.#store.count(id, personId)) >= mostNotes)
      throw new Refused('too-large', 'There are too many notes', { most: mostNotes });
    return this.#store.add(id, personId, { id: this.#newId(), atMs, text, changedAt: this.#clock.now() }, clientId);
  }

  async change(id: RecordingId, personId: PersonId, noteId: RecordingNoteId, change: z.output<typeof NoteChange>): Promise<RecordingNote> {
    const before = await this.#store.find(id, personId, noteId);
    if (!before) throw noNote();
    const after = { ...before, atMs: change.atMs ?? before.atMs, text: change.text ?? before.text, changedAt: this.#clock.now() };
    await this.#store.change(personId, after);
    return after;
  }

  async remove(id: RecordingId, personId: PersonId, noteId: RecordingNoteId): Promise<void> {
    if (!(await this.#store.remove(id, personId, noteId))) throw noNote();
  }

  /** V67: the latest wins; a device whose clock is ahead wins over no other for longer than until now. */
  async savePosition(id: RecordingId, personId: PersonId, { atMs, savedAt }: z.output<typeof NewPosition>): Promise<void> {
    await this.#store.setPosition(id, personId, { atMs, savedAt: Math.min(savedAt, this.#clock.now()) });
  }

  async position(id: RecordingId, personId: PersonId): Promise<{ readonly atMs: number; readonly savedAt: Instant } | null> {
    const found = await this.#store.position(id, personId);
    return found === undefined || found.atMs === null ? null : { atMs: found.atMs, savedAt: found.savedAt };
  }
}

const noNote = (): Refused => new Refused('not-found', 'There is no such note');
