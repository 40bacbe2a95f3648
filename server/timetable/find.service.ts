// What one can choose from while typing: open to all who are signed in, as the timetable is.
import type { FindQuery, FindStore, FoundRow } from './find.store.ts';
import { type Asking, arrangesSomewhere } from './who.ts';

interface Found {
  readonly found: FoundRow[];
}

export class FindService {
  readonly #store: FindStore;

  constructor(store: FindStore) {
    this.#store = store;
  }

  async groups(query: FindQuery): Promise<Found> {
    return { found: await this.#store.groups(query) };
  }

  /** Sign-in names tell namesakes apart, for those who arrange; nobody else needs to know by what others sign in. */
  async teachers(asking: Asking, query: FindQuery): Promise<Found> {
    const found = await this.#store.teachers(query);
    return { found: arrangesSomewhere(asking) ? found : found.map((row) => ({ ...row, detail: '' })) };
  }

  async courses(query: FindQuery): Promise<Found> {
    return { found: await this.#store.courses(query) };
  }

  async places(query: FindQuery): Promise<Found> {
    return { found: await this.#store.places(query) };
  }

  async faculties(query: FindQuery): Promise<Found> {
    return { found: await this.#store.faculties(query) };
  }
}
