// Streams: groups that are taught together. Lessons of a stream follow what its groups are.
import type { z } from 'zod';
import type { Actor } from '../audit/actor.ts';
import type { NewStream, Stream, Streams } from '../contract/catalogue.ts';
import { StreamId } from '../contract/ids.ts';
import { Refused } from '../contract/reply.ts';
import { asked, type CatalogueParts, type CatalogueStores, next, type Query } from './catalogue.service.ts';
import { checkArranges, checkArrangesSomewhere, found, known, refuseTaken } from './catalogue.ts';
import type { Asking } from './who.ts';

/** `layOut` lets lessons follow; it resolves when they do. */
type Parts = CatalogueParts & { readonly layOut: () => Promise<unknown> };

export class StreamService {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async list(person: Asking, query: Query): Promise<z.input<typeof Streams>> {
    const { last, ...page } = await this.#parts.stores.streams.page(asked(person, query));
    return { ...page, next: next(last) };
  }

  async add(actor: Actor, wanted: NewStream): Promise<Stream> {
    checkArranges(actor, wanted.facultyId);
    const id = StreamId.parse(this.#parts.newId());
    const stream = await this.#parts.alone(async (stores) => {
      const clean = await checked(stores, wanted);
      refuseTaken(clean.name, await stores.streams.like(clean));
      await stores.streams.add(id, clean);
      return found(await stores.streams.find(id));
    });
    await this.#parts.audit.record(actor, { act: 'stream.added', subject: subjectOf(stream), after: wordsOf(stream) });
    return stream;
  }

  async change(actor: Actor, id: StreamId, wanted: NewStream): Promise<Stream> {
    const { before, after } = await this.#parts.alone(async (stores) => {
      const stream = await find(actor, stores, id);
      checkArranges(actor, wanted.facultyId);
      const clean = await checked(stores, wanted);
      refuseTaken(clean.name, await stores.streams.like(clean, id));
      await stores.streams.change(id, clean);
      await stores.series.markStream(id);
      return { before: stream, after: found(await stores.streams.find(id)) };
    });
    await this.#parts.audit.record(actor, {
      ...{ act: 'stream.changed', subject: subjectOf(after), before: wordsOf(before), after: wordsOf(after) },
    });
    await this.#parts.layOut();
    return after;
  }

  async remove(actor: Actor, id: StreamId): Promise<void> {
    const before = await this.#parts.alone(async (stores) => {
      const stream = await find(actor, stores, id);
      if (await stores.streams.isUsed(id)) throw new Refused('conflict', 'Lessons use the stream');
      await stores.streams.remove(id);
      return stream;
    });
    await this.#parts.audit.record(actor, { act: 'stream.removed', subject: subjectOf(before), before: wordsOf(before) });
  }
}

async function find(person: Asking, { streams }: CatalogueStores, id: StreamId): Promise<Stream> {
  checkArrangesSomewhere(person);
  const stream = found(await streams.find(id));
  checkArranges(person, stream.facultyId);
  return stream;
}

/** Each group once; any faculty's, for streams may join them. */
async function checked({ catalogue, groups }: CatalogueStores, wanted: NewStream): Promise<NewStream> {
  known((await catalogue.faculty(wanted.facultyId)) !== null, 'facultyId');
  const groupIds = [...new Set(wanted.groupIds)];
  known((await groups.of(groupIds)).length === groupIds.length, 'groupIds');
  return { ...wanted, groupIds };
}

const subjectOf = ({ id, name }: Stream) => ({ kind: 'stream', id, name });
const wordsOf = ({ name, facultyId, groups }: Stream) => ({ name, facultyId, groups: groups.map((group) => group.name) });
