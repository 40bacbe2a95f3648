// What this device knows of its own surroundings while it is in class: whether its page is seen, whether there is a network, whether it slept.
import type { DeviceWord } from '../../server/contract/line-evidence.ts';
import { Absence } from './absence.ts';
import { PageSeen, type PageSeenOptions } from './page-seen.ts';

export interface SurveyorOptions extends PageSeenOptions {
  readonly now: () => number;
  /** The page is looked at again: no waiting for the next try to reach the server. */
  readonly pageIsBack: () => void;
  /** There is a network again, or another one. */
  readonly networkChanged: () => void;
}

export class Surveyor {
  readonly #options: SurveyorOptions;
  readonly #absence = new Absence();
  readonly #page: PageSeen;

  constructor(options: SurveyorOptions) {
    this.#options = options;
    this.#page = new PageSeen(options);
  }

  /** Whether the page is to be seen: at the start, and whenever it changes. */
  pageIs(isSeen: boolean): void {
    this.#absence.page(isSeen, this.#options.now());
    this.#page.set(isSeen);
    if (isSeen) this.#options.pageIsBack();
  }

  /** As the browser says it. */
  networkIs(isOnline: boolean): void {
    this.#absence.network(isOnline, this.#options.now());
    if (isOnline) this.#options.networkChanged();
  }

  /** To be called every few seconds: a call that comes late tells that the computer slept. */
  timerRan(): void {
    this.#absence.timerRan(this.#options.now());
  }

  /** Of the gap that there is; null when there is none. */
  word(): DeviceWord | null {
    return this.#absence.word(this.#options.now());
  }

  entered(resumed: boolean): void {
    this.#absence.back();
    this.#page.entered(resumed);
  }

  /** The line is lost; only a device that was in the room has a gap. */
  lost(wasIn: boolean): void {
    this.#page.out();
    if (wasIn) this.#absence.lost(this.#options.now());
  }

  /** The page goes away. */
  pageCloses(): void {
    this.#page.out();
  }

  /** Nothing is left of the class, or of the gap. */
  over(): void {
    this.#absence.back();
    this.#page.out();
  }
}
