// Who else lost the line at the same moment: on the same network, in the room, on the whole server. One for all rooms. Rules G4 and G5.

import type { ConnectionId, Instant, LessonId } from '../contract/ids.ts';
import type { LostBeside } from '../contract/line-evidence.ts';
import { LossTally } from './loss-tally.ts';
import { networkOf } from './network.ts';

/** Before and after a loss. */
export const besideMs = 10_000;

interface Gap {
  readonly network: string;
  readonly lessonId: LessonId;
  readonly at: Instant;
  /** Other devices with a seat that were on the network then. */
  readonly onNetwork: number;
}

export class Losses {
  readonly #networks = new Map<string, number>();
  readonly #networkOf = new Map<ConnectionId, string>();
  readonly #tallies = new Map<string, LossTally>();
  /** Gaps that are not over, oldest first: what they may still ask for is kept. */
  readonly #gaps = new Map<ConnectionId, Gap>();
  #forgottenBefore: Instant = 0;

  /** A device has taken a seat, or has come back, maybe from another network. */
  here(id: ConnectionId, address: string): void {
    this.#leaveNetwork(id);
    const network = networkOf(address);
    this.#networkOf.set(id, network);
    this.#networks.set(network, (this.#networks.get(network) ?? 0) + 1);
  }

  /** Its line is lost; it keeps its seat for now. */
  lost(id: ConnectionId, lessonId: LessonId, at: Instant): void {
    this.#forget(at);
    const network = this.#networkOf.get(id) ?? '';
    for (const place of placesOf(network, lessonId)) this.#tally(place).add(id, at);
    this.#gaps.delete(id);
    this.#gaps.set(id, { network, lessonId, at, onNetwork: Math.max(0, (this.#networks.get(network) ?? 0) - 1) });
  }

  /** The gap is over: the device is back, or will not come back. Without a gap, the count is around `at`. */
  over(id: ConnectionId, lessonId: LessonId, at: Instant): LostBeside {
    const network = this.#networkOf.get(id) ?? '';
    const gap = this.#gaps.get(id) ?? { network, lessonId, at, onNetwork: Math.max(0, (this.#networks.get(network) ?? 0) - 1) };
    this.#gaps.delete(id);
    const [sameNetwork = 0, room = 0, everywhere = 0] = placesOf(gap.network, gap.lessonId).map(
      (place) => this.#tallies.get(place)?.others(id, gap.at - besideMs, gap.at + besideMs) ?? 0,
    );
    this.#forget(at);
    // Some may have come after the loss and been lost as well.
    return { sameNetwork, onNetwork: Math.max(gap.onNetwork, sameNetwork), room, everywhere };
  }

  /** Its seat is given up. */
  gone(id: ConnectionId): void {
    this.#gaps.delete(id);
    this.#leaveNetwork(id);
  }

  /** What is held in memory. */
  get size(): { readonly devices: number; readonly losses: number; readonly places: number } {
    const losses = [...this.#tallies.values()].reduce((sum, tally) => sum + tally.size, 0);
    return { devices: this.#networkOf.size, losses, places: this.#tallies.size };
  }

  #tally(place: string): LossTally {
    let tally = this.#tallies.get(place);
    if (tally === undefined) {
      tally = new LossTally();
      this.#tallies.set(place, tally);
    }
    return tally;
  }

  #leaveNetwork(id: ConnectionId): void {
    const network = this.#networkOf.get(id);
    if (network === undefined) return;
    this.#networkOf.delete(id);
    const left = (this.#networks.get(network) ?? 0) - 1;
    if (left > 0) this.#networks.set(network, left);
    else this.#networks.delete(network);
  }

  /** Not at each loss: when many are lost at once, the first of each second does it for all. */
  #forget(now: Instant): void {
    const oldest = this.#gaps.values().next().value?.at ?? now;
    const before = oldest - besideMs;
    if (before < this.#forgottenBefore + 1000) return;
    this.#forgottenBefore = before;
    for (const [place, tally] of this.#tallies) {
      tally.forgetBefore(before);
      if (tally.size === 0) this.#tallies.delete(place);
    }
  }
}

function placesOf(network: string, lessonId: LessonId): readonly [string, string, string] {
  return [`network ${network}`, `room ${lessonId}`, ''];
}
