// Writes each time down that somebody came into a class to observe it. Rule W21.
import type { Actor } from '../audit/actor.ts';
import type { Audit } from '../audit/audit.service.ts';
import type { LessonId, ParticipantId } from '../contract/ids.ts';
import type { ObserversTold } from '../contract/situation.ts';
import type { Fact, FactOf } from '../facts.ts';
import type { Log } from '../log.ts';

export interface ObservingOptions {
  readonly audit: Audit;
  readonly log: Pick<Log, 'error'>;
  readonly told: ObserversTold;
  readonly titleOf: (lessonId: LessonId) => Promise<string>;
}

export class ObservingService {
  readonly #options: ObservingOptions;
  /** Have come in, and from where is told next. */
  readonly #coming = new Map<ParticipantId, FactOf<'participant-joined'>>();
  #writing: Promise<void> = Promise.resolve();

  constructor(options: ObservingOptions) {
    this.#options = options;
  }

  onFact(fact: Fact): void {
    if (fact.type === 'participant-joined' && fact.role === 'observer') this.#coming.set(fact.participantId, fact);
    if (fact.type === 'participant-left') this.#coming.delete(fact.participantId);
    if (fact.type !== 'connection-opened') return;
    const joined = this.#coming.get(fact.participantId);
    if (joined === undefined) return;
    this.#coming.delete(fact.participantId);
    this.#writing = this.#writing.then(() => this.#write(joined, fact.address));
  }

  /** Resolves when nothing waits to be written. */
  async close(): Promise<void> {
    await this.#writing;
  }

  async #write({ lessonId, personId, name }: FactOf<'participant-joined'>, address: string): Promise<void> {
    const { audit, log, told, titleOf } = this.#options;
    const actor: Actor = { kind: 'person', id: personId, displayName: name, roles: [], address };
    try {
      const subject = { kind: 'lesson', id: lessonId, name: await titleOf(lessonId) };
      await audit.record(actor, { act: 'lesson.observed', subject, after: { told } });
    } catch (error) {
      log.error({ error, lessonId, personId }, 'That a class is observed could not be written into the audit log');
    }
  }
}
