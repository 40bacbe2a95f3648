// Writes down who downloads what was made of a recording: once for each download, in however many pieces and from wherever in the file it is fetched.
import type { Audit } from '../../audit/audit.service.ts';
import type { Instant } from '../../contract/ids.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Allowed } from '../access/access.ts';
import { subjectOf } from '../edits/edits.service.ts';

/** Who asks for nothing for so long, and then again, downloads again. */
const sameMs = 15 * 60_000;
const mostKept = 10_000;

export class Downloads {
  readonly #audit: Audit;
  readonly #clock: Pick<Clock, 'now'>;
  /** When each was asked for last, the latest at the end. */
  readonly #asked = new Map<string, Instant>();

  constructor(audit: Audit, clock: Pick<Clock, 'now'>) {
    this.#audit = audit;
    this.#clock = clock;
  }

  /** Resolves when it is in the log. Who came by a link has no name that could stand there. */
  async asked(allowed: Allowed, file: string): Promise<void> {
    const { recording, viewer } = allowed;
    if (viewer.kind !== 'person') return;
    const key = `${viewer.person.id} ${recording.id} ${recording.edition} ${file}`;
    const [now, before] = [this.#clock.now(), this.#asked.get(key)];
    if (before === undefined || now - before >= sameMs)
      await this.#audit.record(viewer.actor, { act: 'recording.downloaded', subject: subjectOf(allowed), after: { file } });
    this.#asked.delete(key);
    this.#asked.set(key, now);
    const oldest = this.#asked.keys().next();
    if (this.#asked.size > mostKept && !oldest.done) this.#asked.delete(oldest.value);
  }
}
