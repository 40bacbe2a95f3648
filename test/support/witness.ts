// What somebody knows of a room who only hears its facts, as media and recorder do; and whether that is the truth.

import type { LostBeside } from '../../server/contract/line-evidence.ts';
import type { PauseReason } from '../../server/contract/reasons.ts';
import type { Fact } from '../../server/facts.ts';

export class Witness {
  /** Participant → devices, with whether each has a live line. */
  readonly present = new Map<string, Map<string, boolean>>();
  readonly tracks = new Map<
    string,
    { readonly participantId: string; readonly connectionId: string; readonly source: string; live: boolean }
  >();
  readonly waiting = new Set<string>();
  readonly hands = new Set<string>();
  /** Devices whose page is not to be seen. */
  readonly hidden = new Set<string>();
  supervised = false;
  /** What a fact told that could not have been. */
  readonly contradictions: string[] = [];

  hear(fact: Fact): void {
    switch (fact.type) {
      case 'participant-joined':
        this.#must(!this.present.has(fact.participantId), fact, 'was there already');
        this.present.set(fact.participantId, new Map());
        return;
      case 'participant-left':
        this.#must(this.present.get(fact.participantId)?.size === 0, fact, 'left with devices, or was not there');
        this.present.delete(fact.participantId);
        this.hands.delete(fact.participantId);
        return;
      case 'connection-opened':
        this.present.get(fact.participantId)?.set(fact.connectionId, true) ?? this.#must(false, fact, 'opened for nobody');
        return;
      case 'connection-dropped':
      case 'connection-resumed':
        this.#must(this.present.get(fact.participantId)?.has(fact.connectionId) === true, fact, 'no such device');
        this.present.get(fact.participantId)?.set(fact.connectionId, fact.type === 'connection-resumed');
        if (fact.type === 'connection-resumed') this.#plausible(fact, fact.beside);
        return;
      case 'connection-closed':
        this.#must(this.present.get(fact.participantId)?.delete(fact.connectionId) === true, fact, 'no such device');
        this.#must(![...this.tracks.values()].some(({ connectionId }) => connectionId === fact.connectionId), fact, 'left a track behind');
        this.hidden.delete(fact.connectionId);
        if (fact.beside !== null) this.#plausible(fact, fact.beside);
        return;
      case 'page-hidden':
        this.#must(!this.hidden.has(fact.connectionId), fact, 'was hidden already');
        this.hidden.add(fact.connectionId);
        return;
      case 'page-shown':
        this.#must(this.hidden.delete(fact.connectionId), fact, 'was not hidden');
        return;
      case 'track-published':
        this.#must(this.present.get(fact.participantId)?.has(fact.connectionId) === true, fact, 'published from nowhere');
        this.tracks.set(fact.trackId, { ...fact, live: isLive(fact.pausedBy) });
        return;
      case 'track-paused':
      case 'track-resumed': {
        const track = this.tracks.get(fact.trackId);
        this.#must(track !== undefined, fact, 'no such track');
        if (track !== undefined) track.live = fact.type === 'track-resumed' && isLive(fact.pausedBy);
        return;
      }
      case 'track-closed':
        this.#must(this.tracks.delete(fact.trackId), fact, 'no such track');
        return;
      case 'waiting-started':
        this.waiting.add(fact.participantId);
        return;
      case 'waiting-ended':
        this.#must(this.waiting.delete(fact.participantId), fact, 'did not wait');
        return;
      case 'hand-raised':
        this.hands.add(fact.participantId);
        return;
      case 'hand-lowered':
        this.hands.delete(fact.participantId);
        return;
      case 'supervision-changed':
        this.supervised = fact.supervised;
        return;
      case 'room-closed':
        this.#must(this.present.size === 0 && this.tracks.size === 0, fact, 'closed over people');
        this.supervised = false;
        return;
      default:
        return;
    }
  }

  #plausible(fact: Fact, { sameNetwork, onNetwork, room, everywhere }: LostBeside): void {
    this.#must(
      sameNetwork >= 0 && sameNetwork <= onNetwork && sameNetwork <= everywhere && room <= everywhere,
      fact,
      'counts do not agree',
    );
  }

  #must(holds: boolean, fact: Fact, otherwise: string): void {
    if (!holds) this.contradictions.push(`${fact.type}: ${otherwise}`);
  }
}

const isLive = (pausedBy: readonly PauseReason[]): boolean => pausedBy.length === 0;
