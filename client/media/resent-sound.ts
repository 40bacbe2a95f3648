// Sound that is sent again when it is lost comes late: it is played a little later, so that it still comes in time.
import type { Subscription } from '../../server/contract/media.ts';

/** Until the loss is noticed, asked for and asked for once more over a near line. */
const restMs = 120;
/** More makes talking to one another hard; over the farthest lines it is enough to ask once. */
const mostMs = 400;
const lookEveryMs = 5_000;
const restlessMs = 40;

/** The server has seen losses on the way here, and gives what was lost again. */
export function isSentAgain({ kind, rtpParameters }: Pick<Subscription, 'kind' | 'rtpParameters'>): boolean {
  return (
    kind === 'audio' &&
    rtpParameters.codecs.some((codec) => codec.rtcpFeedback?.some(({ type, parameter }) => type === 'nack' && !parameter))
  );
}

export function laterMs(roundTripMs: number): number {
  return Math.min(mostMs, Math.round(restMs + roundTripMs * 1.2));
}

/** L25. Browsers that know no such wish adapt by themselves, only more slowly. */
export class LateSound {
  readonly #stats: () => Promise<{ values(): Iterable<unknown> }> | undefined;
  readonly #receivers = new Map<string, RTCRtpReceiver>();
  #timer: ReturnType<typeof setInterval> | undefined;

  /** `stats`: of the transport that it comes over. */
  constructor(stats: () => Promise<{ values(): Iterable<unknown> }> | undefined) {
    this.#stats = stats;
  }

  add(key: string, receiver: RTCRtpReceiver): void {
    this.#receivers.set(key, receiver);
    // The way grows longer and shorter in the middle of a class, above all when the network is another one.
    this.#timer ??= setInterval(() => void this.#look(), lookEveryMs);
    void this.#look();
  }

  /** Safe for what was never added. */
  remove(key: string): void {
    this.#receivers.delete(key);
    if (this.#receivers.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  async #look(): Promise<void> {
    const report = await this.#stats()?.catch(() => undefined);
    if (report === undefined) return;
    const wanted = laterMs(longestRoundTripMs(report.values()));
    for (const receiver of this.#receivers.values()) {
      // Each change stretches or squeezes what is heard for a moment.
      if (Math.abs((receiver.jitterBufferTarget ?? 0) - wanted) > restlessMs) receiver.jitterBufferTarget = wanted;
    }
  }
}

function longestRoundTripMs(stats: Iterable<unknown>): number {
  let longest = 0;
  for (const stat of stats) {
    if (typeof stat !== 'object' || stat === null || !('currentRoundTripTime' in stat)) continue;
    if (typeof stat.currentRoundTripTime === 'number') longest = Math.max(longest, stat.currentRoundTripTime * 1000);
  }
  return longest;
}
