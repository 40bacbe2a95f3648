// Makes still pictures of the own screen while somebody's line carries no moving one: only when it has changed, and small.
import type { TrackId } from '../../server/contract/ids.ts';
import { StillType, stillLimits } from '../../server/contract/ladder.ts';
import type { Call } from './calls.ts';

const everyMs = 4_000;
const qualities = [0.75, 0.55, 0.4, 0.25];
const widths = [1280, 960, 720, 480].filter((width) => width <= stillLimits.width);

export interface EncodedStill {
  readonly mime: StillType;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly width: number;
  readonly height: number;
}

export interface StillOptions {
  readonly call: Call;
  /** The screen as it is sent just now; null while it is not. */
  screen(trackId: TrackId): MediaStreamTrack | null;
}

export class StillsOut {
  readonly #options: StillOptions;
  readonly #video = document.createElement('video');
  #of: TrackId | null = null;
  #mostBytes = 0;
  #timer: ReturnType<typeof setInterval> | undefined;
  /** How the last one that the server took looked, in little. */
  #sent: Uint8ClampedArray | null = null;
  #busy = false;

  constructor(options: StillOptions) {
    this.#options = options;
    this.#video.muted = true;
    this.#video.playsInline = true;
  }

  /** Null: not any more. */
  want(trackId: TrackId, mostBytes: number | null): void {
    if (mostBytes === null) {
      if (this.#of === trackId) this.close();
      return;
    }
    this.#of = trackId;
    this.#mostBytes = Math.min(mostBytes, stillLimits.bytes);
    this.#sent = null;
    clearInterval(this.#timer);
    this.#timer = setInterval(() => void this.#look(), everyMs);
    void this.#look();
  }

  close(): void {
    clearInterval(this.#timer);
    this.#of = null;
    this.#sent = null;
    this.#video.srcObject = null;
  }

  async #look(): Promise<void> {
    if (this.#busy || this.#of === null) return;
    this.#busy = true;
    try {
      await this.#send(this.#of);
    } catch (error) {
      // A browser that cannot make a picture sends none; the class goes on.
      console.error(error);
    } finally {
      this.#busy = false;
    }
  }

  async #send(trackId: TrackId): Promise<void> {
    const track = this.#options.screen(trackId);
    if (!track) return;
    await this.#watch(track);
    const little = inLittle(this.#video);
    if (!little || (this.#sent && !differs(this.#sent, little))) return;
    const still = await encodeStill(this.#video, this.#mostBytes);
    if (!still || this.#of !== trackId) return;
    const told = await this.#options.call('media:still', { trackId, ...still });
    if (told.ok) this.#sent = little;
    else if (told.code === 'conflict' || told.code === 'not-found') this.close();
  }

  async #watch(track: MediaStreamTrack): Promise<void> {
    const { srcObject } = this.#video;
    if (srcObject instanceof MediaStream && srcObject.getTracks().includes(track)) return;
    this.#video.srcObject = new MediaStream([track]);
    await this.#video.play();
  }
}

const littleWidth = 96;
const littleHeight = 54;
/** Of 255; less is noise of the encoder or a blinking cursor's edge. */
const visible = 14;

function inLittle(video: HTMLVideoElement): Uint8ClampedArray | null {
  if (video.videoWidth === 0) return null;
  const context = new OffscreenCanvas(littleWidth, littleHeight).getContext('2d', { willReadFrequently: true });
  if (!context) return null;
  context.drawImage(video, 0, 0, littleWidth, littleHeight);
  return context.getImageData(0, 0, littleWidth, littleHeight).data;
}

export function differs(one: Uint8ClampedArray, other: Uint8ClampedArray): boolean {
  return one.some((value, index) => Math.abs(value - (other[index] ?? 0)) > visible);
}

/** The largest and best that fits; null when none does. */
async function encodeStill(video: HTMLVideoElement, mostBytes: number): Promise<EncodedStill | null> {
  const { videoWidth, videoHeight } = video;
  let type: StillType = 'image/webp';
  for (const most of widths) {
    const scale = Math.min(1, most / videoWidth, stillLimits.height / videoHeight);
    const [width, height] = [Math.max(1, Math.round(videoWidth * scale)), Math.max(1, Math.round(videoHeight * scale))];
    const canvas = new OffscreenCanvas(width, height);
    canvas.getContext('2d', { alpha: false })?.drawImage(video, 0, 0, width, height);
    for (const quality of qualities) {
      let blob = await canvas.convertToBlob({ type, quality });
      if (blob.type !== type) {
        // Safari writes no WebP, and says so by another type.
        type = 'image/jpeg';
        blob = await canvas.convertToBlob({ type, quality });
      }
      const mime = StillType.safeParse(blob.type);
      if (mime.success && blob.size <= mostBytes)
        return { mime: mime.data, bytes: new Uint8Array(await blob.arrayBuffer()), width, height };
    }
  }
  return null;
}
