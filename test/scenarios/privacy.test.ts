// One's own data, anonymising and what is removed after its time, told over HTTP to a whole server.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { AuditPage } from '../../server/contract/audit.ts';
import { Me, People, Person, SignedIn } from '../../server/contract/identity.ts';
import { RetentionRules } from '../../server/contract/privacy.ts';
import { Campus } from '../support/accounts.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let campus: Campus;
let admin: string;

beforeAll(async () => {
  campus = await Campus.open();
  admin = await campus.firstAdministrator();
});
afterAll(() => campus.close());

const byName = async (server: Campus, token: string, search: string) =>
  People.parse(await server.json('GET', `/api/people?search=${encodeURIComponent(search)}`, { token })).people;

describe('one’s own data', () => {
  it('P12 holds the account and all else that is kept of the person, no secret, and nothing of others', async () => {
    const person = await campus.add(admin, ['student'], { displayName: 'Айгерім Серікқызы', email: 'aigerim@example.kz' });
    const other = await campus.add(admin, ['student'], { displayName: 'Somebody Else' });
    const { token } = SignedIn.parse(await campus.signIn(person.signInName));
    const response = await campus.call('GET', '/api/me/data', { token });
    expect(response.headers.get('content-disposition')).toContain('my-data.json');
    const text = await response.text();
    const own = z
      .looseObject({ account: z.looseObject({}), sessions: z.array(z.looseObject({})), audit: z.array(z.unknown()) })
      .parse(JSON.parse(text));
    expect(own.account).toMatchObject({ display_name: 'Айгерім Серікқызы', email: 'aigerim@example.kz', has_password: true });
    expect(own.sessions).toHaveLength(1);
    expect(own.audit).toHaveLength(1);
    expect(text).not.toMatch(/argon2|token_hash|password_hash/);
    expect(text).not.toContain(other.id);
    expect(await campus.refusal('GET', '/api/me/data')).toBe('not-signed-in');
  });

  it('P12 tells of the audit log what concerns the person, and neither who else acted from where, nor what others are', async () => {
    const boss = await campus.add(admin, ['administrator'], { displayName: 'The Other Administrator' });
    const { token } = SignedIn.parse(await campus.signIn(boss.signInName));
    const person = await campus.add(token, ['student'], { displayName: 'Somebody’s Secret Name', email: 'secret@example.kz' });
    await campus.json('PATCH', `/api/people/${person.id}`, { token, body: { displayName: 'New Name' }, from: '203.0.113.77' });
    const own = SignedIn.parse(await campus.signIn(person.signInName)).token;
    const ofPerson = await (await campus.call('GET', '/api/me/data', { token: own })).text();
    expect(ofPerson).toContain('Somebody’s Secret Name');
    expect(ofPerson).not.toMatch(/203\.0\.113\.77|The Other Administrator/);
    expect(ofPerson).not.toContain(boss.id);
    const ofBoss = await (await campus.call('GET', '/api/me/data', { token })).text();
    expect(ofBoss).toContain('person.changed');
    expect(ofBoss).toContain('203.0.113.77');
    expect(ofBoss).not.toMatch(/secret@example|Secret Name|New Name/);
  });

  it('P12 says how long what is kept', async () => {
    const { token } = SignedIn.parse(await campus.signIn('admin'));
    expect(RetentionRules.parse(await campus.json('GET', '/api/retention', { token }))).toEqual({
      ...{ accountsDays: 365, attendanceYears: 5, chatDays: null, auditYears: 5 },
    });
  });
});

describe('anonymising', () => {
  it('P13 takes name, address, sign-in and sessions from the account for good', async () => {
    const person = await campus.add(admin, ['student'], { displayName: 'Жанар Омарова', email: 'zhanar@example.kz', externalId: 'S-77' });
    const { token } = SignedIn.parse(await campus.signIn(person.signInName));
    const gone = Person.parse(await campus.json('POST', `/api/people/${person.id}/anonymise`, { token: admin }));
    expect(gone).toMatchObject({ id: person.id, email: null, externalId: null, disabled: true, anonymised: true, roles: ['student'] });
    expect(gone.displayName).toMatch(/^ID-[0-9A-F]{8}$/);
    expect(await campus.refusal('GET', '/api/me', { token })).toBe('not-signed-in');
    await expect(campus.signIn(person.signInName)).rejects.toThrow('wrong-credentials');
    for (const search of ['Жанар', 'zhanar', person.signInName]) expect(await byName(campus, admin, search)).toEqual([]);
    // There is no way back, and the number may be given to someone else.
    expect(await campus.refusal('PATCH', `/api/people/${person.id}`, { token: admin, body: { disabled: false } })).toBe('conflict');
    expect(await campus.refusal('POST', `/api/people/${person.id}/anonymise`, { token: admin })).toBe('conflict');
    await campus.add(admin, ['student'], { externalId: 'S-77' });
  });

  it('P13 is for administrators, and neither for oneself nor the last administrator', async () => {
    const other = await campus.add(admin, ['administrator']);
    const student = await campus.add(admin, ['student']);
    const { token } = SignedIn.parse(await campus.signIn(student.signInName));
    expect(await campus.refusal('POST', `/api/people/${other.id}/anonymise`, { token })).toBe('not-allowed');
    const { id } = Me.parse(await campus.json('GET', '/api/me', { token: admin })).person;
    expect(await campus.refusal('POST', `/api/people/${id}/anonymise`, { token: admin })).toBe('not-allowed');
    expect(await campus.refusal('POST', '/api/people/nobody/anonymise', { token: admin })).toBe('not-found');
    expect(await campus.refusal('POST', `/api/people/${other.id}/anonymise`, { token: admin })).toBeNull();
  });

  it('P14 comes by itself, at night, once an account was disabled for long enough', async () => {
    const settings = { AUDITORIA_RETENTION_ACCOUNTS_DAYS: '30', AUDITORIA_SECOND_FACTOR_REQUIRED_FOR: 'proctor' };
    let server = await Campus.open(settings);
    let token = await server.firstAdministrator();
    const left = await server.add(token, ['student'], { displayName: 'Left Long Ago' });
    await server.add(token, ['student'], { displayName: 'Still Here' });
    await server.json('PATCH', `/api/people/${left.id}`, { token, body: { disabled: true } });
    server = await server.after(29 * DAY, settings);
    token = SignedIn.parse(await server.signIn('admin')).token;
    const late = await server.add(token, ['student'], { displayName: 'Left Late' });
    await server.json('PATCH', `/api/people/${late.id}`, { token, body: { disabled: true } });
    server = await server.after(2 * DAY, settings);
    // The server looks each hour; long after the last time also by day.
    server.clock.advance(HOUR);
    token = SignedIn.parse(await server.signIn('admin')).token;
    await expect.poll(async () => (await byName(server, token, 'Left')).map(({ displayName }) => displayName)).toEqual(['Left Late']);
    expect(await byName(server, token, 'Still Here')).toHaveLength(1);
    await expect
      .poll(async () => AuditPage.parse(await server.json('GET', '/api/audit?act=data.expired', { token })).entries)
      .toMatchObject([{ actor: { kind: 'server' }, after: { accounts: 1 } }]);
    await server.close();
  });
});
