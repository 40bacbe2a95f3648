// Keeps recordings: the trash and the way out of it, legal holds, and the removal of bytes for good.

import { OneByOne } from '../../attendance/one-by-one.ts';
import type { Actor } from '../../audit/actor.ts';
import type { Audit } from '../../audit/audit.service.ts';
import type { AuditAct } from '../../contract/audit.ts';
import { PersonId, type RecordingId } from '../../contract/ids.ts';
import type { KeptRecording } from '../../contract/recording-keeping.ts';
import { Refused } from '../../contract/reply.ts';
import type { Clock } from '../../ports/clock.ts';
import type { RecordingFiles } from '../../ports/recording-files.ts';
import { type KeepingRule, nextOf, purgeAt } from './due.ts';
import type { KeepingStore, Named } from './keeping.store.ts';
import type { KeptPage, KeptRow, KeptStore } from './kept.store.ts';

/** What the rules do by themselves, in the audit log. */
const server: Actor = { kind: 'server', id: PersonId.parse('server'), displayName: '', roles: [], address: '' };

/** `details.why` of a `conflict`. */
type WhyNot = 'running' | 'held' | 'in-trash' | 'not-in-trash' | 'purging' | 'not-held';

export interface Purged extends Named {
  /** The row says already that there is no way back. */
  readonly isBegun: boolean;
}

export interface KeepingParts {
  readonly store: KeepingStore;
  readonly kept: KeptStore;
  readonly files: Pick<RecordingFiles, 'of'>;
  readonly audit: Audit;
  readonly clock: Pick<Clock, 'now'>;
  readonly rules: readonly KeepingRule[];
  readonly trashDays: number;
  /** Resolves when nothing is made of the recording any more. */
  readonly leaving: (id: RecordingId) => Promise<void>;
  /** It is out of the trash or the archive: what is made of recordings is made of it again. */
  readonly returned: (id: RecordingId) => void;
  /** Bytes were freed. */
  readonly freed: () => void;
}

export class KeepingService {
  readonly #parts: KeepingParts;
  readonly #turns = new OneByOne();

  constructor(parts: KeepingParts) {
    this.#parts = parts;
  }

  async page(query: KeptPage): Promise<{ recordings: KeptRecording[]; total: number }> {
    const { rows, total } = await this.#parts.kept.page(query);
    return { recordings: rows.map((row) => this.#kept(row)), total };
  }

  trash(id: RecordingId, actor: Actor): Promise<void> {
    return this.#act(id, async (row) => {
      if (row.state !== 'ended') throw conflict('running');
      if (row.hold !== null) throw conflict('held');
      if (row.trash !== null) throw conflict('in-trash');
      const { store, clock, leaving } = this.#parts;
      if (!(await store.trash(id, actor.id, clock.now()))) throw conflict('in-trash');
      await leaving(id);
      await this.#record(actor, 'recording.trashed', { id, name: row.title });
    });
  }

  /** Out of the trash; what is not there, out of the archive. The days of the rules begin anew (V24). */
  restore(id: RecordingId, actor: Actor): Promise<void> {
    return this.#act(id, async (row) => {
      const { store, clock, returned } = this.#parts;
      if (row.trash?.purging) throw conflict('purging');
      const isRestored = row.trash === null ? await store.bringBack(id, clock.now()) : await store.restore(id, clock.now());
      if (!isRestored) throw conflict('not-in-trash');
      returned(id);
      await this.#record(actor, 'recording.restored', { id, name: row.title });
    });
  }

  /** V22 */
  hold(id: RecordingId, reason: string, actor: Actor): Promise<void> {
    return this.#act(id, async (row) => {
      const { store, clock } = this.#parts;
      if (!(await store.hold(id, actor.id, reason, clock.now()))) throw conflict('purging');
      await this.#record(actor, 'recording.held', { id, name: row.title }, { reason: row.hold?.reason ?? null }, { reason });
    });
  }

  release(id: RecordingId, actor: Actor): Promise<void> {
    return this.#act(id, async (row) => {
      if (row.hold === null || !(await this.#parts.store.release(id))) throw conflict('not-held');
      await this.#record(actor, 'recording.released', { id, name: row.title }, { reason: row.hold.reason });
    });
  }

  /** Now, and not only when its days in the trash are over. */
  purge(id: RecordingId, actor: Actor): Promise<void> {
    return this.#act(id, async (row) => {
      if (row.trash === null) throw conflict('not-in-trash');
      if (row.hold !== null) throw conflict('held');
      await this.#purge({ id, name: row.title, isBegun: row.trash.purging }, actor);
    });
  }

  /** By the rules. Answers whether it was done: it may have been held meanwhile. */
  trashByRule({ id, name }: Named): Promise<boolean> {
    return this.#turns.run(id, async () => {
      const { store, clock, leaving } = this.#parts;
      if (!(await store.trash(id, null, clock.now()))) return false;
      await leaving(id);
      await this.#record(server, 'recording.trashed', { id, name });
      return true;
    });
  }

  archiveByRule({ id, name }: Named): Promise<boolean> {
    return this.#turns.run(id, async () => {
      const { store, clock } = this.#parts;
      const isDone = await store.archive(id, clock.now());
      if (isDone) await this.#record(server, 'recording.archived', { id, name });
      return isDone;
    });
  }

  /** Its days in the trash are over, or its purge was begun and not ended. */
  purgeByRule(one: Purged): Promise<void> {
    return this.#turns.run(one.id, () => this.#purge(one, server));
  }

  /**
   * First the row says that there is no way back, and the key goes; then the bytes; then what describes them, and the row says that they
   * are gone. Whatever interrupts this, the row never says so while a byte is there, and the next sweep goes on where it stopped (V25).
   */
  async #purge({ id, name, isBegun }: Purged, actor: Actor): Promise<void> {
    const { store, files, clock, leaving, freed } = this.#parts;
    const place = await store.placeOf(id);
    if (place === undefined) return;
    if (!isBegun) {
      if (!(await store.beginPurge(id, clock.now()))) return;
      await this.#record(actor, 'recording.purged', { id, name });
    }
    await leaving(id);
    await files.of({ ...place, sealedKey: null }).removeAll();
    // Who began it may have been stopped before that was written down; who ends it is.
    if (isBegun) await this.#record(actor, 'recording.purged', { id, name });
    await store.endPurge(id, clock.now());
    freed();
  }

  async #act(id: RecordingId, act: (row: KeptRow) => Promise<void>): Promise<void> {
    await this.#turns.run(id, async () => {
      const row = await this.#parts.kept.find(id);
      if (row === undefined) throw new Refused('not-found', 'There is no such recording');
      await act(row);
    });
  }

  #record(actor: Actor, act: AuditAct, { id, name }: Named, before: object | null = null, after: object | null = null): Promise<void> {
    return this.#parts.audit.record(actor, { act, subject: { kind: 'recording', id, name }, before, after });
  }

  #kept({ endedAt, restoredAt, trash, ...row }: KeptRow): KeptRecording {
    const { rules, trashDays } = this.#parts;
    const isHeld = row.hold !== null;
    return {
      ...row,
      next: nextOf({ ...row, endedAt, restoredAt, isHeld, trashedAt: trash?.at ?? null }, rules),
      trash: trash && { ...trash, purgeAt: purgeAt(trash.at, trashDays) },
    };
  }
}

const conflict = (why: WhyNot): Refused => new Refused('conflict', `This recording cannot be treated so: ${why}`, { why });
