// Who belongs to groups and courses is named by sign-in names, all of which must be known; rooms that are open learn of it at once.
import type { z } from 'zod';
import { type ImportFault, SignInName } from '../contract/identity.ts';
import { type LessonId, PersonId } from '../contract/ids.ts';
import { Refused } from '../contract/reply.ts';
import type { Clock } from '../ports/clock.ts';
import { spanOfOpenRooms } from './door.ts';
import type { MembershipStore } from './membership.store.ts';

type Fault = z.output<typeof ImportFault>;

/** Each person once, whatever the number of times they are named. */
export async function readNames(
  memberships: MembershipStore,
  texts: readonly string[],
  column: string | null,
  elsewhere: ReadonlySet<PersonId> = new Set(),
): Promise<{ ids: PersonId[]; faults: Fault[] }> {
  const lines = texts.map((text) => ({ text, name: SignInName.safeParse(text).data }));
  const known = await memberships.named([...new Set(lines.flatMap(({ name }) => name ?? []))]);
  const ids = new Set<PersonId>();
  const faults: Fault[] = [];
  for (const [index, { text, name }] of lines.entries()) {
    const id = name === undefined ? undefined : known.get(name);
    if (id !== undefined && !elsewhere.has(id)) ids.add(id);
    else faults.push({ line: index + 1, column, code: id === undefined ? 'name-unknown' : 'name-twice', value: text });
  }
  return { ids: [...ids], faults };
}

export function refuseFaults(faults: readonly Fault[]): void {
  if (faults.length > 0) throw new Refused('import-faulty', `${faults.length} faults; nothing was changed`, { faults: [...faults] });
}

/** Lets the rooms that may be open take in their new plan. */
export class OpenRooms {
  readonly #memberships: MembershipStore;
  readonly #planChanged: (lessonId: LessonId, by: PersonId) => Promise<void>;
  readonly #clock: Pick<Clock, 'now'>;

  constructor(options: {
    readonly memberships: MembershipStore;
    readonly planChanged: (lessonId: LessonId, by: PersonId) => Promise<void>;
    readonly clock: Pick<Clock, 'now'>;
  }) {
    this.#memberships = options.memberships;
    this.#planChanged = options.planChanged;
    this.#clock = options.clock;
  }

  async tell(by: { readonly id: string }, of: Parameters<MembershipStore['lessonsOf']>[0]): Promise<void> {
    const { from, to } = spanOfOpenRooms(this.#clock.now());
    const lessons = await this.#memberships.lessonsOf(of, from, to);
    for (const id of lessons) await this.#planChanged(id, PersonId.parse(by.id));
  }
}
