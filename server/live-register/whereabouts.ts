// Who has been in a room and went: the last leave of each person, from the facts of this server and, of the time before it, from the trace.
import type { Instant, LessonId, PersonId } from '../contract/ids.ts';
import type { Fact } from '../facts.ts';

/** As the trace holds it. */
export interface TracedEntry {
  readonly at: Instant;
  readonly kind: string;
  readonly personId: string | null;
  readonly detail: Readonly<Record<string, unknown>>;
}

export interface Gone {
  readonly at: Instant;
  /** Of their own accord, or shown out; else the line was lost, or the server stopped. */
  readonly how: 'left' | 'lost';
}

const lostReasons: readonly unknown[] = ['connection-lost', 'server-stopped', 'replaced'];
const howOf = (reason: unknown): Gone['how'] => (lostReasons.includes(reason) ? 'lost' : 'left');

export class Whereabouts {
  readonly #read: (lessonId: LessonId) => Promise<readonly TracedEntry[]>;
  /** Null: is inside, or was since. */
  readonly #gone = new Map<LessonId, Map<string, Gone | null>>();
  readonly #found = new Map<LessonId, Promise<void>>();

  constructor(read: (lessonId: LessonId) => Promise<readonly TracedEntry[]>) {
    this.#read = read;
  }

  onFact(fact: Fact): void {
    switch (fact.type) {
      case 'participant-joined':
        return void this.#of(fact.lessonId).set(fact.personId, null);
      case 'participant-left':
        return void this.#of(fact.lessonId).set(fact.personId, { at: fact.at, how: howOf(fact.reason) });
      case 'room-closed':
        return this.forget(fact.lessonId);
      default:
    }
  }

  /** Those who were in the room and are not. */
  async gone(lessonId: LessonId): Promise<ReadonlyMap<PersonId | string, Gone>> {
    const finding = this.#found.get(lessonId) ?? this.#find(lessonId);
    this.#found.set(lessonId, finding);
    await finding.catch((error: unknown) => {
      this.#found.delete(lessonId);
      throw error;
    });
    return new Map([...this.#of(lessonId)].flatMap(([personId, gone]) => (gone === null ? [] : [[personId, gone] as const])));
  }

  /** Of a room that is not open: nobody would tell when it has closed. What is asked again is read again. */
  forget(lessonId: LessonId): void {
    this.#gone.delete(lessonId);
    this.#found.delete(lessonId);
  }

  /** What was heard meanwhile is newer. */
  async #find(lessonId: LessonId): Promise<void> {
    const entries = await this.#read(lessonId);
    const known = new Set(this.#of(lessonId).keys());
    for (const { at, kind, personId, detail } of entries) {
      const { reason } = detail;
      if (personId === null || known.has(personId)) continue;
      if (kind === 'participant-joined') this.#of(lessonId).set(personId, null);
      if (kind === 'participant-left') this.#of(lessonId).set(personId, { at, how: howOf(reason) });
    }
  }

  #of(lessonId: LessonId): Map<string, Gone | null> {
    const known = this.#gone.get(lessonId);
    if (known !== undefined) return known;
    const made = new Map<string, Gone | null>();
    this.#gone.set(lessonId, made);
    return made;
  }
}
