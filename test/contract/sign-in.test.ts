// Identities, attempts and assertions on each database: what happens once happens once, however many ask.
import { describe, expect, it } from 'vitest';
import { AuditService } from '../../server/audit/audit.service.ts';
import { AuditStore } from '../../server/audit/audit.store.ts';
import type { Person } from '../../server/contract/identity.ts';
import { PersonId } from '../../server/contract/ids.ts';
import { RateLimit } from '../../server/edge/limits.ts';
import { type AccountRules, Accounts } from '../../server/identity/providers/accounts.ts';
import { type Begun, ProvidersService } from '../../server/identity/providers/providers.service.ts';
import { ProvidersStore } from '../../server/identity/providers/providers.store.ts';
import { SeatsElsewhere } from '../../server/identity/seats.ts';
import { openLog } from '../../server/log.ts';
import type { SignInPort } from '../../server/ports/sign-in-provider.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { eachDatabase } from './databases.ts';

const now = Date.parse('2026-09-01T08:00:00Z');
const rules: AccountRules = {
  ...{ id: 'uni', createAccounts: true, updateFromClaims: true, roles: [{ is: 'staff', role: 'teacher' }], newAccountRoles: ['student'] },
  claims: { name: 'name', email: 'mail', externalId: 'number', groups: 'groups', language: 'locale', signInName: 'uid' },
};
const address = '192.0.2.1';

eachDatabase((_name, open) => {
  async function begin() {
    const { db } = await open();
    const clock = new FakeClock(now);
    const store = new ProvidersStore(db);
    const log = openLog({ level: 'silent', format: 'json' });
    const audit = new AuditService({ store: new AuditStore(db), clock });
    const accounts = new Accounts({ store, audit, seats: new SeatsElsewhere(), clock, log });
    const addPerson = (id: string, externalId: string | null) =>
      db
        .insertInto('person')
        .values({
          ...{ id, sign_in_name: id, display_name: id, sort_key: id, search_text: id, email: 'same@example.kz', language: null },
          ...{ roles: '["student"]', password_hash: null, disabled: 0, created_at: now, external_id: externalId },
        })
        .execute();
    return { db, clock, store, accounts, addPerson };
  }
  const attempt = {
    idHash: 'a',
    browserHash: 'b',
    provider: 'uni',
    expiresAt: now + 1000,
    next: '/',
    memory: { nonce: 'n' },
    answer: null,
  };

  describe('S15 an address', () => {
    const shown = { id: 'uni', kind: 'oidc', label: { kk: 'U', ru: 'U', en: 'U' } } as const;
    const whence = { address, userAgent: '' };
    const wish = { next: '/', origin: 'https://class.example.edu', redirectUri: 'https://class.example.edu/back' };

    async function providersOf(most: number) {
      const { store, accounts, clock } = await begin();
      const log = openLog({ level: 'silent', format: 'json' });
      const port: SignInPort = {
        kind: 'oidc',
        begin: () => Promise.resolve({ url: 'https://there.example.edu', memory: {} }),
        verify: (_url, id) => Promise.resolve({ subject: id, claims: {} }),
      };
      const tries = new RateLimit(most, 900);
      const providers = new ProvidersService({ providers: [{ shown, rules, port }], store, accounts, tries, clock, log });
      const identity = {
        finishSignIn: (person: Person) => Promise.resolve({ kind: 'session' as const, token: 't', person }),
      };
      const finish = ({ attemptId, browserKey }: Begun) =>
        providers.callback('uni', new URL(`https://class.example.edu/back?state=${attemptId}`), browserKey, identity, whence);
      return { providers, start: () => providers.begin('uni', wish, address), finish };
    }

    it('lets in one after the other, however many have come in from it', async () => {
      const { providers, start, finish } = await providersOf(3);
      for (let time = 0; time < 10; time += 1) expect((await finish(await start())).end).toMatchObject({ kind: 'session' });
      providers.close();
    });

    it('is refused when too much was begun there and came to no good end', async () => {
      const { providers, start, finish } = await providersOf(3);
      const begun = [await start(), await start(), await start()];
      await expect(start()).rejects.toMatchObject({ code: 'too-many-requests' });
      const [first] = begun;
      if (first === undefined) throw new Error('Nothing was begun');
      expect((await finish({ ...first, browserKey: 'of-another-browser' })).end).toMatchObject({ code: 'sign-in-expired' });
      await expect(start()).rejects.toMatchObject({ code: 'too-many-requests' });
      await finish(first);
      await start();
      providers.close();
    });
  });

  describe('an attempt', () => {
    it('S4 is taken by one of those who come at once', async () => {
      const { store } = await begin();
      await store.addAttempt(attempt);
      const taken = await Promise.all([1, 2, 3, 4].map(() => store.takeAttempt('a')));
      expect(taken.filter(Boolean)).toHaveLength(1);
      expect(await store.attempt('a')).toBeNull();
    });

    it('S6 is answered once', async () => {
      const { store } = await begin();
      await store.addAttempt(attempt);
      const answer = { subject: 's', claims: { name: ['Әсел'] } };
      const answered = await Promise.all([1, 2, 3].map(() => store.answerAttempt('a', answer)));
      expect(answered.filter(Boolean)).toHaveLength(1);
      expect(await store.attempt('a')).toEqual({ ...attempt, answer });
      expect(await store.answerAttempt('unknown', answer)).toBe(false);
    });

    it('is forgotten when its time is over, as is an assertion', async () => {
      const { store } = await begin();
      await store.addAttempt(attempt);
      await store.spendAssertion('uni', 'x', now + 1000);
      await store.removeExpired(now + 999);
      expect(await store.attempt('a')).not.toBeNull();
      await store.removeExpired(now + 1000);
      expect(await store.attempt('a')).toBeNull();
      expect(await store.spendAssertion('uni', 'x', now + 5000)).toBe(true);
    });
  });

  it('S6 an assertion is spent once for its provider', async () => {
    const { store } = await begin();
    const spent = await Promise.all([1, 2, 3].map(() => store.spendAssertion('uni', 'x', now + 1000)));
    expect(spent.filter(Boolean)).toHaveLength(1);
    expect(await store.spendAssertion('other', 'x', now + 1000)).toBe(true);
  });

  describe('an account', () => {
    it('S8 is made once for a person who comes with several browsers at once', async () => {
      const { db, accounts } = await begin();
      const vouched = { subject: 's', claims: { name: ['Әсел'], uid: ['asel'], groups: ['staff'] } };
      const people = await Promise.all([1, 2, 3].map(() => accounts.personFor(rules, vouched, address)));
      expect(new Set(people.map(({ id }) => id)).size).toBe(1);
      expect(people[0]).toMatchObject({ signInName: 'asel', roles: ['student', 'teacher'] });
      expect(await db.selectFrom('audit_entry').select('act').execute()).toEqual([{ act: 'sign-in.account-made' }]);
    });

    it('S9 is not joined by a name or an address that someone else has', async () => {
      const { accounts, addPerson } = await begin();
      await addPerson('asel', null);
      const vouched = { subject: 's', claims: { name: ['asel'], uid: ['asel'], mail: ['same@example.kz'] } };
      const person = await accounts.personFor(rules, vouched, address);
      expect(person).toMatchObject({ signInName: 'asel-2', email: 'same@example.kz' });
      await expect(accounts.personFor({ ...rules, id: 'other', createAccounts: false }, vouched, address)).rejects.toMatchObject({
        code: 'account-unknown',
      });
    });

    it('S9 is joined by its number, and then by no second person of the same provider', async () => {
      const { accounts, addPerson } = await begin();
      await addPerson('imported', '1001');
      const vouched = { subject: 'one', claims: { number: ['1001'], name: ['Новое имя'] } };
      expect(await accounts.personFor(rules, vouched, address)).toMatchObject({ id: 'imported', displayName: 'Новое имя' });
      await expect(accounts.personFor(rules, { ...vouched, subject: 'two' }, address)).rejects.toMatchObject({ code: 'account-unknown' });
      expect((await accounts.personFor({ ...rules, id: 'other' }, { ...vouched, subject: 'two' }, address)).id).toBe('imported');
    });

    it('S10 changes only when the provider says something else, and the log says what', async () => {
      const { db, accounts } = await begin();
      const vouched = { subject: 's', claims: { name: ['Әсел'], uid: ['asel'], groups: ['staff'] } };
      await accounts.personFor(rules, vouched, address);
      await accounts.personFor(rules, vouched, address);
      await accounts.personFor(rules, { ...vouched, claims: { ...vouched.claims, groups: [] } }, address);
      const acts = await db.selectFrom('audit_entry').select(['act', 'after']).orderBy('seq').execute();
      expect(acts.map(({ act }) => act)).toEqual(['sign-in.account-made', 'person.changed']);
      expect(JSON.parse(acts[1]?.after ?? '')).toEqual({ roles: ['student'] });
    });

    it('S10 that is left without any role lets nobody in', async () => {
      const { accounts, store } = await begin();
      const bare = { ...rules, newAccountRoles: [] };
      const vouched = { subject: 's', claims: { uid: ['asel'], groups: ['staff'] } };
      const { id } = await accounts.personFor(bare, vouched, address);
      const left = { ...vouched, claims: { uid: ['asel'] } };
      await expect(accounts.personFor(bare, left, address)).rejects.toMatchObject({ code: 'account-unknown' });
      expect(await store.personOf('uni', 's')).toBe(id);
    });

    it('S11 that is disabled is neither joined nor let in', async () => {
      const { db, accounts, addPerson, store } = await begin();
      await addPerson('gone', '1002');
      await db.updateTable('person').set({ disabled: 1 }).execute();
      const vouched = { subject: 's', claims: { number: ['1002'] } };
      await expect(accounts.personFor(rules, vouched, address)).rejects.toMatchObject({ code: 'account-disabled' });
      expect(await store.personOf('uni', 's')).toBeNull();
      await store.link({ provider: 'uni', subject: 's', personId: PersonId.parse('gone'), now });
      await expect(accounts.personFor(rules, vouched, address)).rejects.toMatchObject({ code: 'account-disabled' });
    });
  });
});
