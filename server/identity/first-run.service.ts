// The first start on an empty database: a one-time code from the console lets its holder make the first administrator, or the demo university.
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { z } from 'zod';
import { actorOf } from '../audit/actor.ts';
import type { Audit } from '../audit/audit.service.ts';
import type { FirstRun, FirstRunDone, NewPerson, Person } from '../contract/identity.ts';
import { Refused } from '../contract/reply.ts';
import type { IdentityService, Whence } from './identity.service.ts';
import type { PeopleService } from './people.service.ts';
import type { PersonStore } from './person.store.ts';

type Done = z.output<typeof FirstRunDone>;

interface Parts {
  readonly store: PersonStore;
  readonly identity: IdentityService;
  readonly people: PeopleService;
  readonly audit: Audit;
  /** Fills the empty database. All or nothing. */
  readonly fillDemo: () => Promise<{ readonly credentials: Done['credentials'] }>;
  /** Throws when an address tried too often. */
  readonly tries: { take(address: string): Promise<void> };
}

const CODE_BYTES = 16;
const DEMO_PERSON = 'teacher';

export class FirstRunService {
  readonly #parts: Parts;
  /** Null: not needed, or used. */
  #code: string | null = null;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** The code to print, or null when there are people already. */
  async begin(): Promise<string | null> {
    this.#code = (await this.#parts.store.isEmpty()) ? randomBytes(CODE_BYTES).toString('base64url') : null;
    return this.#code;
  }

  /** False too when someone filled the database past this server, as the demo command does. */
  async isNeeded(): Promise<boolean> {
    if (this.#code !== null && !(await this.#parts.store.isEmpty())) this.#code = null;
    return this.#code !== null;
  }

  async run(wish: z.output<typeof FirstRun>, whence: Whence): Promise<Done> {
    await this.#parts.tries.take(whence.address);
    const code = this.#code;
    if (code === null) throw new Refused('already-set-up', 'This server has its people already');
    if (!isSame(code, wish.code)) throw new Refused('link-invalid', 'This is not the code that the server printed');
    // Void before the first await: of two who come at once, one is too late.
    this.#code = null;
    try {
      const { person, credentials } = wish.choice === 'demo' ? await this.#makeDemo() : await this.#makeAdministrator(wish.person);
      const token = await this.#parts.identity.beginSession(person, whence);
      const actor = actorOf(person, whence.address);
      await this.#parts.audit.record(actor, {
        act: 'first-run.done',
        subject: { kind: 'person', id: person.id, name: person.displayName },
        after: { choice: wish.choice },
      });
      return { person, credentials, token };
    } catch (error) {
      // A weak password or a full disk must not lock the owner out until a restart.
      if (await this.#parts.store.isEmpty()) this.#code = code;
      throw error;
    }
  }

  async #makeAdministrator(wanted: Omit<NewPerson, 'roles'>): Promise<Pick<Done, 'person' | 'credentials'>> {
    const { store, people } = this.#parts;
    const row = await people.newRow({ ...wanted, roles: ['administrator'] });
    const person = await store.alone(async (stores) => {
      if (!(await stores.people.isEmpty())) throw new Refused('already-set-up', 'This server has its people already');
      await stores.people.add([row]);
      return stores.people.byId(row.id);
    });
    return { person: found(person), credentials: [] };
  }

  async #makeDemo(): Promise<Pick<Done, 'person' | 'credentials'>> {
    const { credentials } = await this.#parts.fillDemo();
    const known = await this.#parts.store.withPassword(DEMO_PERSON);
    return { person: found(known?.person ?? null), credentials };
  }
}

function found(person: Person | null): Person {
  if (!person) throw new Error('The person who was just made is not there');
  return person;
}

function isSame(one: string, other: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}
