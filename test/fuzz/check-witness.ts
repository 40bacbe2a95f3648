// What somebody makes of presence checks who only hears facts: who had an unbroken minute to answer, and whether the judgement agrees.
import { answerMs } from '../../server/contract/presence-check.ts';
import type { Fact, FactOf } from '../../server/facts.ts';
import { isSubject } from '../../server/participant/rights.ts';

interface Asked {
  answered: boolean;
  leads: boolean;
  /** Since when there is a line without a break; null while there is none. */
  since: number | null;
  longestMs: number;
}

export class CheckWitness {
  /** Person → live devices. */
  readonly #live = new Map<string, Set<string>>();
  readonly #asked = new Map<string, Asked>();
  #running: FactOf<'presence-check-begun'> | null = null;
  readonly contradictions: string[] = [];
  /** So that a test can see that something was tried. */
  readonly seen = { begun: 0, answered: 0, missed: 0, spared: 0, early: 0 };

  hear(fact: Fact): void {
    switch (fact.type) {
      case 'connection-opened':
        return this.#lives(fact, true);
      case 'connection-resumed':
        // The line was another one before, so it was broken.
        this.#lives(fact, false);
        return this.#lives(fact, true);
      case 'connection-dropped':
      case 'connection-closed':
        return this.#lives(fact, false);
      case 'role-changed': {
        const asked = this.#asked.get(fact.personId);
        if (asked !== undefined && !isSubject(fact.role)) asked.leads = true;
        return;
      }
      case 'presence-check-begun':
        return this.#begun(fact);
      case 'presence-check-answered':
        return this.#answered(fact);
      case 'presence-check-ended':
        return this.#ended(fact);
      default:
    }
  }

  /** The server was killed: all lines are gone, and no fact says so. */
  cut(): void {
    this.#live.clear();
    this.#running = null;
    for (const asked of this.#asked.values()) asked.since = null;
  }

  get isRunning(): boolean {
    return this.#running !== null;
  }

  #lives(fact: FactOf<'connection-opened' | 'connection-resumed' | 'connection-dropped' | 'connection-closed'>, live: boolean): void {
    const devices = this.#live.get(fact.personId) ?? new Set();
    this.#live.set(fact.personId, devices);
    if (live) devices.add(fact.connectionId);
    else devices.delete(fact.connectionId);
    const asked = this.#asked.get(fact.personId);
    if (asked === undefined) return;
    if (devices.size > 0) asked.since ??= fact.at;
    else this.#broken(asked, fact.at);
  }

  #broken(asked: Asked, at: number): void {
    if (asked.since !== null) asked.longestMs = Math.max(asked.longestMs, at - asked.since);
    asked.since = null;
  }

  #begun(fact: FactOf<'presence-check-begun'>): void {
    this.#must(this.#running === null, 'a check began while another ran');
    this.#must(fact.asked.length > 0, 'a check asked nobody');
    this.#running = fact;
    this.#asked.clear();
    for (const personId of fact.asked) {
      const isLive = (this.#live.get(personId)?.size ?? 0) > 0;
      this.#asked.set(personId, { answered: false, leads: false, since: isLive ? fact.at : null, longestMs: 0 });
    }
    this.seen.begun += 1;
  }

  #answered(fact: FactOf<'presence-check-answered'>): void {
    const asked = this.#asked.get(fact.personId);
    this.#must(this.#running?.checkId === fact.checkId, 'an answer to no check');
    this.#must(asked?.answered === false, 'an answer of someone who was not asked, or a second one');
    if (asked !== undefined) asked.answered = true;
    this.seen.answered += 1;
  }

  #ended(fact: FactOf<'presence-check-ended'>): void {
    const { at, checkId, reason, missed } = fact;
    this.#must(this.#running?.checkId === checkId, 'a check ended that did not run');
    this.#must(reason === 'time-over' || missed.length === 0, `${reason} judges`);
    const beganAt = this.#running?.at ?? at;
    this.#running = null;
    if (reason !== 'time-over') {
      this.seen.early += 1;
      return;
    }
    for (const [personId, asked] of this.#asked) {
      const always = asked.since === beganAt;
      this.#broken(asked, at);
      const isMissed = missed.some((one) => one === personId);
      if (isMissed)
        this.#must(!asked.answered && !asked.leads && asked.longestMs >= answerMs, `${personId} is judged without a whole minute`);
      else if (!asked.answered && !asked.leads) {
        this.#must(!always, `${personId} was there all the time, did not answer, and is spared`);
        this.seen.spared += 1;
      }
      if (isMissed) this.seen.missed += 1;
    }
    this.#must(at - beganAt <= 2 * answerMs + 5000, 'a check took too long');
    this.#asked.clear();
  }

  #must(holds: boolean, otherwise: string): void {
    if (!holds) this.contradictions.push(otherwise);
  }
}
