// The tables of persons and sessions, on both databases.
import { randomUUID } from 'node:crypto';
import { beforeAll, expect, it } from 'vitest';
import { eachDatabase } from '../../test/contract/databases.ts';
import { PersonId } from '../contract/ids.ts';
import { type NewRow, PersonStore } from './person.store.ts';
import { SessionStore } from './session.store.ts';

function row(signInName: string, changes: Partial<NewRow> = {}): NewRow {
  return {
    id: PersonId.parse(randomUUID()),
    signInName,
    displayName: signInName,
    email: null,
    language: null,
    roles: ['student'],
    passwordHash: null,
    createdAt: 1,
    ...changes,
  };
}

eachDatabase((_name, open) => {
  let people: PersonStore;
  let sessions: SessionStore;
  beforeAll(async () => {
    const { db } = await open();
    people = new PersonStore(db);
    sessions = new SessionStore(db);
  });

  it('gives back a person as it was kept', async () => {
    expect(await people.isEmpty()).toBe(true);
    const kept = row('kept', { displayName: 'Ғалым', email: 'g@x.kz', language: 'ru', roles: ['teacher', 'observer'], passwordHash: 'h' });
    expect(await people.add([kept])).toBe(true);
    expect(await people.isEmpty()).toBe(false);
    const { passwordHash, createdAt: _at, ...person } = kept;
    const plain = { roleFaculties: {}, externalId: null, secondFactor: 'off' };
    expect(await people.withPassword('kept')).toEqual({ person: { ...person, ...plain, disabled: false }, passwordHash });
    await people.update({ ...person, displayName: 'Әлем', disabled: true }, 5);
    expect(await people.byId(kept.id)).toEqual({ ...person, ...plain, displayName: 'Әлем', disabled: true });
    expect(await people.passwordHash(kept.id)).toBe('h');
    expect((await people.search({ search: 'алем', role: null, after: null, limit: 9 })).people).toHaveLength(1);
  });

  it('keeps each sign-in name once, and says when some were taken', async () => {
    await people.add([row('once')]);
    expect(await people.add([row('once'), row('fresh')])).toBe(false);
    expect(await people.taken(['once', 'nobody'])).toEqual(new Set(['once']));
  });

  it('undoes all of a change that fails in the middle', async () => {
    const failing = people.alone(async (stores) => {
      await stores.people.add([row('half-done')]);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await people.withPassword('half-done')).toBeNull();
  });

  it('runs changes that look at several persons one after the other', async () => {
    const [one, two] = [row('boss1', { roles: ['administrator'] }), row('boss2', { roles: ['administrator'] })];
    await people.add([one, two]);
    const resign = (who: NewRow) =>
      people.alone(async (stores) => {
        if ((await stores.people.administratorsBeside(who.id)) === 0) return false;
        await stores.people.update(
          {
            id: who.id,
            signInName: who.signInName,
            displayName: 'x',
            email: null,
            language: null,
            roles: ['student'],
            disabled: false,
          },
          5,
        );
        return true;
      });
    expect((await Promise.all([resign(one), resign(two)])).sort()).toEqual([false, true]);
  });

  it('pages through names in the Kazakh order without losing or repeating anyone', async () => {
    const names = ['Ө1', 'О1', 'Ә1', 'А1', 'А1', 'Қ1', 'К1'];
    await people.add(names.map((displayName, index) => row(`page${index}`, { displayName, roles: ['proctor'] })));
    const seen: string[] = [];
    let after: { sortKey: string; id: string } | null = null;
    do {
      const page: Awaited<ReturnType<PersonStore['search']>> = await people.search({ search: '', role: 'proctor', after, limit: 2 });
      seen.push(...page.people.map((person) => person.displayName));
      after = page.next;
    } while (after);
    expect(seen).toEqual(['А1', 'А1', 'Ә1', 'К1', 'Қ1', 'О1', 'Ө1']);
  });

  it('ends sessions: one, all but one, and those that have expired', async () => {
    const owner = row('owner');
    await people.add([owner]);
    const add = (tokenHash: string, expiresAt: number) =>
      sessions.add({ tokenHash, personId: owner.id, createdAt: 5, expiresAt, userAgent: '', address: '' });
    await add('a', 100);
    await add('b', 100);
    await add('c', 10);
    await sessions.renew('a', 50, 150);
    expect(await sessions.find('a')).toMatchObject({ person: { signInName: 'owner' }, createdAt: 5, lastSeenAt: 50, expiresAt: 150 });
    await sessions.endExpired(10);
    expect(await sessions.find('c')).toBeNull();
    await sessions.endAllOf(owner.id, 'a');
    expect(await sessions.find('b')).toBeNull();
    await sessions.end('a');
    expect(await sessions.find('a')).toBeNull();
  });
});
