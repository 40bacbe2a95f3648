// Looks up what a hint of the cause needs: who else was there at the worst of it, and what those who lead lost. For one answer.
import { setImmediate } from 'node:timers/promises';
import { type Hint, stepMs } from '../contract/diagnosis.ts';
import { type Around, hintOf, type Present, type Troubled } from './hint.ts';
import { kindsMask, ofTheWay } from './judge.ts';
import type { MinuteRow, SearchStore } from './search.store.ts';
import { minuteOf, unpackMinute } from './steps.ts';

const wayMask = kindsMask(ofTheWay);

/** Keeps what it has read: troubles of the same time are told from the same people. */
export class Causes {
  readonly #store: Pick<SearchStore, 'presentIn' | 'leadMinutes'>;
  readonly #present = new Map<number, readonly Present[]>();
  readonly #leads = new Map<string, readonly (MinuteRow & { readonly person_id: string })[]>();

  constructor(store: Pick<SearchStore, 'presentIn' | 'leadMinutes'>) {
    this.#store = store;
  }

  async hintOf(troubled: Troubled): Promise<Hint> {
    return hintOf(troubled, await this.#around(troubled));
  }

  /** The minute of the worst step, and those beside it that belong to the stretch. */
  async #around({ personId, lessonId, stretch }: Troubled): Promise<Around> {
    const worst = minuteOf(stretch.worstStep.at);
    const minutes = [worst - 1, worst, worst + 1].filter(
      (minute) => minute >= minuteOf(stretch.from) && minute <= minuteOf(stretch.to - stepMs),
    );
    const present: Present[] = [];
    for (const minute of minutes) present.push(...(await this.#presentIn(minute)));
    const leads = await this.#leadsOf(lessonId, minutes);
    const losses = leads.flatMap((row) =>
      row.person_id === personId ? [] : unpackMinute(row.figures).flatMap((step) => step?.server?.lossUp ?? []),
    );
    const isLead = leads.some((row) => row.person_id === personId);
    return { present, leadLoss: isLead || losses.length === 0 ? null : Math.max(...losses) };
  }

  async #presentIn(minute: number): Promise<readonly Present[]> {
    const known = this.#present.get(minute);
    if (known !== undefined) return known;
    const rows = await this.#store.presentIn(minute);
    const present = rows.map((row) => ({
      ...{ personId: row.person_id, lessonId: row.lesson_id, network: row.network, worker: row.worker },
      isTroubled: (row.kinds & wayMask) !== 0,
    }));
    this.#present.set(minute, present);
    // A minute of a full server is read in a few milliseconds; classes come between two of them.
    await setImmediate();
    return present;
  }

  async #leadsOf(lessonId: string, minutes: readonly number[]): Promise<readonly (MinuteRow & { readonly person_id: string })[]> {
    const key = `${lessonId} ${minutes.join()}`;
    const known = this.#leads.get(key) ?? (await this.#store.leadMinutes(lessonId, minutes));
    this.#leads.set(key, known);
    return known;
  }
}
