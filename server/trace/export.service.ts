// Changes the key and hands out bundles, each written down in the audit log.
import type { Actor } from '../audit/actor.ts';
import type { Audit } from '../audit/audit.service.ts';
import type { TraceKey } from '../contract/evidence.ts';
import type { LessonId } from '../contract/ids.ts';
import type { Clock } from '../ports/clock.ts';
import { bundleOf } from './bundle.ts';
import type { HeadsStore } from './heads.store.ts';
import type { ProofStore } from './proof.store.ts';
import type { SealingService } from './sealing.service.ts';

interface Parts {
  readonly heads: HeadsStore;
  readonly trace: ProofStore;
  readonly sealing: SealingService;
  readonly audit: Audit;
  readonly clock: Clock;
}

export class TraceExportService {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async rotate(actor: Actor): Promise<TraceKey> {
    const { sealing, audit } = this.#parts;
    const key = await sealing.rotate();
    await audit.record(actor, {
      act: 'trace-key.rotated',
      subject: { kind: 'trace-key', id: key.id, name: key.id },
      before: { keyId: key.endorsedBy },
      after: { keyId: key.id },
    });
    return key;
  }

  /** The first lines, when they could be read and the export is written down, and all that follow. Throws `Refused('not-found')`. */
  async bundle(actor: Actor, lesson: { readonly id: LessonId; readonly title: string }): Promise<AsyncIterable<string>> {
    const lines = bundleOf(lesson.id, this.#parts);
    const first = await lines.next();
    await this.#parts.audit.record(actor, { act: 'trace.exported', subject: { kind: 'lesson', id: lesson.id, name: lesson.title } });
    return (async function* () {
      if (!first.done) yield first.value;
      yield* lines;
    })();
  }
}
