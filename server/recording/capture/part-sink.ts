// What a track's recorder tells the one who writes its files.

export type PartHeader = {
  readonly extension: 'mp4' | 'webm';
  readonly mime: string;
  readonly width: number | undefined;
  readonly height: number | undefined;
  /** Class time of the first picture or sound. */
  readonly startMs: number;
  readonly bytes: Buffer;
};

export type Fragment = {
  readonly timeMs: number;
  readonly durationMs: number;
  readonly key: boolean;
  readonly bytes: Buffer;
};

/** Called in this order: opened, any number of fragments, closed; then perhaps opened again. */
export interface PartSink {
  partOpened(header: PartHeader): void;
  fragment(fragment: Fragment): void;
  partClosed(): void;
  /** The picture cannot go on without a key frame, or soon will need one. */
  keyFrameWanted(): void;
}
