// How long a session lasts, and who it belongs to, with a clock that is moved by hand; on both databases.
import { randomBytes } from 'node:crypto';
import { beforeEach, expect, it } from 'vitest';
import { eachDatabase } from '../../test/contract/databases.ts';
import { FakeClock } from '../../test/support/fake-clock.ts';
import type { Actor } from '../audit/actor.ts';
import { AuditService } from '../audit/audit.service.ts';
import { AuditStore } from '../audit/audit.store.ts';
import type { NewPerson } from '../contract/identity.ts';
import { PersonId } from '../contract/ids.ts';
import { openLog } from '../log.ts';
import { IdentityService } from './identity.service.ts';
import { Passwords } from './passwords.ts';
import { PeopleService } from './people.service.ts';
import { PersonStore } from './person.store.ts';
import type { Seats } from './seats.ts';
import { SecondFactorService } from './second-factor.service.ts';
import { SecondFactorStore } from './second-factor.store.ts';
import { Seal } from './second-factor.ts';
import { SessionStore } from './session.store.ts';
import { SignInLimits } from './sign-in-limits.ts';
import { hashOfToken } from './token-hash.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const aru: NewPerson = {
  signInName: 'aru',
  displayName: 'Ару',
  email: null,
  language: null,
  roles: ['student'],
  password: 'Tau-men-dala',
};
const boss: Actor = {
  kind: 'person',
  id: PersonId.parse('boss'),
  displayName: 'Boss',
  roles: ['administrator'],
  address: '192.0.2.9',
};
const whence = { address: '192.0.2.1', userAgent: 'test' };

eachDatabase((_name, open) => {
  let clock: FakeClock;
  let identity: IdentityService;
  let people: PeopleService;
  let rows: () => Promise<number>;
  let disabled: string[];

  beforeEach(async () => {
    const { db } = await open();
    clock = new FakeClock(1_790_000_000_000);
    const passwords = new Passwords();
    const limits = new SignInLimits();
    const audit = new AuditService({ store: new AuditStore(db), clock });
    const store = new PersonStore(db);
    const rules = { idleHours: 12, maxDays: 30 };
    const log = openLog({ level: 'silent', format: 'json' });
    disabled = [];
    const seats: Seats = {
      disabled: async (id) => void disabled.push(id),
      signedOut: () => Promise.resolve(),
      rightsChanged: () => Promise.resolve(),
    };
    identity = new IdentityService({
      people: store,
      sessions: new SessionStore(db),
      passwords,
      limits,
      secondFactor: new SecondFactorService({
        ...{
          store: new SecondFactorStore(db),
          people: store,
          sessions: new SessionStore(db),
          passwords,
          audit,
          seats,
          clock,
        },
        ...{
          seal: new Seal(randomBytes(32)),
          rules: { requiredFor: [], graceDays: 14 },
          limits: new SignInLimits(),
          passwordLimits: limits,
        },
      }),
      ...{ audit, seats, rules, clock, log },
    });
    people = new PeopleService({
      ...{
        people: store,
        passwords,
        audit,
        seats,
        clock,
        faculties: () => Promise.resolve([]),
      },
    });
    rows = async () => (await db.selectFrom('session').select('token_hash').execute()).length;
  });

  const signIn = async () => {
    const outcome = await identity.signIn({
      name: 'aru',
      password: aru.password,
      ...whence,
    });
    if (outcome.kind !== 'session') throw new Error('A code is asked for');
    return outcome;
  };

  it('a session ends twelve hours after its last use', async () => {
    await people.add(boss, aru);
    // Not on the hour, when expired sessions are swept out anyway.
    clock.advance(HOUR / 2);
    const { token } = await signIn();
    clock.advance(11 * HOUR);
    expect(await identity.personOfToken(token)).toMatchObject({
      signInName: 'aru',
    });
    clock.advance(11 * HOUR);
    expect(await identity.personOfToken(token)).toMatchObject({
      signInName: 'aru',
    });
    clock.advance(12 * HOUR);
    expect(await rows()).toBe(1);
    expect(await identity.personOfToken(token)).toBeNull();
  });

  it('a session ends after thirty days however much it is used', async () => {
    await people.add(boss, aru);
    const { token } = await signIn();
    for (let half = 1; half < 60; half += 1) {
      clock.advance(DAY / 2 - 60_000);
      expect(await identity.personOfToken(token)).not.toBeNull();
    }
    clock.advance(DAY / 2 + 60 * 60_000);
    expect(await identity.personOfToken(token)).toBeNull();
  });

  it('the token is not in the database', async () => {
    await people.add(boss, aru);
    const { token } = await signIn();
    expect(await identity.personOfToken(token)).not.toBeNull();
    for (const other of ['', 'x', `${token}x`, token.toLowerCase(), `a.${token}`]) expect(await identity.personOfToken(other)).toBeNull();
    expect(await rows()).toBe(1);
  });

  it('M12, M13 tells what has become of an account and of one sign-in by it', async () => {
    const { id } = await people.add(boss, aru);
    const [kept, ended] = [(await signIn()).token, (await signIn()).token];
    await identity.signOut(ended);
    expect(await identity.accessOf(id, undefined)).toBe('open');
    expect(await identity.accessOf(id, hashOfToken(kept))).toBe('open');
    expect(await identity.accessOf(id, hashOfToken(ended))).toBe('signed-out');
    expect(await identity.accessOf(PersonId.parse('somebody-else'), hashOfToken(kept))).toBe('disabled');
    clock.advance(12 * HOUR);
    expect(await identity.accessOf(id, hashOfToken(kept))).toBe('signed-out');
    await people.change(boss, id, { disabled: true });
    expect(await identity.accessOf(id, hashOfToken(kept))).toBe('disabled');
    expect(await identity.accessOf(id, undefined)).toBe('disabled');
  });

  it('a person who is disabled is a stranger at once, and comes back only by signing in', async () => {
    const { id } = await people.add(boss, aru);
    const { token } = await signIn();
    await people.change(boss, id, { displayName: 'Ару Б.' });
    expect(disabled).toEqual([]);
    await people.change(boss, id, { disabled: true });
    expect(disabled).toEqual([id]);
    expect(await identity.personOfToken(token)).toBeNull();
    await expect(signIn()).rejects.toMatchObject({ code: 'wrong-credentials' });
    await people.change(boss, id, { disabled: false });
    expect(await identity.personOfToken(token)).toBeNull();
    expect((await signIn()).person.id).toBe(id);
  });
});
