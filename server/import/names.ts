// Whether each new account gets a sign-in name that nobody else has.
import type { Faults } from './faults.ts';
import type { Plan } from './plan.ts';
import { signInNameOf } from './rows.ts';
import type { World } from './world.ts';

export function checkNames(plan: Plan, world: World, faults: Faults): void {
  const { people } = plan;
  if (people === undefined) return;
  const taken = new Set(world.signInNames.keys());
  for (const { id, line, values } of people.items) {
    if (world.rows.people?.has(id) === true) continue;
    const name = signInNameOf(values);
    if (taken.has(name))
      faults.add({ sheet: people.sheet, line }, people.heads.get('signInName') ?? people.heads.get('id') ?? null, 'name-taken', name);
    taken.add(name);
  }
}
