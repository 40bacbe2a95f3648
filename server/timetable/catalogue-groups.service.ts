// Academic groups and their members.
import type { z } from 'zod';
import type { Actor } from '../audit/actor.ts';
import type { Group, GroupChange, GroupMembers, Groups, NewGroup } from '../contract/catalogue.ts';
import { type FacultyId, GroupId, type ProgrammeId } from '../contract/ids.ts';
import { asked, type CatalogueParts, type CatalogueStores, next, type Query } from './catalogue.service.ts';
import { checkArranges, checkArrangesSomewhere, found, known, refuseTaken } from './catalogue.ts';
import { type OpenRooms, readNames, refuseFaults } from './catalogue-people.service.ts';
import type { Asking } from './who.ts';

type Parts = CatalogueParts & { readonly rooms: OpenRooms };

export class GroupService {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async list(person: Asking, query: Query): Promise<z.input<typeof Groups>> {
    const { last, ...page } = await this.#parts.stores.groups.page(asked(person, query));
    return { ...page, next: next(last) };
  }

  async add(actor: Actor, { facultyId, name, programmeId = null }: NewGroup): Promise<Group> {
    checkArranges(actor, facultyId);
    const group = { id: GroupId.parse(this.#parts.newId()), facultyId, name, programmeId, externalId: null, size: 0 };
    await this.#parts.alone(async ({ catalogue, groups }) => {
      known((await catalogue.faculty(facultyId)) !== null, 'facultyId');
      known(await hasProgramme(catalogue, programmeId, facultyId), 'programmeId');
      refuseTaken(name, await groups.like(name));
      await groups.add(group);
    });
    await this.#parts.audit.record(actor, { act: 'group.added', subject: subjectOf(group), after: group });
    return group;
  }

  async change(actor: Actor, id: GroupId, change: z.output<typeof GroupChange>): Promise<Group> {
    const { before, after } = await this.#parts.alone(async (stores) => {
      const group = await find(actor, stores, id);
      const { name = group.name, programmeId = group.programmeId } = change;
      const changed = { ...group, name, programmeId };
      known(await hasProgramme(stores.catalogue, programmeId, group.facultyId), 'programmeId');
      refuseTaken(name, await stores.groups.like(name, id));
      await stores.groups.change(changed);
      return { before: group, after: changed };
    });
    await this.#parts.audit.record(actor, { act: 'group.changed', subject: subjectOf(after), before, after });
    return after;
  }

  async members(person: Asking, id: GroupId): Promise<z.input<typeof GroupMembers>> {
    await find(person, this.#parts.stores, id);
    return { members: await this.#parts.stores.memberships.membersOf(id) };
  }

  /** All or nothing; throws `Refused('import-faulty')` with `details.faults`. Rooms that are open know at once. */
  async setMembers(actor: Actor, id: GroupId, signInNames: readonly string[]): Promise<z.input<typeof GroupMembers>> {
    const { group, before, after } = await this.#parts.alone(async (stores) => {
      const { memberships } = stores;
      const changed = await find(actor, stores, id);
      const { ids, faults } = await readNames(memberships, signInNames, null);
      refuseFaults(faults);
      const were = await memberships.membersOf(id);
      await memberships.setMembers(id, ids);
      return { group: changed, before: were, after: await memberships.membersOf(id) };
    });
    const names = (members: typeof after) => ({ members: members.map(({ signInName }) => signInName) });
    await this.#parts.audit.record(actor, {
      ...{ act: 'group.members-set', subject: subjectOf(group), before: names(before), after: names(after) },
    });
    await this.#parts.rooms.tell(actor, { groupId: id });
    return { members: after };
  }
}

async function find(person: Asking, { groups }: CatalogueStores, id: GroupId): Promise<Group> {
  checkArrangesSomewhere(person);
  const group = found(await groups.find(id));
  checkArranges(person, group.facultyId);
  return group;
}

/** None is always there; one must be of the faculty. */
async function hasProgramme(catalogue: CatalogueStores['catalogue'], id: ProgrammeId | null, facultyId: FacultyId): Promise<boolean> {
  if (id === null) return true;
  const [programme] = await catalogue.programmesOf([id]);
  return programme?.facultyId === facultyId;
}

const subjectOf = ({ id, name }: Group) => ({ kind: 'group', id, name });
