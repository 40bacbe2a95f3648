// Weekly patterns: found, added, changed and removed by those who arrange the faculty of the course; lessons follow at once.
import { z } from 'zod';
import type { Actor } from '../audit/actor.ts';
import type { Audit } from '../audit/audit.service.ts';
import { SeriesId } from '../contract/ids.ts';
import type { Conflicts, NewSeries, Series, SeriesChange, SeriesPage, SeriesQuery } from '../contract/planning.ts';
import { Refused } from '../contract/reply.ts';
import type { TimetableFact } from '../facts.ts';
import type { Clock } from '../ports/clock.ts';
import { cursorOf, placeOf } from './catalogue.ts';
import { refuseClash, type Wanted } from './conflicts.ts';
import type { LayoutService } from './layout.service.ts';
import type { LayoutStore } from './layout.store.ts';
import type { SeriesStore } from './series.store.ts';
import { faultOf } from './series.ts';
import type { SeriesListStore } from './series-list.store.ts';
import { type Asking, arrangesSomewhere, facultiesArranged, mayArrange } from './who.ts';

type Query = z.output<typeof SeriesQuery>;
type Found = z.input<typeof Conflicts>;

/** What one transaction, or a reader, has to do with patterns. */
export interface SeriesStores {
  readonly series: SeriesStore;
  readonly list: SeriesListStore;
  readonly layout: LayoutStore;
  readonly conflicts: (wanted: readonly Wanted[]) => Promise<Found>;
}

interface Options {
  readonly stores: SeriesStores;
  /** All of `work` or nothing, while nothing else changes the plan. */
  readonly alone: <T>(work: (stores: SeriesStores) => Promise<T>) => Promise<T>;
  readonly layout: LayoutService;
  readonly publish: (facts: readonly TimetableFact[]) => void;
  readonly audit: Audit;
  readonly clock: Clock;
  readonly newId: () => string;
}

const Place = z.tuple([z.number(), z.string(), z.string()]);

export class SeriesService {
  readonly #options: Options;

  constructor(options: Options) {
    this.#options = options;
  }

  async list(actor: Asking, { after, limit, ...query }: Query): Promise<z.input<typeof SeriesPage>> {
    if (!arrangesSomewhere(actor)) throw notAllowed();
    const mine = facultiesArranged(actor);
    const filter = { ...query, facultyIds: mine === 'every' ? undefined : [...mine] };
    const { list } = this.#options.stores;
    const [{ series, last }, total] = await Promise.all([
      list.page(filter, after === undefined ? null : placeOf(after, Place), limit),
      list.count(filter),
    ]);
    return { series, next: last === null ? null : cursorOf(last), total };
  }

  async conflicts(actor: Asking, wanted: NewSeries, seriesId: SeriesId | undefined): Promise<Found> {
    const { stores } = this.#options;
    await this.#check(actor, stores, wanted);
    return this.#clashes(stores, wanted, seriesId ?? null);
  }

  /** Throws `Refused('clash')` with what is there already, unless `despite`: whoever arranges the faculty may (C4). */
  async add(actor: Actor, wanted: NewSeries, despite: boolean): Promise<Series> {
    const id = SeriesId.parse(this.#options.newId());
    const { series } = await this.#save(async (stores) => {
      const clean = once(wanted);
      await this.#check(actor, stores, clean);
      refuseClash(await this.#clashes(stores, clean, null), { despite, may: true });
      await stores.series.add(id, clean, this.#options.clock.now());
      return { id, before: null };
    });
    await this.#options.audit.record(actor, { act: 'series.added', subject: subjectOf(series), after: wordsOf(series, despite) });
    return series;
  }

  async change(actor: Actor, id: SeriesId, change: SeriesChange, despite: boolean): Promise<Series> {
    const { series, before } = await this.#save(async (stores) => {
      const found = await this.#find(actor, stores, id);
      const wanted = once({ ...newSeriesOf(found), ...withoutMissing(change) });
      await this.#check(actor, stores, wanted, found);
      // A clash that was saved on purpose does not stand in the way of a new title.
      if (needsOf(wanted) !== needsOf(newSeriesOf(found))) refuseClash(await this.#clashes(stores, wanted, id), { despite, may: true });
      await stores.series.change(id, wanted);
      return { id, before: found };
    });
    await this.#options.audit.record(actor, {
      ...{ act: 'series.changed', subject: subjectOf(series), before: before && wordsOf(before, false), after: wordsOf(series, despite) },
    });
    return series;
  }

  async remove(actor: Actor, id: SeriesId): Promise<void> {
    const { alone, publish, layout, audit, clock } = this.#options;
    const { found, facts } = await alone(async (stores) => {
      const series = await this.#find(actor, stores, id);
      await stores.series.remove(id, clock.now());
      return { found: series, facts: (await layout.layOutSome(stores.layout, [id])).facts };
    });
    publish(facts);
    await audit.record(actor, { act: 'series.removed', subject: subjectOf(found), before: wordsOf(found, false) });
  }

  async #save(work: (stores: SeriesStores) => Promise<{ readonly id: SeriesId; readonly before: Series | null }>) {
    const { alone, publish, layout } = this.#options;
    const { facts, ...saved } = await alone(async (stores) => {
      const { id, before } = await work(stores);
      const laidOut = await layout.layOutSome(stores.layout, [id]);
      const series = await stores.list.find(id);
      if (series === null) throw new Error('A weekly pattern that was just saved is not there');
      return { facts: laidOut.facts, series, before };
    });
    publish(facts);
    return saved;
  }

  async #find(actor: Asking, { list }: SeriesStores, id: SeriesId): Promise<Series> {
    if (!arrangesSomewhere(actor)) throw notAllowed();
    const found = await list.find(id);
    if (found === null) throw new Refused('not-found', 'There is no such weekly pattern');
    if (!mayArrange(actor, found.course.facultyId)) throw notAllowed();
    return found;
  }

  /** `before`: who teaches already goes on doing so, whatever became of the account. */
  async #check(actor: Asking, { series, layout }: SeriesStores, wanted: NewSeries, before: Series | null = null): Promise<void> {
    if (!arrangesSomewhere(actor)) throw notAllowed();
    const calendar = await layout.calendar();
    const term = calendar.terms.find(({ id }) => id === wanted.termId);
    const unknown = await series.unknownField(wanted, before?.teacher.id ?? null);
    const field = unknown ?? faultOf(wanted, term, this.#options.layout.planner(calendar));
    if (field !== null) throw new Refused('bad-request', 'Something named is not known, or makes no sense in the term', { field });
    const facultyId = await series.facultyOf(wanted.courseId);
    if (facultyId === null || !mayArrange(actor, facultyId)) throw notAllowed();
  }

  /** Of the lessons that are still to come. */
  async #clashes({ series, layout, conflicts }: SeriesStores, wanted: NewSeries, exceptSeriesId: SeriesId | null): Promise<Found> {
    const facultyId = (await series.facultyOf(wanted.courseId)) ?? '';
    const now = this.#options.clock.now();
    const coming = this.#options.layout
      .planner(await layout.calendar())
      .occurrences({ ...wanted, facultyId })
      .filter(({ startsAt }) => startsAt > now);
    const groupIds = [...new Set([...wanted.groupIds, ...(await series.groupsOfStreams(wanted.streamIds))])];
    const { teacherId, placeId } = wanted;
    return conflicts(coming.map(({ startsAt, endsAt }) => ({ teacherId, placeId, groupIds, startsAt, endsAt, exceptSeriesId })));
  }
}

function notAllowed(): Refused {
  return new Refused('not-allowed', 'Only coordinators of the faculty and administrators arrange its lessons');
}

/** What is named twice is meant once. */
function once(series: NewSeries): NewSeries {
  return { ...series, groupIds: [...new Set(series.groupIds)], streamIds: [...new Set(series.streamIds)] };
}

function newSeriesOf({ course, teacher, groups, streams, place, ...series }: Series): NewSeries {
  return {
    ...{ termId: series.termId, courseId: course.id, kind: series.kind, title: series.title, teacherId: teacher.id },
    ...{ groupIds: groups.map(({ id }) => id), streamIds: streams.map(({ id }) => id), placeId: place?.id ?? null, mode: series.mode },
    ...{ weekday: series.weekday, weeks: series.weeks, time: series.time, fromOn: series.fromOn, untilOn: series.untilOn },
    rules: series.rules,
  };
}

/** When it needs whom and what. */
function needsOf({ courseId, teacherId, groupIds, streamIds, placeId, weekday, weeks, time, fromOn, untilOn }: NewSeries): string {
  return JSON.stringify([courseId, teacherId, groupIds.toSorted(), streamIds.toSorted(), placeId, weekday, weeks, time, fromOn, untilOn]);
}

/** A key whose value is missing stays as it is. */
function withoutMissing<T extends object>(change: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}

function subjectOf({ id, title, course }: Series) {
  return { kind: 'series', id, name: `${course.code} ${title}` };
}

/** For the audit log: names that need no look-up. */
function wordsOf(
  { id: _id, course, teacher, groups, streams, place, lessons: _lessons, ...rest }: Series,
  despiteConflicts: boolean,
): object {
  const names = (all: readonly { readonly name: string }[]) => all.map(({ name }) => name);
  return {
    ...{ ...rest, course: course.code, teacher: teacher.displayName, groups: names(groups), streams: names(streams) },
    ...{ place: place?.name ?? null, ...(despiteConflicts && { despiteConflicts }) },
  };
}
