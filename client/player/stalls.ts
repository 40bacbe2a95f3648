// When playing stops for want of data again and again, there is too much to fetch for the line.

const withinMs = 60_000;
const many = 3;

export class Stalls {
  #at: number[] = [];
  #isDismissed = false;
  /** The person's device asks to save data. */
  readonly #wantsToSave: boolean;

  constructor(wantsToSave: boolean) {
    this.#wantsToSave = wantsToSave;
  }

  stalled(now: number): void {
    this.#at = [...this.#at.filter((at) => now - at < withinMs), now];
  }

  /** The viewer has decided. */
  dismiss(): void {
    this.#isDismissed = true;
  }

  get offersSaver(): boolean {
    return !this.#isDismissed && (this.#wantsToSave || this.#at.length >= many);
  }
}

export function deviceSavesData(): boolean {
  const connection: unknown = Reflect.get(navigator, 'connection');
  return typeof connection === 'object' && connection !== null && Reflect.get(connection, 'saveData') === true;
}
