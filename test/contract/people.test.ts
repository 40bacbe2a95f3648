// Accounts on each database: of two who want the same at once one gets it, and what was taken away for good does not come back.
import { expect, it } from 'vitest';
import type { Actor } from '../../server/audit/actor.ts';
import { AuditService } from '../../server/audit/audit.service.ts';
import { AuditStore } from '../../server/audit/audit.store.ts';
import type { NewPerson } from '../../server/contract/identity.ts';
import { PersonId } from '../../server/contract/ids.ts';
import { Refused } from '../../server/contract/reply.ts';
import { Passwords } from '../../server/identity/passwords.ts';
import { PeopleService } from '../../server/identity/people.service.ts';
import { lockedPeople, PersonStore } from '../../server/identity/person.store.ts';
import { SeatsElsewhere } from '../../server/identity/seats.ts';
import { openLog } from '../../server/log.ts';
import { PrivacyService } from '../../server/privacy/privacy.service.ts';
import { PrivacyStore } from '../../server/privacy/privacy.store.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { eachDatabase } from './databases.ts';

const actor: Actor = { kind: 'person', id: PersonId.parse('chief'), displayName: 'Chief', roles: ['administrator'], address: '192.0.2.1' };
const wanted = (signInName: string, more: Partial<NewPerson> = {}): NewPerson => ({
  ...{ signInName, displayName: `Name of ${signInName}`, email: null, language: null, roles: ['student'], password: 'Tau-men-dala 7' },
  ...more,
});

/** `ok`, or the code of the refusal; anything else is a fault. */
const told = (done: Promise<unknown>) =>
  done.then(
    () => 'ok',
    (error: unknown) => {
      if (error instanceof Refused) return error.code;
      throw error;
    },
  );

eachDatabase((_name, open) => {
  async function begin() {
    const { db } = await open();
    const clock = new FakeClock(1_790_000_000_000);
    const audit = new AuditService({ store: new AuditStore(db), clock });
    const store = new PersonStore(db);
    const people = new PeopleService({
      ...{ people: store, passwords: new Passwords(), audit, clock },
      ...{ faculties: () => Promise.resolve([]), seats: new SeatsElsewhere() },
    });
    const privacy = new PrivacyService({
      ...{
        store: new PrivacyStore(db, lockedPeople),
        quality: { removeBefore: () => Promise.resolve(0) },
        accounts: store,
        audit,
        clock,
        timeZone: 'Asia/Almaty',
      },
      ...{ gone: () => Promise.resolve(), checkComplete: () => undefined, log: openLog({ level: 'silent', format: 'json' }) },
      rules: {
        accountsDays: null,
        attendanceYears: null,
        chatDays: null,
        auditYears: null,
        chatTexts: 'keep',
        connectionReportDays: 30,
        qualityDays: 30,
      },
    });
    return { db, people, privacy, store };
  }

  it('of many who are added at once with the same id elsewhere, or the same name, one is', async () => {
    const { people } = await begin();
    const ids = await Promise.all([1, 2, 3, 4].map((number) => told(people.add(actor, wanted(`person${number}`, { externalId: 'S-1' })))));
    expect(ids.toSorted()).toEqual(['external-id-taken', 'external-id-taken', 'external-id-taken', 'ok']);
    const names = await Promise.all([1, 2, 3].map((number) => told(people.add(actor, wanted('same', { externalId: `N-${number}` })))));
    expect(names.toSorted()).toEqual(['name-taken', 'name-taken', 'ok']);
  });

  it('of one who is added and others who are changed to the same id elsewhere at once, one has it', async () => {
    const { people } = await begin();
    for (let round = 0; round < 5; round += 1) {
      const others = await Promise.all(['a', 'b'].map((name) => people.add(actor, wanted(`${name}-of-${round}`))));
      const answers = await Promise.all([
        told(people.add(actor, wanted(`new-${round}`, { externalId: `S-${round}` }))),
        ...others.map(({ id }) => told(people.change(actor, id, { externalId: `S-${round}` }))),
      ]);
      expect(answers.toSorted()).toEqual(['external-id-taken', 'external-id-taken', 'ok']);
    }
  });

  it('I6 whom an import has disabled can be enabled by it again, also when something else was changed meanwhile', async () => {
    const { db, people } = await begin();
    const { id } = await people.add(actor, wanted('gone'));
    const stateOf = async () => (await db.selectFrom('person').select('disabled').where('id', '=', id).executeTakeFirstOrThrow()).disabled;
    await db.updateTable('person').set({ disabled: 2 }).where('id', '=', id).execute();
    await people.change(actor, id, { email: 'new@example.kz' });
    expect(await stateOf()).toBe(2);
    await people.change(actor, id, { disabled: false });
    expect(await stateOf()).toBe(0);
    await people.change(actor, id, { disabled: true });
    expect(await stateOf()).toBe(1);
  });

  it('P13 two administrators who take each other’s name away at once leave one', async () => {
    const { people, privacy, store } = await begin();
    for (let round = 0; round < 5; round += 1) {
      const [one, other] = await Promise.all(
        ['x', 'y'].map((name) => people.add(actor, wanted(`${name}-${round}`, { roles: ['administrator'] }))),
      );
      if (!one || !other) throw new Error('Nobody was added');
      const answers = await Promise.all([
        told(privacy.anonymise(one.id, { ...actor, id: other.id })),
        told(privacy.anonymise(other.id, { ...actor, id: one.id })),
      ]);
      expect(answers.toSorted()).toEqual(['conflict', 'ok']);
      const left = (await store.byId(one.id))?.anonymised ? other : one;
      await store.update({ ...left, roles: ['student'] }, 1);
    }
  });

  it('P13 a change at the same moment does not bring the name back', async () => {
    const { people, privacy, store } = await begin();
    for (let round = 0; round < 5; round += 1) {
      const { id } = await people.add(actor, wanted(`gone-${round}`));
      await Promise.all([told(people.change(actor, id, { email: 'back@example.kz' })), told(privacy.anonymise(id, actor))]);
      expect(await store.byId(id)).toMatchObject({ anonymised: true, email: null, disabled: true });
    }
  });
});
