// Private calendar feeds: who may have one of whom, what it holds, and when it no longer works.

import { randomBytes } from 'node:crypto';
import type { z } from 'zod';
import type { Actor } from '../audit/actor.ts';
import type { Audit } from '../audit/audit.service.ts';
import { type Feed, FeedId, type NewFeed } from '../contract/feeds.ts';
import type { Language, Person } from '../contract/identity.ts';
import { type GroupId, type Instant, PersonId } from '../contract/ids.ts';
import { Refused } from '../contract/reply.ts';
import { calendarOf } from '../ical/write-calendar.ts';
import { hashOfToken } from '../identity/token-hash.ts';
import type { Clock } from '../ports/clock.ts';
import { text } from '../texts/texts.ts';
import type { AgendaLesson, AgendaOf, AgendaSpan } from '../timetable/agenda.store.ts';
import { mayArrange } from '../timetable/who.ts';
import type { FeedRecord, FeedStore, OwnFeedRecord } from './feed.store.ts';
import { lessonEvent } from './lesson-event.ts';

const DAY_MS = 86_400_000;
const daysBack = 60;
const daysAhead = 400;
const mostLessons = 10_000;
const mostFeeds = 30;
/** Programs that ask every minute need not write every minute. */
const readNotedEveryMs = 600_000;

/** What the feeds need of the timetable. */
export interface Agenda {
  lessons(of: AgendaOf, span: AgendaSpan, limit: number): Promise<readonly AgendaLesson[]>;
  group(id: string): Promise<{ readonly id: GroupId; readonly name: string; readonly facultyId: string } | null>;
  belongs(personId: PersonId, groupId: GroupId, span: AgendaSpan): Promise<boolean>;
}

type Asking = Pick<Person, 'id' | 'displayName' | 'roles' | 'roleFaculties'>;
type FeedView = z.input<typeof Feed>;

/** Of somebody who may have it now. */
export interface OpenFeed {
  readonly feed: FeedRecord;
  /** The name of the person or the group. */
  readonly owner: string;
  readonly of: AgendaOf;
}

export interface WrittenFeed {
  readonly calendar: string;
  /** When a lesson of it changed last. */
  readonly changedAt: Instant;
}

export class FeedService {
  readonly #store: FeedStore;
  readonly #agenda: Agenda;
  readonly #person: (id: PersonId) => Promise<Person | null>;
  readonly #audit: Audit;
  readonly #clock: Clock;
  readonly #timeZone: string;

  constructor(options: {
    readonly store: FeedStore;
    readonly agenda: Agenda;
    readonly person: (id: PersonId) => Promise<Person | null>;
    readonly audit: Audit;
    readonly clock: Clock;
    readonly timeZone: string;
  }) {
    this.#store = options.store;
    this.#agenda = options.agenda;
    this.#person = options.person;
    this.#audit = options.audit;
    this.#clock = options.clock;
    this.#timeZone = options.timeZone;
  }

  /** One's own, newest first. */
  async list(person: Asking, origin: string): Promise<FeedView[]> {
    const feeds = await this.#store.madeBy(PersonId.parse(person.id));
    return Promise.all(feeds.map((feed) => this.#view(feed, person, origin)));
  }

  /** F1: of oneself, or of a group that one is in, teaches, or coordinates. */
  async add(actor: Actor, { of, id, language }: NewFeed, origin: string): Promise<FeedView> {
    const createdBy = actor.id;
    const ofId = of === 'person' ? createdBy : (id ?? '');
    const feed = { id: FeedId.parse(secret(12)), of, ofId, language, createdBy, createdAt: this.#clock.now(), lastReadAt: null };
    const name = await this.#nameFor(feed, actor);
    if (name === null) throw new Refused('not-allowed', 'Only people of the group, its teachers and coordinators may have its calendar');
    if ((await this.#store.madeBy(createdBy)).length >= mostFeeds)
      throw new Refused('conflict', 'There are too many calendar feeds; revoke one first', { most: mostFeeds });
    const token = secret(32);
    await this.#store.add(feed, { token, hash: hashOfToken(token) });
    await this.#audit.record(actor, { act: 'feed.made', subject: subjectOf(feed, name), after: { of, ofId, language } });
    return this.#view({ ...feed, token }, actor, origin);
  }

  async setLanguage(person: Asking, id: FeedId, language: Language, origin: string): Promise<FeedView> {
    const feed = await this.#own(person, id);
    await this.#store.setLanguage(id, language);
    return this.#view({ ...feed, language }, person, origin);
  }

  async revoke(actor: Actor, id: FeedId): Promise<void> {
    const feed = await this.#own(actor, id);
    await this.#store.remove(id);
    const name = (await this.#nameFor(feed, actor)) ?? feed.ofId;
    await this.#audit.record(actor, { act: 'feed.revoked', subject: subjectOf(feed, name), before: { of: feed.of, ofId: feed.ofId } });
  }

  /** F2, F3: null when the token is unknown or revoked, or whoever made it is disabled or no longer of the group. */
  async find(token: string): Promise<OpenFeed | null> {
    const feed = await this.#store.byTokenHash(hashOfToken(token));
    const person = feed && (await this.#person(feed.createdBy));
    if (!feed || !person || person.disabled) return null;
    const owner = await this.#nameFor(feed, person);
    if (owner === null) return null;
    const of = feed.of === 'person' ? { personId: feed.createdBy } : await this.#groupOf(feed);
    return of && { feed, owner, of };
  }

  /** F5: from sixty days back to four hundred ahead, with the cancelled ones. */
  async write({ feed, owner, of }: OpenFeed, origin: string): Promise<WrittenFeed> {
    const lessons = await this.#agenda.lessons(of, this.#span(), mostLessons);
    const now = this.#clock.now();
    if (feed.lastReadAt === null || now - feed.lastReadAt >= readNotedEveryMs) await this.#store.wasRead(feed.id, now);
    const { language } = feed;
    const name = text(language, `calendar.name.${feed.of}`, { name: owner });
    const events = lessons.map((lesson) => lessonEvent(lesson, language, origin));
    return {
      calendar: calendarOf(events, { name, language, timeZone: this.#timeZone }),
      changedAt: Math.max(feed.createdAt, ...lessons.map((lesson) => lesson.changedAt)),
    };
  }

  /** The name of the person or the group when the person may follow it; null when not, or when there is no such group. */
  async #nameFor(feed: FeedRecord, person: Asking): Promise<string | null> {
    if (feed.of === 'person') return feed.ofId === person.id ? person.displayName : null;
    const group = await this.#agenda.group(feed.ofId);
    if (group === null) return null;
    const may = mayArrange(person, group.facultyId) || (await this.#agenda.belongs(PersonId.parse(person.id), group.id, this.#span()));
    return may ? group.name : null;
  }

  async #groupOf({ ofId }: FeedRecord): Promise<AgendaOf | null> {
    const group = await this.#agenda.group(ofId);
    return group && { groupId: group.id };
  }

  /** Whole days, so that a calendar in which nothing changed is the same all day. */
  #span(): AgendaSpan {
    const today = Math.floor(this.#clock.now() / DAY_MS) * DAY_MS;
    return { from: today - daysBack * DAY_MS, to: today + daysAhead * DAY_MS };
  }

  /** Others' feeds are not told from ones that are not there. */
  async #own(person: Asking, id: FeedId): Promise<OwnFeedRecord> {
    const feed = (await this.#store.madeBy(PersonId.parse(person.id))).find((each) => each.id === id);
    if (!feed) throw new Refused('not-found', 'There is no such calendar feed');
    return feed;
  }

  async #view(feed: OwnFeedRecord, person: Asking, origin: string): Promise<FeedView> {
    const name = await this.#nameFor(feed, person);
    const url = `${origin}/feeds/${feed.token}.ics`;
    return {
      id: feed.id,
      of: feed.of,
      name: name ?? (await this.#agenda.group(feed.ofId))?.name ?? '',
      language: feed.language,
      url,
      webcal: url.replace(/^https?:/, 'webcal:'),
      createdAt: feed.createdAt,
      lastReadAt: feed.lastReadAt,
      works: name !== null,
    };
  }
}

function subjectOf(feed: FeedRecord, name: string) {
  return { kind: 'feed', id: feed.id, name };
}

function secret(bytes: number): string {
  return randomBytes(bytes).toString('base64url');
}
