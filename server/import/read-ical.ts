// Maps the events of a calendar file (RFC 5545) to single lessons: the course by its code, the teacher by one e-mail address that is known, the groups by their names.
import { DateTime } from 'luxon';
import type { Instant } from '../contract/ids.ts';
import type { TableFaultCode } from '../contract/import.ts';
import { type ReadEvent, readCalendar } from '../ical/read-calendar.ts';
import { folded } from './columns.ts';
import type { Faults } from './faults.ts';
import type { Item, Plan } from './plan.ts';
import { kindWords } from './words.ts';
import type { Referred, World } from './world.ts';

const DAY_MS = 86_400_000;
const PAST_MS = 370 * DAY_MS;
const FUTURE_MS = 740 * DAY_MS;
const MOST_WORDS_IN_NAME = 4;

export interface CalendarToRead {
  readonly text: string;
  readonly timeZone: string;
  readonly now: Instant;
  /** Code of the course of events that name none. */
  readonly course: string | null;
}

export function readIcal({ text, timeZone, now, course }: CalendarToRead, world: World, faults: Faults): Plan {
  const { events, faults: found } = readCalendar(text, { from: now - PAST_MS, to: now + FUTURE_MS, timeZone });
  for (const fault of found) {
    const code = fault.code === 'not-a-calendar' ? 'file-unreadable' : fault.code === 'too-large' ? 'file-too-large' : 'value-bad';
    faults.add({ sheet: null, line: fault.line ?? 1 }, null, code, fault.code);
  }
  const lines = linesOf(text);
  const find = new Finder(world);
  const told = new Set<string>();
  // A rule makes a hundred lessons of one event, and one fault is enough for it.
  const fault = (event: ReadEvent, column: string, code: TableFaultCode, value: string | null) => {
    const key = `${event.uid} ${column} ${code}`;
    if (!told.has(key)) faults.add({ sheet: null, line: lines.get(event.uid) ?? 1 }, column, code, value);
    told.add(key);
  };
  const items = events.flatMap((event): Item<'lessons'>[] => {
    const id = event.recurrenceId === null ? event.uid : `${event.uid} ${event.recurrenceId}`;
    if (event.cancelled && world.rows.lessons?.has(id) !== true) return [];
    const courseRef = find.course(event, course);
    const teacherRef = find.teacher(event);
    if (courseRef === null) fault(event, 'SUMMARY', 'reference-unknown', event.title);
    if (teacherRef === null) fault(event, 'ORGANIZER', 'reference-unknown', event.organizer?.email ?? null);
    if (teacherRef === 'several') fault(event, 'ORGANIZER', 'reference-ambiguous', event.organizer?.email ?? null);
    if (event.allDay) fault(event, 'DTSTART', 'value-bad', event.title);
    if (courseRef === null || teacherRef === null || teacherRef === 'several' || event.allDay) return [];
    const [start, end] = [event.startsAt, event.endsAt].map((at) => DateTime.fromMillis(at, { zone: timeZone }));
    return [
      {
        ...{ id, line: lines.get(event.uid) ?? 1 },
        values: {
          ...{ id, course: courseRef, teacher: teacherRef, kind: find.kind(event), groups: find.groups(event), place: find.place(event) },
          ...{ title: event.title.slice(0, 200) || null, date: start?.toFormat('yyyy-MM-dd') ?? '', cancelled: event.cancelled },
          ...{ startsAt: start?.toFormat('HH:mm') ?? '', endsAt: end?.toFormat('HH:mm') ?? '' },
        },
      },
    ];
  });
  if (items.length === 0 && faults.total === 0) faults.add({ sheet: null, line: 1 }, null, 'file-empty');
  return {
    lessons: {
      sheet: null,
      heads: new Map([
        ['startsAt', 'DTSTART'],
        ['endsAt', 'DTEND'],
      ]),
      items,
    },
  };
}

/** Where each event is in the file, by its UID; long lines are folded. */
function linesOf(text: string): Map<string, number> {
  const lines = new Map<string, number>();
  const written = text.split(/\r?\n/);
  for (const [index, line] of written.entries()) {
    if (!/^UID[:;]/i.test(line)) continue;
    let whole = line;
    for (let next = index + 1; /^[ \t]/.test(written[next] ?? ''); next += 1) whole += (written[next] ?? '').slice(1);
    const uid = whole.slice(whole.indexOf(':') + 1).trim();
    if (!lines.has(uid)) lines.set(uid, index + 1);
  }
  return lines;
}

class Finder {
  readonly #courses: ReadonlyMap<string, string>;
  readonly #groups: ReadonlyMap<string, string>;
  readonly #places: ReadonlyMap<string, string>;
  readonly #teachers = new Map<string, string[]>();

  constructor({ refs }: World) {
    const by = (table: 'courses' | 'groups' | 'places', nameOf: (referred: Referred) => string | undefined) =>
      new Map([...(refs[table]?.byRef ?? [])].map(([ref, referred]) => [folded(nameOf(referred) ?? ''), ref]));
    this.#courses = by('courses', ({ code }) => code);
    this.#groups = by('groups', ({ name }) => name);
    this.#places = by('places', ({ name }) => name.replace(',', ''));
    for (const [ref, { email, isTeacher }] of refs.people?.byRef ?? []) {
      if (!email || isTeacher !== true) continue;
      const address = email.toLowerCase();
      this.#teachers.set(address, [...(this.#teachers.get(address) ?? []), ref]);
    }
  }

  course(event: ReadEvent, chosen: string | null): string | null {
    const texts = [...Object.values(event.x), ...event.categories, event.title, chosen ?? ''];
    for (const text of texts)
      for (const phrase of phrasesOf(text)) {
        const ref = this.#courses.get(phrase);
        if (ref !== undefined) return ref;
      }
    return null;
  }

  /** An address proves nobody's identity; it only says who is meant, and only when it is one teacher's. */
  teacher({ organizer, attendees }: ReadEvent): string | null | 'several' {
    for (const people of [organizer ? [organizer] : [], attendees]) {
      const found = new Set(people.flatMap(({ email }) => this.#teachers.get(email.toLowerCase()) ?? []));
      if (found.size > 1) return 'several';
      for (const ref of found) return ref;
    }
    return null;
  }

  groups({ title, description, categories }: ReadEvent): string[] {
    const found = [title, description, ...categories].flatMap(phrasesOf).flatMap((phrase) => this.#groups.get(phrase) ?? []);
    return [...new Set(found)].sort();
  }

  place({ location }: ReadEvent): string | null {
    return this.#places.get(folded(location.replace(',', ''))) ?? null;
  }

  kind({ title, categories }: ReadEvent) {
    for (const phrase of [title, ...categories].flatMap(phrasesOf)) {
      const kind = phrase.length > 1 ? kindWords.get(phrase) : undefined;
      if (kind !== undefined) return kind;
    }
    return 'lecture' as const;
  }
}

/** Every run of up to four words: names have blanks in them. */
function phrasesOf(text: string): string[] {
  const words = text.split(/[\s,;:()[\]|/«»"]+/).filter(Boolean);
  return words.flatMap((_word, first) =>
    Array.from({ length: Math.min(MOST_WORDS_IN_NAME, words.length - first) }, (_, more) =>
      folded(words.slice(first, first + more + 1).join(' ')),
    ),
  );
}
