// For tests: a tap whose tracks never end, played in the time of a given clock.

import type { TrackId } from '../../../contract/ids.ts';
import type { Clock, Timer } from '../../../ports/clock.ts';
import type { RecordingTap, TapListener, TappedTrack } from '../../../ports/tap.ts';
import { senderReports } from '../sender-reports.ts';
import type { Clip } from './clip-tap.ts';
import { Sender, tappedBy } from './synthetic-media.ts';

export class EndlessTap implements RecordingTap {
  readonly #clock: Clock;
  readonly #clipOf: (trackId: TrackId) => Clip;
  readonly #startedAt: number;
  readonly #timers = new Set<Timer>();
  #ssrc = 1000;

  constructor(clock: Clock, clipOf: (trackId: TrackId) => Clip) {
    this.#clock = clock;
    this.#clipOf = clipOf;
    this.#startedAt = clock.now();
  }

  async attach(trackId: TrackId, listener: TapListener): Promise<TappedTrack> {
    const clip = this.#clipOf(trackId);
    const sender = new Sender(clip, ++this.#ssrc, this.#startedAt);
    const timer = this.#clock.every(20, () => {
      const now = this.#clock.now();
      sender.run(now, (bytes) => {
        const reports = senderReports(bytes);
        for (const report of reports) listener.senderReport(report);
        if (reports.length === 0) listener.packet(bytes, now);
      });
    });
    this.#timers.add(timer);
    return tappedBy(trackId, clip, sender, () => timer.cancel());
  }

  async close(): Promise<void> {
    for (const timer of this.#timers) timer.cancel();
  }
}
