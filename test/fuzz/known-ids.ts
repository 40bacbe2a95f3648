// Ids and moments that mean something in the world that is tried, by what they are ids of.

/** More are not remembered of a kind. */
const most = 150;

export class KnownIds {
  readonly #kinds = new Map<string, string[]>();
  #foreign: Readonly<Record<string, readonly string[]>> = {};
  /** What `id` means in the path that is just tried: `lessons`, `people`… */
  #place = '';
  #isStranger = false;
  now = 0;

  /** A new world. @param foreign ids of a class that nobody of those who try has anything to do with, by kind */
  begin(now: number, foreign: Readonly<Record<string, readonly string[]>>): void {
    this.now = now;
    this.#foreign = foreign;
    this.#kinds.clear();
  }

  /** What is asked next. @param isStranger the foreign class is tried too: who has rights over everything could change it */
  at(place: string, isStranger: boolean): void {
    this.#place = place;
    this.#isStranger = isStranger;
  }

  add(kind: string, ...ids: readonly string[]): void {
    const known = this.#kinds.get(kind) ?? [];
    this.#kinds.set(kind, known);
    const foreign = Object.values(this.#foreign).flat();
    for (const id of ids) if (!foreign.includes(id) && !known.includes(id)) known.push(id);
    if (known.length > most) known.splice(0, known.length - most);
  }

  /** Of the foreign class. */
  foreign(kind: string): string | undefined {
    return this.#foreign[kind]?.[0];
  }

  /** Undefined when nothing is known of what the key means. */
  one(key: string, number: number): string | undefined {
    const kind = kindOf(key, this.#place);
    const foreign = this.#isStranger && number % 3 === 0 ? (this.#foreign[kind] ?? []) : [];
    const known = foreign.length > 0 ? foreign : (this.#kinds.get(kind) ?? []);
    return known[number % Math.max(known.length, 1)];
  }

  /** Remembers the ids in an answer. */
  learn(value: unknown, kind: string): void {
    if (Array.isArray(value)) for (const item of value.slice(0, 20)) this.learn(item, kind);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
    for (const [key, inner] of Object.entries(value)) {
      if (typeof inner === 'string' && /^id$|Ids?$|^token$|^link$/.test(key)) this.add(kindOf(key, kind), inner);
      else if (key === 'next' && typeof inner === 'string') this.add('afters', inner);
      else if (key === 'signInName' && typeof inner === 'string') this.add('signInNames', inner);
      else this.learn(inner, key);
    }
  }
}

const meanings: Readonly<Record<string, string>> = {
  ...{
    teacherId: 'people',
    studentId: 'people',
    assistantId: 'people',
    leadId: 'people',
    actorId: 'people',
    subjectId: 'people',
    by: 'people',
  },
  // Said by their names, for they come from files.
  ...{ student: 'signInNames', assistant: 'signInNames', member: 'signInNames' },
};
const places: Readonly<Record<string, string>> = { students: 'people', teachers: 'people' };

function kindOf(key: string, place: string): string {
  if (key === 'id') return places[place] ?? place;
  const meaning = meanings[key];
  if (meaning !== undefined) return meaning;
  const name = key.replace(/Ids?$/, '').toLowerCase();
  if (name === 'person') return 'people';
  return name.endsWith('y') ? `${name.slice(0, -1)}ies` : name.endsWith('s') ? name : `${name}s`;
}
