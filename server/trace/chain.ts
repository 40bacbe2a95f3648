// The hash chain of a lesson: what an entry's hash covers, and what is wrong with entries that do not fit together.
import { hash } from 'node:crypto';
import type { TraceFault } from '../contract/evidence.ts';
import { LessonId } from '../contract/ids.ts';
import { canonical } from './canonical.ts';
import { personalHashOf } from './personal.ts';

/** Stands before the first entry. */
export const noHash = '0'.repeat(64);

/** An entry as the table holds it. */
export interface ChainedRow {
  readonly lesson_id: string;
  readonly seq: number;
  readonly at: number;
  readonly kind: string;
  readonly person_id: string | null;
  readonly participant_id: string | null;
  readonly connection_id: string | null;
  readonly detail: string;
  readonly personal: string | null;
  readonly personal_hash: string | null;
  readonly hash: string;
}

/**
 * SHA-256, hex, of the canonical JSON of {v, lessonId, seq, at, kind, personId, participantId, connectionId, detail, personal,
 * previous} (E1). `detail` must be canonical already: it is put in as it stands.
 */
export function hashOfEntry(row: Omit<ChainedRow, 'hash' | 'personal'>, previous: string, seq = row.seq): string {
  const { lesson_id: lessonId, at, kind, person_id: personId, participant_id, connection_id, detail, personal_hash: personal } = row;
  // Written out in the order of the keys: this is done for every entry while people wait to come in.
  const text =
    `{"at":${canonical(at)},"connectionId":${canonical(connection_id)},"detail":${detail},"kind":${canonical(kind)},` +
    `"lessonId":${canonical(lessonId)},"participantId":${canonical(participant_id)},"personId":${canonical(personId)},` +
    `"personal":${canonical(personal)},"previous":${canonical(previous)},"seq":${canonical(seq)},"v":1}`;
  return hash('sha256', text, 'hex');
}

/** Where a chain stands. */
export interface ChainEnd {
  readonly seq: number;
  readonly hash: string;
}

/** Where a proof begins. Null: nobody knows the hash any more, and the first entry is believed. */
interface ChainStart {
  readonly seq: number;
  readonly hash: string | null;
}

/** Whether the entry could be hashed at all, and its personal part is the one that was hashed with it. */
function state(row: ChainedRow): 'whole' | 'broken' | 'personal-changed' {
  try {
    if (canonical(JSON.parse(row.detail)) !== row.detail) return 'broken';
  } catch {
    return 'broken';
  }
  if (row.personal === null) return 'whole';
  try {
    return personalHashOf(row.personal) === row.personal_hash ? 'whole' : 'personal-changed';
  } catch {
    return 'personal-changed';
  }
}

/**
 * Takes the entries of one lesson in the order of their numbers, and tells what is wrong with them. Looks one entry ahead, because
 * one that does not fit may have been changed, put in, or exchanged with its neighbour.
 */
export class ChainCheck {
  readonly faults: TraceFault[] = [];
  readonly #lessonId: LessonId;
  #seq: number;
  /** The hash that the next entry should hold: as stored, and as computed where it differs. Null after a hole: nobody knows it. */
  #previous: readonly string[] | null;
  /** How many numbers the entries have been moved by: up after an insertion, down after a removal. */
  #moved = 0;
  #pending: ChainedRow | null = null;

  constructor(lessonId: string, start: ChainStart = { seq: 0, hash: noHash }) {
    this.#lessonId = lessonIdOf(lessonId);
    this.#seq = start.seq;
    this.#previous = start.hash === null ? null : [start.hash];
  }

  /** Of the last entry taken. */
  get seq(): number {
    return this.#pending?.seq ?? this.#seq;
  }

  take(row: ChainedRow): void {
    const pending = this.#pending;
    this.#pending = null;
    if (pending !== null) this.#judge(pending, row);
    else this.#takeNext(row);
  }

  /** When there are no more. */
  end(): void {
    const pending = this.#pending;
    this.#pending = null;
    if (pending !== null) this.#changed(pending);
  }

  #takeNext(row: ChainedRow): void {
    if (row.seq <= this.#seq) {
      this.faults.push({ kind: 'entry-inserted', lessonId: this.#lessonId, seq: row.seq });
      return;
    }
    for (let missing = this.#seq + 1; missing < row.seq && this.faults.length < mostFaults; missing += 1)
      this.faults.push({ kind: 'entry-missing', lessonId: this.#lessonId, seq: missing });
    if (row.seq > this.#seq + 1) this.#previous = null;
    const condition = state(row);
    if (condition === 'broken') return this.#changed(row);
    if (this.#previous === null || this.#fits(row, this.#moved)) return this.#accept(row, condition);
    this.#pending = row;
  }

  /** `next` says what the one before it was. */
  #judge(odd: ChainedRow, next: ChainedRow): void {
    const isBeside = next.seq === odd.seq + 1 && state(next) !== 'broken';
    const wasBefore = isBeside && this.#fits(next, this.#moved - 1);
    if (wasBefore && fitsAfter(odd, next.hash, odd.seq + this.#moved + 1)) {
      this.faults.push({ kind: 'out-of-order', lessonId: this.#lessonId, seq: odd.seq });
      this.#seq = next.seq;
      this.#previous = [odd.hash];
      return;
    }
    if (wasBefore) {
      this.faults.push({ kind: 'entry-inserted', lessonId: this.#lessonId, seq: odd.seq });
      this.#moved -= 1;
      this.#seq = odd.seq;
      return this.#takeNext(next);
    }
    // One was taken out and the rest moved up: what follows fits together under other numbers.
    if (isBeside && !fitsAfter(next, odd.hash, next.seq + this.#moved) && fitsAfter(next, odd.hash, next.seq + this.#moved + 1)) {
      this.faults.push({ kind: 'entry-missing', lessonId: this.#lessonId, seq: odd.seq });
      this.#moved += 1;
      this.#accept(odd, state(odd));
      return this.#takeNext(next);
    }
    this.#changed(odd);
    this.#takeNext(next);
  }

  #fits(row: ChainedRow, moved: number): boolean {
    return (this.#previous ?? []).some((previous) => fitsAfter(row, previous, row.seq + moved));
  }

  #accept(row: ChainedRow, condition: ReturnType<typeof state>): void {
    if (condition === 'personal-changed') this.faults.push({ kind: 'personal-changed', lessonId: this.#lessonId, seq: row.seq });
    this.#seq = row.seq;
    this.#previous = [row.hash];
  }

  /** What comes after may have been chained to the hash that is stored, or to the one that should be. */
  #changed(row: ChainedRow): void {
    this.faults.push({ kind: 'entry-changed', lessonId: this.#lessonId, seq: row.seq, at: Number.isSafeInteger(row.at) ? row.at : null });
    const computed = state(row) === 'broken' ? [] : (this.#previous ?? []).map((previous) => hashOfEntry(row, previous));
    this.#seq = row.seq;
    this.#previous = [row.hash, ...computed];
  }
}

const mostFaults = 100;

/** Of the tables, where somebody may have written what is no id: that is named too. */
export function lessonIdOf(text: string): LessonId {
  const id = LessonId.safeParse(text);
  return id.success ? id.data : LessonId.parse('unknown');
}

function fitsAfter(row: ChainedRow, previous: string, seq: number): boolean {
  return hashOfEntry(row, previous, seq) === row.hash;
}
