// What every container can do: a header first, then fragments that are only ever appended.

/** Times are ticks of the container's timescale, counted from the beginning of the recording. */
export type Sample = {
  readonly time: number;
  readonly duration: number;
  readonly data: Buffer;
  readonly key: boolean;
};

export interface Container {
  readonly extension: 'mp4' | 'webm';
  /** With the codecs, as `MediaSource.isTypeSupported` wants it. */
  readonly mime: string;
  /** Ticks per second. */
  readonly timescale: number;
  readonly width: number | undefined;
  readonly height: number | undefined;
  /** The initialisation segment. */
  header(): Buffer;
  /** One media segment; `samples` follow one another without a hole and are at least one. */
  fragment(samples: readonly Sample[]): Buffer;
}
