// Tells the server which pictures this page shows and how large, so that no layer is sent that nobody sees.
import type { ParticipantId } from '../../server/contract/ids.ts';
import type { RequestInput } from '../../server/contract/index.ts';
import { LadderStep } from '../../server/contract/ladder.ts';
import type { ViewedTile } from '../../server/contract/media.ts';
import { readStored, writeStored } from '../i18n/stored.ts';
import { Observable } from './observable.ts';

const settleMs = 150;
const storageKey = 'auditoria.most-sent';
/** Of earlier pages, which knew only on and off. */
const formerKey = 'auditoria.save-data';
/** The contract's limit; a page never has as many. */
const mostTiles = 32;

type Source = ViewedTile['source'];
export type ToldView = RequestInput<'media:view'>;

interface Tile {
  readonly participantId: ParticipantId;
  readonly source: Source;
  width: number;
  height: number;
}

export class ViewReporter {
  /** What the person wants to be sent at the most. */
  readonly most = new Observable(storedMost());
  /** What was said before is being listened to. */
  #isDeaf = false;
  readonly #tell: (view: ToldView) => void;
  readonly #tiles = new Map<Element, Tile>();
  readonly #sizes: ResizeObserver;
  readonly #ends = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #told = '';

  constructor(tell: (view: ToldView) => void) {
    this.#tell = tell;
    this.#sizes = new ResizeObserver((entries) => {
      for (const { target, contentRect } of entries) this.#resized(target, contentRect);
    });
    document.addEventListener('visibilitychange', () => this.#soon(), { signal: this.#ends.signal });
  }

  /** Watch a picture's element until the answered function is called. */
  show(element: Element, participantId: ParticipantId, source: Source): () => void {
    this.#tiles.set(element, { participantId, source, width: 0, height: 0 });
    this.#sizes.observe(element);
    return () => {
      this.#sizes.unobserve(element);
      this.#tiles.delete(element);
      this.#soon();
    };
  }

  setMost(step: LadderStep): void {
    writeStored(storageKey, step === 'all' ? undefined : step);
    writeStored(formerKey, undefined);
    this.most.set(step);
    this.#soon();
  }

  /** For as long as one looks back with the sound of before. */
  setDeaf(on: boolean): void {
    this.#isDeaf = on;
    this.#soon();
  }

  /** The server knows nothing of this page yet, or no longer. */
  tellAgain(): void {
    this.#told = '';
    this.#soon();
  }

  close(): void {
    this.#ends.abort();
    this.#sizes.disconnect();
    clearTimeout(this.#timer);
  }

  #resized(target: Element, rect: DOMRectReadOnly): void {
    const tile = this.#tiles.get(target);
    if (!tile) return;
    tile.width = Math.round(rect.width * devicePixelRatio);
    tile.height = Math.round(rect.height * devicePixelRatio);
    this.#soon();
  }

  #soon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#report(), settleMs);
  }

  #report(): void {
    const view: ToldView = {
      tiles: largestOfEach([...this.#tiles.values()]),
      hidden: document.visibilityState === 'hidden',
      most: this.most.value,
      deaf: this.#isDeaf,
    };
    const said = JSON.stringify(view);
    if (said === this.#told) return;
    this.#told = said;
    this.#tell(view);
  }
}

function storedMost(): LadderStep {
  const stored = LadderStep.safeParse(readStored(storageKey));
  if (stored.success) return stored.data;
  return readStored(formerKey) === 'on' ? 'screen-low' : 'all';
}

/** One entry a picture, though it may stand on the page twice; what has no size is not seen. */
export function largestOfEach(tiles: readonly ViewedTile[]): ViewedTile[] {
  const largest = new Map<string, ViewedTile>();
  for (const { participantId, source, width, height } of tiles) {
    if (width === 0 || height === 0) continue;
    const key = `${participantId} ${source}`;
    const known = largest.get(key);
    if (!known || known.width < width)
      largest.set(key, { participantId, source, width: Math.min(width, 10_000), height: Math.min(height, 10_000) });
  }
  return [...largest.values()].sort((one, other) => other.width - one.width).slice(0, mostTiles);
}
