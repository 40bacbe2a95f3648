// Tells the server which pictures this page shows and how large, so that no layer is sent that nobody sees.
import type { ParticipantId } from '../../server/contract/ids.ts';
import type { View, ViewedTile } from '../../server/contract/media.ts';
import { readStored, writeStored } from '../i18n/stored.ts';
import { Observable } from './observable.ts';

const settleMs = 150;
const storageKey = 'auditoria.save-data';
/** The contract's limit; a page never has as many. */
const mostTiles = 32;

type Source = ViewedTile['source'];

interface Tile {
  readonly participantId: ParticipantId;
  readonly source: Source;
  width: number;
  height: number;
}

export class ViewReporter {
  readonly saveData = new Observable(readStored(storageKey) === 'on');
  /** What was said before is being listened to. */
  #isDeaf = false;
  readonly #tell: (view: View) => void;
  readonly #tiles = new Map<Element, Tile>();
  readonly #sizes: ResizeObserver;
  readonly #ends = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #told = '';

  constructor(tell: (view: View) => void) {
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

  setSaveData(on: boolean): void {
    writeStored(storageKey, on ? 'on' : undefined);
    this.saveData.set(on);
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
    const view: View = {
      tiles: largestOfEach([...this.#tiles.values()]),
      hidden: document.visibilityState === 'hidden',
      saveData: this.saveData.value,
      most: 'all',
      deaf: this.#isDeaf,
    };
    const said = JSON.stringify(view);
    if (said === this.#told) return;
    this.#told = said;
    this.#tell(view);
  }
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
