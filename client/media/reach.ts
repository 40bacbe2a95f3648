// Whether media get through to this browser at all, as far as its transports tell, so that people are told what to do and do not wait in vain.

import { Observable } from './observable.ts';
import type { PathState } from './tending.ts';

/** `blocked`: no path is found, though the server answers. `unsupported`: the browser cannot play or send what classes are made of. */
export type ReachState = 'open' | 'blocked' | 'unsupported';

/** Longer than it takes over a relay by TLS, and than a change of network does. */
const patienceMs = 12_000;

export class Reach {
  readonly state = new Observable<ReachState>('open');
  /** L20: sound and picture have a way, whatever is with the line to the server. */
  readonly flows = new Observable(false);
  readonly #connected = new Set<string>();
  readonly #waiting = new Map<string, ReturnType<typeof setTimeout>>();

  /** How the path of a transport stands. */
  path(id: string, state: PathState): void {
    if (state === 'connected') this.#connected.add(id);
    else if (state !== 'connecting') this.#connected.delete(id);
    this.flows.set(this.#connected.size > 0);
    if (state === 'connected') {
      this.#forget(id);
      if (this.state.value === 'blocked') this.state.set('open');
    } else if (state === 'closed') {
      this.#forget(id);
    } else if (state !== 'new' && !this.#waiting.has(id)) {
      this.#wait(id);
    }
  }

  /** In the room, or back in it: what could not be found while the server was away too has its time again. */
  again(): void {
    const lost = [...this.#waiting.keys()];
    for (const id of lost) this.#forget(id);
    if (this.state.value === 'blocked') this.state.set('open');
    for (const id of lost) this.#wait(id);
  }

  unsupported(): void {
    this.state.set('unsupported');
  }

  /** Out of the class. Safe twice. */
  reset(): void {
    for (const id of [...this.#waiting.keys()]) this.#forget(id);
    this.#connected.clear();
    this.flows.set(false);
    this.state.set('open');
  }

  #wait(id: string): void {
    this.#waiting.set(
      id,
      setTimeout(() => this.state.set('blocked'), patienceMs),
    );
  }

  #forget(id: string): void {
    clearTimeout(this.#waiting.get(id));
    this.#waiting.delete(id);
  }
}
