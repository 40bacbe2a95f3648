// Physical rooms, which belong to the whole university: whoever arranges a faculty sees them, who arranges all of it writes them.
import type { z } from 'zod';
import type { Actor } from '../audit/actor.ts';
import type { NewPlace, Place, Places } from '../contract/catalogue.ts';
import { PlaceId } from '../contract/ids.ts';
import { asked, type CatalogueParts, next, type Query } from './catalogue.service.ts';
import { checkArranges, checkArrangesSomewhere, found, refuseTaken } from './catalogue.ts';
import type { Asking } from './who.ts';

export class PlaceService {
  readonly #parts: CatalogueParts;

  constructor(parts: CatalogueParts) {
    this.#parts = parts;
  }

  async list(person: Asking, query: Query): Promise<z.input<typeof Places>> {
    const { last, ...page } = await this.#parts.stores.places.page(asked(person, query));
    return { ...page, next: next(last) };
  }

  async add(actor: Actor, wanted: NewPlace): Promise<Place> {
    checkArranges(actor, null);
    const place = { id: PlaceId.parse(this.#parts.newId()), ...wanted, externalId: null };
    await this.#parts.alone(async ({ places }) => {
      refuseTaken(nameOf(wanted), await places.like(wanted));
      await places.add(place.id, wanted);
    });
    await this.#parts.audit.record(actor, { act: 'place.added', subject: subjectOf(place), after: wanted });
    return place;
  }

  async change(actor: Actor, id: PlaceId, wanted: NewPlace): Promise<Place> {
    checkArrangesSomewhere(actor);
    const before = await this.#parts.alone(async ({ places }) => {
      const place = found(await places.find(id));
      checkArranges(actor, null);
      refuseTaken(nameOf(wanted), await places.like(wanted, id));
      await places.change(id, wanted);
      return place;
    });
    const after = { ...before, ...wanted };
    await this.#parts.audit.record(actor, { act: 'place.changed', subject: subjectOf(after), before, after });
    return after;
  }
}

const nameOf = ({ building, name }: NewPlace) => `${building} ${name}`;
const subjectOf = (place: Place) => ({ kind: 'place', id: place.id, name: nameOf(place) });
