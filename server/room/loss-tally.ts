// The losses of lines in one place, a network, a room or the whole server, so that those around a moment are counted without going through all.
import type { ConnectionId, Instant } from '../contract/ids.ts';

/** More than this many are never kept: the oldest go. */
const mostKept = 50_000;

export class LossTally {
  /** In their order, as the clock goes forwards; a device that is lost twice is here twice. */
  readonly #times: Instant[] = [];
  /** Losses of devices that were lost before: what would count them twice. */
  readonly #repeats: { readonly before: Instant; readonly at: Instant }[] = [];
  /** The latest of each device, oldest first. */
  readonly #latest = new Map<ConnectionId, Instant>();

  get size(): number {
    return this.#times.length;
  }

  add(id: ConnectionId, at: Instant): void {
    const before = this.#latest.get(id);
    if (before !== undefined) this.#repeats.push({ before, at });
    this.#latest.delete(id);
    this.#latest.set(id, at);
    this.#times.push(at);
    if (this.#times.length > mostKept) this.forgetBefore(this.#times[mostKept >> 1] ?? at);
  }

  /** Devices other than this one that were lost from one moment to the other, each once. `to` is not before the device's own latest loss. */
  others(id: ConnectionId, from: Instant, to: Instant): number {
    const all = firstAfter(this.#times, to) - firstAfter(this.#times, from - 1);
    const own = this.#latest.get(id);
    const ownCounts = own !== undefined && own >= from && own <= to ? 1 : 0;
    // A clock that was set back leaves a list out of order.
    return Math.max(0, all - this.#repeatsWithin(from, to) - ownCounts);
  }

  forgetBefore(at: Instant): void {
    this.#times.splice(0, firstAfter(this.#times, at - 1));
    const kept = this.#repeats.findIndex((repeat) => repeat.at >= at);
    this.#repeats.splice(0, kept === -1 ? this.#repeats.length : kept);
    for (const [id, latest] of this.#latest) {
      if (latest >= at) return;
      this.#latest.delete(id);
    }
  }

  #repeatsWithin(from: Instant, to: Instant): number {
    let count = 0;
    for (let index = this.#repeats.length - 1; index >= 0; index -= 1) {
      const repeat = this.#repeats[index];
      if (repeat === undefined || repeat.at < from) break;
      if (repeat.at <= to && repeat.before >= from) count += 1;
    }
    return count;
  }
}

/** The index of the first that is later than `at`, in a list in order. */
function firstAfter(times: readonly Instant[], at: Instant): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}
