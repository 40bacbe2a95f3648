// One's own notes of a recording: shown at once, sent when there is a line, kept in the browser until the server has them.
import { z } from 'zod';
import type { RecordingNote } from '../../../../server/contract/recording-page.ts';

const NoteAct = z.discriminatedUnion('act', [
  z.object({ act: z.literal('add'), clientId: z.string(), atMs: z.number(), text: z.string() }),
  z.object({ act: z.literal('change'), id: z.string(), text: z.string() }),
  z.object({ act: z.literal('remove'), id: z.string() }),
]);
export type NoteAct = z.infer<typeof NoteAct>;
const Stored = z.array(NoteAct);

/** `unsent`: only this browser has it. `refused`: the server does not want it; it stays until its writer has seen that. */
export type OwnNote = { readonly id: string; readonly atMs: number; readonly text: string; readonly state: 'kept' | 'unsent' | 'refused' };

/** `later`: it could not be told. `gone`: what it is about is not there any more. */
export type Sent = RecordingNote | 'done' | 'later' | 'gone' | 'refused';

export interface NoteBookOptions {
  readonly send: (act: NoteAct) => Promise<Sent>;
  /** Outlives the page. */
  readonly stored: { read(): string | undefined; write(value: string | undefined): void };
  readonly newId: () => string;
}

export class NoteBook {
  readonly #options: NoteBookOptions;
  readonly #listeners = new Set<() => void>();
  #kept: readonly RecordingNote[] | undefined;
  #acts: readonly NoteAct[];
  #refused = new Set<NoteAct>();
  #sending: Promise<void> | undefined;
  #list: readonly OwnNote[] | undefined;

  constructor(options: NoteBookOptions) {
    this.#options = options;
    this.#acts = storedActs(options.stored.read());
    this.#drawUp();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** In order of time; undefined until something is known. The same list until it changes. */
  readonly list = (): readonly OwnNote[] | undefined => this.#list;

  /** What the server has. */
  learn(notes: readonly RecordingNote[]): void {
    this.#kept = notes;
    this.#changed();
  }

  add(atMs: number, text: string): void {
    this.#do({ act: 'add', clientId: this.#options.newId(), atMs: Math.round(atMs), text });
  }

  change(id: string, text: string): void {
    const unsent = this.#unsent(id);
    if (unsent && !this.#isUnderWay(unsent)) this.#replace(unsent, { ...unsent, text });
    else this.#do({ act: 'change', id, text });
  }

  remove(id: string): void {
    const unsent = this.#unsent(id);
    if (unsent && !this.#isUnderWay(unsent)) this.#replace(unsent);
    else this.#do({ act: 'remove', id });
  }

  /** Sends what was not sent, one after the other; stops at the first that does not go. */
  flush(): Promise<void> {
    this.#sending ??= this.#flush().finally(() => {
      this.#sending = undefined;
    });
    return this.#sending;
  }

  async #flush(): Promise<void> {
    for (let act = this.#next(); act; act = this.#next()) {
      const sent = await this.#options.send(act);
      if (sent === 'later') return;
      if (sent === 'refused' && act.act !== 'remove') this.#refused.add(act);
      else this.#settle(act, sent);
      this.#changed();
    }
  }

  #next(): NoteAct | undefined {
    return this.#acts.find((act) => !this.#refused.has(act));
  }

  #settle(act: NoteAct, sent: Exclude<Sent, 'later'>): void {
    const kept = this.#kept ?? [];
    if (typeof sent === 'object') this.#kept = [...kept.filter(({ id }) => id !== sent.id), sent];
    else if (act.act === 'remove' || sent === 'gone') this.#kept = kept.filter(({ id }) => act.act === 'add' || id !== act.id);
    // What was written about the note while it was on its way means the one that the server knows.
    this.#acts = this.#acts
      .filter((one) => one !== act)
      .map((one) =>
        act.act === 'add' && typeof sent === 'object' && one.act !== 'add' && one.id === act.clientId ? { ...one, id: sent.id } : one,
      );
  }

  #unsent(id: string): Extract<NoteAct, { act: 'add' }> | undefined {
    return this.#acts.find((act): act is Extract<NoteAct, { act: 'add' }> => act.act === 'add' && act.clientId === id);
  }

  /** Then what is done to it follows it. */
  #isUnderWay(act: NoteAct): boolean {
    return this.#sending !== undefined && this.#next() === act;
  }

  #replace(act: NoteAct, next?: NoteAct): void {
    this.#refused.delete(act);
    this.#acts = this.#acts.flatMap((one) => (one === act ? (next ? [next] : []) : [one]));
    this.#changed();
    void this.flush();
  }

  #do(act: NoteAct): void {
    const isAbout = (one: NoteAct) => act.act !== 'add' && one.act === 'change' && one.id === act.id && one !== this.#next();
    this.#acts = [...this.#acts.filter((one) => !isAbout(one)), act];
    this.#changed();
    void this.flush();
  }

  #changed(): void {
    this.#options.stored.write(this.#acts.length === 0 ? undefined : JSON.stringify(this.#acts));
    this.#drawUp();
    for (const listener of this.#listeners) listener();
  }

  #drawUp(): void {
    if (!this.#kept && this.#acts.length === 0) {
      this.#list = undefined;
      return;
    }
    const notes = new Map<string, OwnNote>((this.#kept ?? []).map(({ id, atMs, text }) => [id, { id, atMs, text, state: 'kept' }]));
    for (const act of this.#acts) {
      const state = this.#refused.has(act) ? 'refused' : 'unsent';
      if (act.act === 'remove') notes.delete(act.id);
      else if (act.act === 'add') notes.set(act.clientId, { id: act.clientId, atMs: act.atMs, text: act.text, state });
      else {
        const before = notes.get(act.id);
        if (before) notes.set(act.id, { ...before, text: act.text, state });
      }
    }
    this.#list = [...notes.values()].toSorted((a, b) => a.atMs - b.atMs);
  }
}

function storedActs(value: string | undefined): readonly NoteAct[] {
  try {
    return Stored.safeParse(JSON.parse(value ?? '[]')).data ?? [];
  } catch {
    return [];
  }
}
