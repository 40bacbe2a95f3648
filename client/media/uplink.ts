// Whether this device's way out has room for a camera beside the voice, as the browser estimates it: the server sees only what arrives.

/** Below this a voice and the smallest picture do not fit together. */
const tooLittleBps = 90_000;
const firstRestMs = 20_000;
const longestRestMs = 160_000;
/** A camera that goes dark again so soon came back too early. */
const soonMs = 30_000;

/** Fed every few seconds while the camera is meant to be on. */
export class UplinkHint {
  #isDark = false;
  #wasLow = false;
  #changedAt = Number.NEGATIVE_INFINITY;
  #restMs = firstRestMs;

  get isDark(): boolean {
    return this.#isDark;
  }

  /** `limitedByLine`: the browser says that it is the line that holds the picture back. */
  heard(availableBps: number | null, limitedByLine: boolean, now: number): boolean {
    if (this.#isDark) {
      // Without a picture nothing is estimated: only trying tells.
      if (now - this.#changedAt >= this.#restMs) this.#turn(false, now);
      return this.#isDark;
    }
    const isLow = availableBps !== null && availableBps < tooLittleBps && limitedByLine;
    if (isLow && this.#wasLow) {
      this.#restMs = now - this.#changedAt < soonMs ? Math.min(this.#restMs * 2, longestRestMs) : firstRestMs;
      this.#turn(true, now);
    }
    this.#wasLow = isLow;
    return this.#isDark;
  }

  #turn(isDark: boolean, now: number): void {
    this.#isDark = isDark;
    this.#wasLow = false;
    this.#changedAt = now;
  }
}

/** From the statistics of a transport for sending. */
export function uplinkOf(report: Iterable<RTCStats>): { readonly availableBps: number | null; readonly limitedByLine: boolean } {
  let availableBps: number | null = null;
  let limitedByLine = false;
  for (const stats of report) {
    const available: unknown = Reflect.get(stats, 'availableOutgoingBitrate');
    if (stats.type === 'candidate-pair' && typeof available === 'number') availableBps = Math.max(availableBps ?? 0, available);
    if (stats.type === 'outbound-rtp' && Reflect.get(stats, 'qualityLimitationReason') === 'bandwidth') limitedByLine = true;
  }
  return { availableBps, limitedByLine };
}
