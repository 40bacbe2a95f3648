// One's own data in one file, the anonymising of accounts, and the nightly removal of what was kept long enough.
import { randomBytes } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { Actor } from '../audit/actor.ts';
import type { AuditService } from '../audit/audit.service.ts';
import type { Person } from '../contract/identity.ts';
import { type Instant, PersonId } from '../contract/ids.ts';
import type { RetentionRules } from '../contract/privacy.ts';
import { Refused } from '../contract/reply.ts';
import type { HistoryStore } from '../diagnosis/history.store.ts';
import type { Log } from '../log.ts';
import type { Clock, Timer } from '../ports/clock.ts';
import { holdings } from './holdings.ts';
import { ownPart } from './own-part.ts';
import type { Accounts, PrivacyStore } from './privacy.store.ts';
import { anonymousName, cutoffs, isTimeToSweep } from './retention.ts';

const HOUR_MS = 3_600_000;
const PER_PORTION = 100;
/** Each takes all its minutes along. */
const linesPerPortion = 10;

/** What the server does by itself, in the audit log. */
const server: Actor = {
  kind: 'server',
  id: PersonId.parse('server'),
  displayName: '',
  roles: [],
  address: '',
};

interface Parts {
  readonly store: PrivacyStore;
  readonly accounts: Pick<Accounts, 'byId'>;
  readonly audit: Pick<AuditService, 'record' | 'about' | 'removeBefore'>;
  readonly rules: RetentionRules & {
    readonly chatTexts: 'keep' | 'remove';
    readonly connectionReportDays: number;
    readonly qualityDays: number;
  };
  readonly quality: Pick<HistoryStore, 'removeBefore'>;
  readonly timeZone: string;
  /** Called after an account is gone: the person is to be shown out of wherever they are. */
  readonly gone: (id: PersonId) => Promise<void>;
  /** Throws while what happened waits on the local disk: written after the erasure, it would bring the name back. */
  readonly checkComplete: () => void;
  readonly clock: Clock;
  readonly log: Log;
}

export class PrivacyService {
  readonly #parts: Parts;
  readonly #timer: Timer;
  #sweeping: Promise<void> | null = null;
  #closed = false;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#timer = parts.clock.every(HOUR_MS, () => {
      this.#sweepIfDue().catch((error: unknown) => parts.log.error({ error }, 'What was kept long enough could not be removed'));
    });
  }

  get rules(): RetentionRules {
    const { accountsDays, attendanceYears, chatDays, auditYears } = this.#parts.rules;
    return { accountsDays, attendanceYears, chatDays, auditYears };
  }

  /** Everything that is kept of the person, by area (P12). */
  async own(person: Person, actor: Actor): Promise<Record<string, unknown>> {
    const { store, audit, clock } = this.#parts;
    const areas: Record<string, unknown> = {
      madeAt: new Date(clock.now()).toISOString(),
      account: await store.accountOf(person.id),
      groupNames: await store.groupNamesOf(person.id),
      lessons: await store.lessonsOf(person.id),
      chat: await store.chatOf(person.id),
      attendance: await store.traceOf(person.id),
      lineMinutes: await store.qualityOf(person.id),
      lessonTroubles: await store.troublesOf(person.id),
    };
    for (const holding of holdings) {
      if (holding.columns.length === 0) continue;
      areas[holding.area] = await store.rowsOf(holding, person.id);
      await setImmediate();
    }
    areas.audit = (await audit.about(person.id)).map((entry) => ownPart(entry, person.id));
    await audit.record(actor, {
      act: 'own-data.exported',
      subject: { kind: 'person', id: person.id, name: person.displayName },
    });
    return areas;
  }

  /** By an administrator, for good (P13). */
  async anonymise(id: PersonId, actor: Actor): Promise<Person> {
    const { accounts, gone } = this.#parts;
    if (id === actor.id) throw new Refused('not-allowed', 'Nobody takes away their own name');
    await this.#anonymise(id, actor, async (people) => {
      const person = await people.byId(id);
      if (!person) throw new Refused('not-found', 'There is no such person');
      if (person.anonymised) throw new Refused('conflict', 'This account was anonymised already');
      if (person.roles.includes('administrator') && !person.disabled && (await people.administratorsBeside(id)) === 0)
        throw new Refused('conflict', 'There must be an administrator who can sign in');
    });
    await gone(id);
    const after = await accounts.byId(id);
    if (!after) throw new Refused('not-found', 'There is no such person');
    return after;
  }

  /** Removes all that is too old by now, a little at a time, so that the classes never wait for it (P14). */
  sweep(): Promise<void> {
    this.#sweeping ??= this.#sweepAll().finally(() => {
      this.#sweeping = null;
    });
    return this.#sweeping;
  }

  /** Safe twice. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#timer.cancel();
    await this.#sweeping?.catch(() => undefined);
  }

  async #sweepIfDue(): Promise<void> {
    const { store, clock, timeZone } = this.#parts;
    if (isTimeToSweep(clock.now(), await store.sweptAt(), timeZone)) await this.sweep();
  }

  async #sweepAll(): Promise<void> {
    const { store, audit, rules, timeZone, clock, log, quality } = this.#parts;
    const before = cutoffs(rules, clock.now(), timeZone);
    const removed = {
      accounts: await this.#inPortions(before.accounts, async (at) => {
        const ids = await store.disabledBefore(at, PER_PORTION);
        for (const id of ids) {
          await this.#anonymiseDisabled(PersonId.parse(id));
          await setImmediate();
        }
        return ids.length;
      }),
      lessons: await this.#inPortions(before.attendance, (at) => store.removeTraces(at, 5, clock.now()), 5),
      situations: await this.#inPortions(before.attendance, (at) => store.removeSituations(at, PER_PORTION)),
      messages: await this.#inPortions(before.chat, (at) => store.removeMessages(at, PER_PORTION)),
      auditEntries: await this.#inPortions(before.audit, (at) => audit.removeBefore(at, PER_PORTION)),
      qualityLines: await this.#inPortions(before.quality, (at) => quality.removeBefore(at, linesPerPortion), linesPerPortion),
      connectionReports: await this.#inPortions(before.connectionReports, (at) => store.removeConnectionReports(at, PER_PORTION)),
    };
    if (this.#closed) return;
    await store.setSweptAt(clock.now());
    if (Object.values(removed).every((count) => count === 0)) return;
    await audit.record(server, {
      act: 'data.expired',
      subject: { kind: 'data', id: '', name: '' },
      after: removed,
    });
    log.info(removed, 'What was kept long enough is removed');
  }

  async #inPortions(before: Instant | null, remove: (before: Instant) => Promise<number>, portion = PER_PORTION): Promise<number> {
    let all = 0;
    while (before !== null && !this.#closed) {
      const removed = await remove(before);
      all += removed;
      if (removed < portion) break;
      await setImmediate();
    }
    return all;
  }

  async #anonymiseDisabled(id: PersonId): Promise<void> {
    try {
      await this.#anonymise(id, server, async (people) => {
        const person = await people.byId(id);
        if (!person?.disabled || person.anonymised) throw new Refused('conflict', 'The account was enabled meanwhile');
      });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
    }
  }

  async #anonymise(id: PersonId, actor: Actor, check: (people: Accounts) => Promise<void>): Promise<void> {
    const { store, audit, rules, clock } = this.#parts;
    this.#parts.checkComplete();
    const code = randomBytes(4).toString('hex');
    const name = anonymousName(code);
    // The id keeps it unique; only the name is read by people.
    await store.anonymise(id, { name, signInName: `anonymous-${id}`, at: clock.now(), chat: rules.chatTexts }, check);
    await audit.record(actor, {
      act: 'person.anonymised',
      subject: { kind: 'person', id, name },
    });
  }
}
