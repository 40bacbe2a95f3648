// Whether a caller may make the changes that a plan asks for: coordinators in their faculties, administrators everywhere. Rows that change nothing trouble nobody.
import type { Actor } from '../audit/actor.ts';
import { ImportTable } from '../contract/import.ts';
import { facultiesArranged } from '../timetable/who.ts';
import type { Known as Lookup } from './check.ts';
import type { Changes, TableChanges } from './difference.ts';
import type { Faults } from './faults.ts';
import type { Item, Plan } from './plan.ts';
import type { World } from './world.ts';

export interface Scope {
  /** By our ids. */
  readonly faculties: 'every' | ReadonlySet<string>;
  /** Accounts of staff are for administrators and for keys with that right. */
  readonly staff: boolean;
}

export function scopeOf(actor: Actor): Scope {
  return { faculties: facultiesArranged(actor), staff: isUnlimitedAdministrator(actor) };
}

export function isUnlimitedAdministrator(actor: Actor): boolean {
  return actor.roles.includes('administrator') && actor.roleFaculties?.administrator === undefined;
}

/** Faults for what is not theirs to change; what is not theirs is not gone either. */
export function within(scope: Scope, changes: Changes, plan: Plan, world: World, lookup: Lookup, faults: Faults): Changes {
  if (scope.faculties === 'every' && scope.staff) return changes;
  const mine = (table: ImportTable, values: object) => isMine(scope, table, values, world, lookup);
  const kept: { [T in ImportTable]?: TableChanges } = {};
  for (const table of ImportTable.options) {
    const found = changes[table];
    if (found === undefined) continue;
    const { added, changed, gone, same }: TableChanges = found;
    const rows = plan[table];
    const refuse = ({ line, id }: Item) =>
      faults.add({ sheet: rows?.sheet ?? null, line }, null, table === 'people' ? 'not-allowed' : 'not-your-faculty', id);
    for (const item of added) if (!mine(table, item.values)) refuse(item);
    for (const { item, known } of changed)
      if (!mine(table, known.values) || !mine(table, { ...known.values, ...item.values })) refuse(item);
    kept[table] = { added, changed, gone: gone.filter(({ known }) => mine(table, known.values)), same };
  }
  // As in `changesOf`.
  return kept as Changes;
}

function isMine({ faculties, staff }: Scope, table: ImportTable, values: object, world: World, lookup: Lookup): boolean {
  const cells: Readonly<Record<string, unknown>> = { ...values };
  const ref = (field: string) => String(cells[field] ?? '');
  const inFaculty = (faculty: string | undefined) =>
    faculties === 'every' || (faculty !== undefined && faculties.has(world.refs.faculties?.byRef.get(faculty)?.id ?? ''));
  const ofOwner = (owner: 'groups' | 'courses', id: string) => {
    const item = lookup.item(owner, id);
    if (item !== undefined) return inFaculty(item.values.faculty);
    return faculties === 'every' || faculties.has(lookup.stored(owner, id)?.facultyId ?? '');
  };
  switch (table) {
    case 'departments':
    case 'programmes':
    case 'groups':
    case 'streams':
    case 'courses':
      return inFaculty(ref('faculty'));
    case 'enrolments':
    case 'series':
    case 'lessons':
      return ofOwner('courses', ref('course'));
    case 'people': {
      if (staff) return true;
      const roles = Array.isArray(cells.roles) ? cells.roles : [];
      const groups: unknown[] = Array.isArray(cells.groups) ? cells.groups : [];
      // Whoever is in no group belongs to nobody in particular.
      return roles.length === 1 && roles[0] === 'student' && groups.length > 0 && groups.every((id) => ofOwner('groups', String(id)));
    }
    default:
      return faculties === 'every';
  }
}
