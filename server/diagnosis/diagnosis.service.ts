// Answers who had trouble in class and why, to those who may know: teachers of their lessons, coordinators of their faculties, observers and administrators of all. Rules Z14 to Z17.
import type { z } from 'zod';
import type { Actor } from '../audit/actor.ts';
import type { Audit } from '../audit/audit.service.ts';
import type { DiagnosedLesson, Evidence, Stay, Stays, StaysQuery, Trouble, Troubles, TroublesQuery } from '../contract/diagnosis.ts';
import type { Instant, LessonId, PersonId } from '../contract/ids.ts';
import { Refused } from '../contract/reply.ts';
import type { ObserversTold } from '../contract/situation.ts';
import type { Clock } from '../ports/clock.ts';
import { participantIdOf } from '../room/identifiers.ts';
import { networkOf } from '../room/network.ts';
import { facultiesSeen } from '../timetable/who.ts';
import { Causes } from './causes.ts';
import { type Found, foundRefusal, foundStretches, pageOf, personOf } from './found.ts';
import { severityNumber } from './judge.ts';
import type { Scope } from './lessons.store.ts';
import { overviewOf } from './overview.ts';
import { Peeks } from './peeks.ts';
import type { LineRow, SearchStore, Wanted } from './search.store.ts';
import { connectionsOf, eventsOf, type StayEntry, stepsOf } from './stay.ts';
import { staysOf } from './stays.ts';

type Query = Pick<z.output<typeof TroublesQuery>, 'from' | 'to' | 'personId' | 'lessonId' | 'network' | 'search'>;

export interface DiagnosisServiceOptions {
  readonly store: SearchStore;
  readonly trace: { readOf(lessonId: string, ...personIds: readonly string[]): Promise<readonly StayEntry[]> };
  readonly audit: Audit;
  readonly clock: Pick<Clock, 'now'>;
  readonly keptDays: number;
  readonly observersTold: ObserversTold;
  /** Writes what is not in the database yet. */
  flush(): Promise<void>;
}

const hourMs = 3_600_000;
const longestMs = 36 * hourMs;
const longestOfOneMs = 31 * 24 * hourMs;
/** Rows that one answer is made from: some tenths of a second at most, in pieces. */
const mostMinutes = 3000;
const mostRefusals = 1000;
const mostLines = 3000;
/** What is being written now may be asked for. */
const recentMs = 3 * 60_000;
const flushEveryMs = 5000;

interface May {
  readonly scope: Scope;
  readonly seesNetworks: boolean;
}

export class DiagnosisService {
  readonly #options: DiagnosisServiceOptions;
  readonly #peeks: Peeks;
  #flushedAt: Instant = 0;

  constructor(options: DiagnosisServiceOptions) {
    this.#options = options;
    this.#peeks = new Peeks(options.audit, options.clock);
  }

  /** Throws `Refused`. */
  async troubles(actor: Actor, query: z.output<typeof TroublesQuery>): Promise<z.input<typeof Troubles>> {
    const { store, clock, keptDays } = this.#options;
    const may = this.#mayLook(actor);
    const wanted = wantedBy(query, may);
    await this.#noteSearch(actor, query, may);
    await this.#flush(query.to);
    const now = clock.now();
    const least = severityNumber(query.severity ?? 'slight');
    const rows = await store.troubledMinutes(wanted, 1, mostMinutes);
    const refusals = await store.refusals(wanted, mostRefusals);
    const lines = await store.lines(wanted, mostLines);
    const found = [...foundStretches(rows, query, now), ...refusals.map(foundRefusal)];
    const { page, next } = pageOf(found, query);
    const lessons = await store.lessons([...page.map(({ told }) => told.lessonId), ...lines.map(({ lesson_id }) => lesson_id)]);
    return {
      ...{ now, keptSince: now - keptDays * 24 * hourMs, seesNetworks: may.seesNetworks, next },
      overview: overviewOf(lines, lessons, { least, seesNetworks: may.seesNetworks }),
      troubles: await this.#explained(page, may),
      isCut: rows.length === mostMinutes || refusals.length === mostRefusals || lines.length === mostLines,
    };
  }

  /** Throws `Refused`. */
  async stays(actor: Actor, query: z.output<typeof StaysQuery>): Promise<z.input<typeof Stays>> {
    const { store, clock } = this.#options;
    const may = this.#mayLook(actor);
    const wanted = wantedBy(query, may);
    await this.#noteSearch(actor, query, may);
    await this.#flush(query.to);
    const lines = await store.lines(wanted, mostLines);
    const refusals = await store.refusals(wanted, mostRefusals);
    const steps = await store.stepsOf(
      lines.map(({ id }) => id),
      query.from,
      query.to,
    );
    const lessons = await store.lessons([...lines, ...refusals].map(({ lesson_id }) => lesson_id));
    const now = clock.now();
    const { page, next } = staysOf({ lines, refusals, steps, lessons, now, seesNetworks: may.seesNetworks }, query);
    return {
      ...{ now, seesNetworks: may.seesNetworks, stays: page, next },
      isCut: refusals.length === mostRefusals || lines.length === mostLines,
    };
  }

  /** Throws `Refused`: `not-found` also for lessons that are none of theirs. */
  async stay(actor: Actor, lessonId: LessonId, personId: PersonId): Promise<z.input<typeof Stay>> {
    const { store, trace, clock } = this.#options;
    const may = this.#mayLook(actor);
    const lesson = await store.lesson(lessonId, may.scope);
    if (lesson === null) throw new Refused('not-found', 'There is no such lesson');
    await this.#flush(lesson.endsAt + hourMs);
    const now = clock.now();
    const wanted: Wanted = { from: 0, to: now + hourMs, scope: may.scope, lessonId, personId };
    const [lines, refusals, entries] = [
      await store.lines({ ...wanted, from: lesson.startsAt - 24 * hourMs }, mostLines),
      await store.refusals(wanted, mostRefusals),
      await trace.readOf(lessonId, personId),
    ];
    const own = entries.filter((entry) => entry.personId === personId);
    if (lines.length === 0 && isHidden(own, lesson, may)) throw notThere();
    if (lines.length === 0 && refusals.length === 0 && own.length === 0) throw notThere();
    const person = await this.#person(personId, lines, refusals);
    const subject = { kind: 'person', id: personId, name: person.name };
    await this.#peeks.note(actor, subject, { title: lesson.title, startsAt: lesson.startsAt }, `stay ${lessonId}`);

    const connections = connectionsOf(lines, own, may.seesNetworks);
    const placeOf = new Map(connections.map(({ connectionId }, place) => [String(connectionId), place]));
    const placeOfLine = new Map(lines.map((line) => [line.id, placeOf.get(line.connection_id) ?? 0]));
    const minutes = lines.length === 0 ? [] : await store.minutesOf(lines.map(({ id }) => id));
    const byId = new Map<number, LineRow>(lines.map((line) => [line.id, line]));
    const rows = minutes.flatMap((minute) => {
      const line = byId.get(minute.line_id);
      return line === undefined ? [] : [{ ...line, ...minute }];
    });
    const found = [...foundStretches(rows, { from: 0, to: Number.POSITIVE_INFINITY }, now), ...refusals.map(foundRefusal)];
    const troubles = await this.#explained(found, may);
    return {
      ...{ now, seesNetworks: may.seesNetworks, lesson, connections },
      person: { ...person, participantId: lines.length === 0 ? null : participantIdOf(lessonId, personId) },
      events: eventsOf(entries, refusals, { personId, placeOf }),
      steps: stepsOf(minutes, placeOfLine),
      troubles: troubles.sort((a, b) => a.from - b.from),
    };
  }

  /** Z14. Throws `Refused`. */
  #mayLook(actor: Actor): May {
    const seen = facultiesSeen(actor);
    if (seen === 'every') return { scope: 'every', seesNetworks: true };
    if (seen.size === 0 && !actor.roles.includes('teacher'))
      throw new Refused('not-allowed', 'Only who teaches, coordinates or watches over classes sees how their lines were');
    const hidesObservers = this.#options.observersTold === 'nobody';
    return { scope: { facultyIds: [...seen], teacherId: actor.id, hidesObservers }, seesNetworks: seen.size > 0 };
  }

  async #person(personId: PersonId, lines: readonly LineRow[], refusals: Parameters<typeof personOf>[0][]) {
    const row = lines[0] ?? refusals[0];
    if (row !== undefined) return personOf(row, lines[0]?.role ?? null);
    return { id: personId, name: (await this.#options.store.nameOf(personId)) ?? '', role: null };
  }

  async #explained(found: readonly Found[], { seesNetworks }: May): Promise<z.input<typeof Trouble>[]> {
    const { store } = this.#options;
    const lessons = await store.lessons(found.map(({ told }) => told.lessonId));
    const causes = new Causes(store);
    const troubles: z.input<typeof Trouble>[] = [];
    for (const one of found) {
      const { lessonId, ...told } = one.told;
      const lesson = lessons.get(lessonId);
      if (lesson === undefined) continue;
      const hint = one.troubled === null ? one.hint : await causes.hintOf(one.troubled);
      const evidence = seesNetworks ? hint.evidence : hint.evidence.map(withoutNetwork);
      troubles.push({ ...told, lesson, network: seesNetworks ? told.network : null, hint: { ...hint, evidence } });
    }
    return troubles;
  }

  async #flush(to: Instant): Promise<void> {
    const { clock, flush } = this.#options;
    const now = clock.now();
    if (to < now - recentMs || now - this.#flushedAt < flushEveryMs) return;
    this.#flushedAt = now;
    await flush();
  }

  async #noteSearch(actor: Actor, query: Query, { scope }: May): Promise<void> {
    const { store } = this.#options;
    const { personId, lessonId, network, search, from, to } = query;
    const after = { startsAt: from, endsAt: to, ...(network && { network }), ...(search && { search }) };
    if (personId !== undefined) {
      const name = (await store.nameOf(personId)) ?? '';
      return this.#peeks.note(actor, { kind: 'person', id: personId, name }, after, `search ${lessonId ?? ''}`);
    }
    if (lessonId !== undefined) {
      const lesson = await store.lesson(lessonId, scope);
      if (lesson === null) throw new Refused('not-found', 'There is no such lesson');
      return this.#peeks.note(actor, { kind: 'lesson', id: lessonId, name: lesson.title }, after, 'search');
    }
    await this.#peeks.note(actor, { kind: 'diagnosis', id: '', name: '' }, after, `${network ?? ''} ${search ?? ''}`);
  }
}

/** Throws `Refused`. */
function wantedBy({ from, to, personId, lessonId, network, search }: Query, { scope, seesNetworks }: May): Wanted {
  if (network !== undefined && !seesNetworks) throw new Refused('not-allowed', 'Addresses are not shown to teachers');
  const longest = personId === undefined && lessonId === undefined ? longestMs : longestOfOneMs;
  if (to <= from || to - from > longest) throw new Refused('bad-request', 'The time is too long, or ends before it begins');
  // A network is named as it is shown, or by any address in it.
  const named = network?.includes('/') === true ? network : network && networkOf(network);
  return { from, to, scope, personId, lessonId, search, network: named === '' ? undefined : named };
}

/** W23 */
function isHidden(own: readonly StayEntry[], { course }: DiagnosedLesson, { scope }: May): boolean {
  if (scope === 'every' || !scope.hidesObservers || scope.facultyIds.includes(course.facultyId)) return false;
  return own.some(({ kind, detail }) => kind === 'participant-joined' && detail.role === 'observer');
}

const notThere = (): Refused => new Refused('not-found', 'They were not in this lesson');

function withoutNetwork(evidence: Evidence): Evidence {
  return evidence.code === 'network' ? { ...evidence, network: null } : evidence;
}
