// The manifest of a recording that runs, kept up to date from what the recorder says it wrote: nobody who rewinds makes the server read files again.

import type { RecordingManifest } from '../../contract/recording.ts';
import type { PartExtent, RecordingEvent, Session } from './format.ts';
import { foldManifest } from './manifest.ts';

/** What of an open part is on disk: also how much of its index. */
export type LiveExtent = PartExtent & { readonly indexBytes: number };

/** What a recorder tells of its files, each when it is written. */
export interface RecordingProgress {
  event(event: RecordingEvent): void;
  indexed(file: string, extent: LiveExtent): void;
  /** What was told is not certain any more; this is what lies there, all parts of it ended. */
  mended(events: readonly RecordingEvent[]): void;
}

export class LiveManifest implements RecordingProgress {
  readonly #session: Session;
  readonly #extents = new Map<string, LiveExtent>();
  #events: RecordingEvent[];
  #folded: RecordingManifest | undefined;

  constructor(session: Session, events: readonly RecordingEvent[] = []) {
    this.#session = session;
    this.#events = [...events];
  }

  event(event: RecordingEvent): void {
    this.#events.push(event);
    if (event.type === 'part-end') this.#extents.delete(event.file);
    this.#folded = undefined;
  }

  indexed(file: string, extent: LiveExtent): void {
    this.#extents.set(file, extent);
    this.#folded = undefined;
  }

  mended(events: readonly RecordingEvent[]): void {
    this.#events = [...events];
    this.#extents.clear();
    this.#folded = undefined;
  }

  /** Folded anew only after something was written. */
  manifest(): RecordingManifest {
    this.#folded ??= foldManifest(this.#session, this.#events, this.#extents);
    return this.#folded;
  }

  /** Of a part that is being written; `undefined` for all others. */
  extent(file: string): LiveExtent | undefined {
    return this.#extents.get(file);
  }
}
