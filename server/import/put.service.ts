// What other systems bring by a call: applied at once or refused, and written down.
import { randomBytes } from 'node:crypto';
import type { Actor } from '../audit/actor.ts';
import type { Audit } from '../audit/audit.service.ts';
import type { ImportTable, TableDifference } from '../contract/import.ts';
import { Refused } from '../contract/reply.ts';
import { counts, type ImportParts } from './import.service.ts';
import type { Scope } from './scope.ts';
import type { ApplyResult, Task } from './work.ts';

export interface Put {
  readonly source: string;
  readonly scope: Scope;
  readonly table: ImportTable;
  /** Of one row; null: of a whole table. */
  readonly item: string | null;
}

export class PutService {
  readonly #parts: Omit<ImportParts, 'store' | 'log'> & { readonly audit: Audit };

  constructor(parts: Omit<ImportParts, 'store' | 'log'>) {
    this.#parts = parts;
  }

  /**
   * Refuses `import-faulty` with `details.faults`. Resolves when the data are there; their lessons follow.
   * @param body JSON, at most 64 MB
   */
  async put(actor: Actor, put: Put, body: AsyncIterable<Uint8Array>): Promise<TableDifference> {
    const { files, turns, audit, tell } = this.#parts;
    const id = `put-${randomBytes(12).toString('base64url')}`;
    const turn = await turns.takeForPut();
    let applied: ApplyResult;
    try {
      await files.keep(id, body);
      applied = await this.#apply(this.#task(files.path(id), put), turn.over);
    } catch (error) {
      // What is being laid out keeps its turn until it is over.
      if (!this.#parts.thread.isBusy) turn.over();
      throw error;
    } finally {
      await files.remove(id);
    }
    const { faults, faultTotal } = applied;
    if (!applied.applied) throw new Refused('import-faulty', `${faultTotal} faults; nothing was changed`, { faults, total: faultTotal });
    tell(applied);
    const { table, item } = put;
    const difference = applied.difference[0] ?? { table, new: 0, changed: 0, gone: 0, same: 0, samples: [] };
    if (difference.new + difference.changed + difference.gone > 0)
      await audit.record(actor, {
        act: 'timetable.put',
        subject: { kind: 'table', id: table, name: item ?? table },
        after: counts(difference),
      });
    return difference;
  }

  /** Resolves when it is written; the turn is over when the lessons are laid out. */
  #apply(task: Task, over: () => void): Promise<ApplyResult> {
    const { thread, turns, tell } = this.#parts;
    return new Promise((applied, failed) => {
      const run = thread
        .apply(task, true, null, { applied, facts: (facts) => tell({ facts }) })
        .then(() => undefined, failed)
        .finally(over);
      turns.runs(run);
    });
  }

  #task(path: string, { source, scope, table, item }: Put): Task {
    const { clock, timeZone } = this.#parts;
    return { path, scope, source, table, now: clock.now(), timeZone, name: `${table}.json`, course: null, put: { table, item } };
  }
}
