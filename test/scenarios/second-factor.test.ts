// The second factor, told over HTTP to a whole server whose clock is moved by hand.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Me, Person, SignedIn } from '../../server/contract/identity.ts';
import { OwnSessions, RecoveryCodes, SecondFactorAsked, SecondFactorSecret, SecondFactorState } from '../../server/contract/privacy.ts';
import { Campus, codeAt, PASSWORD } from '../support/accounts.ts';

const STEP = 30_000;
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

interface Enrolled {
  readonly person: Person;
  readonly secret: string;
  readonly codes: readonly string[];
  readonly token: string;
}

let campus: Campus;
let admin: string;
let addresses = 0;

beforeAll(async () => {
  campus = await Campus.open();
  admin = await campus.firstAdministrator();
});
afterAll(() => campus.close());

/** Each test its own, so that wrong codes of one do not count in another. */
function address(): string {
  addresses += 1;
  return `203.0.113.${addresses}`;
}

async function enrol(token: string, server = campus): Promise<{ secret: string; codes: string[] }> {
  const { secret } = SecondFactorSecret.parse(await server.json('POST', '/api/me/second-factor/secret', { token, body: {} }));
  const code = codeAt(secret, server.clock.now());
  const { recoveryCodes } = RecoveryCodes.parse(await server.json('PUT', '/api/me/second-factor', { token, body: { code } }));
  server.clock.advance(STEP);
  return { secret, codes: recoveryCodes };
}

async function enrolled(): Promise<Enrolled> {
  const person = await campus.add(admin, ['teacher']);
  const { token } = SignedIn.parse(await campus.signIn(person.signInName));
  return { person, token, ...(await enrol(token)) };
}

async function challenged(name: string): Promise<string> {
  return SecondFactorAsked.parse(await campus.signIn(name, address())).challenge;
}

const second = (body: object, from = address()) => ['POST', '/api/session/second-factor', { body, from }] as const;

describe('the second step of signing in', () => {
  it('P1 a right password alone gives no session, and the code gives one', async () => {
    const { person, secret } = await enrolled();
    const response = await campus.call('POST', '/api/session', { body: { name: person.signInName, password: PASSWORD } });
    expect(response.headers.get('set-cookie')).toMatch(
      /^auditoria_challenge=[\w-]{43}; Path=\/api\/session; Expires=.*; HttpOnly; SameSite=Lax$/,
    );
    const asked: unknown = await response.json();
    expect(asked).not.toHaveProperty('token');
    const { challenge } = SecondFactorAsked.parse(asked);
    expect(await campus.refusal('GET', '/api/me', { token: challenge })).toBe('not-signed-in');
    const { token } = SignedIn.parse(await campus.json(...second({ challenge, code: codeAt(secret, campus.clock.now()) })));
    expect(Me.parse(await campus.json('GET', '/api/me', { token })).person).toMatchObject({ id: person.id, secondFactor: 'on' });
  });

  it('P1 the cookie of the challenge does as well as its text', async () => {
    const { person, secret } = await enrolled();
    const challenge = await challenged(person.signInName);
    const code = codeAt(secret, campus.clock.now());
    const answer = await campus.json('POST', '/api/session/second-factor', { body: { code }, cookie: `auditoria_challenge=${challenge}` });
    expect(SignedIn.parse(answer).person.id).toBe(person.id);
  });

  it('P2 a challenge lasts five minutes and serves once; without one a code is worth nothing', async () => {
    const { person, secret } = await enrolled();
    const code = () => codeAt(secret, campus.clock.now());
    const late = await challenged(person.signInName);
    campus.clock.advance(5 * MINUTE);
    expect(await campus.refusal(...second({ challenge: late, code: code() }))).toBe('challenge-expired');
    const once = await challenged(person.signInName);
    expect(await campus.refusal(...second({ challenge: once, code: code() }))).toBeNull();
    campus.clock.advance(STEP);
    expect(await campus.refusal(...second({ challenge: once, code: code() }))).toBe('challenge-expired');
    expect(await campus.refusal(...second({ code: code() }))).toBe('challenge-expired');
    expect(await campus.refusal(...second({ challenge: 'A'.repeat(43), code: code() }))).toBe('challenge-expired');
  });

  it('P4 a code is good in its step, the one before and the one after, and only once', async () => {
    const { person, secret } = await enrolled();
    const now = campus.clock.now();
    const far = await challenged(person.signInName);
    expect(await campus.refusal(...second({ challenge: far, code: codeAt(secret, now + 2 * STEP) }))).toBe('code-wrong');
    expect(await campus.refusal(...second({ challenge: far, code: codeAt(secret, now - 2 * STEP) }))).toBe('code-wrong');
    expect(await campus.refusal(...second({ challenge: far, code: codeAt(secret, now) }))).toBeNull();
    const again = await challenged(person.signInName);
    expect(await campus.refusal(...second({ challenge: again, code: codeAt(secret, now) }))).toBe('code-wrong');
    expect(await campus.refusal(...second({ challenge: again, code: codeAt(secret, now - STEP) }))).toBe('code-wrong');
    expect(await campus.refusal(...second({ challenge: again, code: codeAt(secret, now + STEP) }))).toBeNull();
  });

  it('P4 of two who show the same code at once, one comes in', async () => {
    const { person, secret } = await enrolled();
    const [one, two] = [await challenged(person.signInName), await challenged(person.signInName)];
    const code = codeAt(secret, campus.clock.now());
    const answers = await Promise.all([
      campus.refusal(...second({ challenge: one, code })),
      campus.refusal(...second({ challenge: two, code })),
    ]);
    expect(answers.toSorted()).toEqual(['code-wrong', null].toSorted());
  });

  it('P1 the code of another person is wrong', async () => {
    const [one, other] = [await enrolled(), await enrolled()];
    const challenge = await challenged(one.person.signInName);
    expect(await campus.refusal(...second({ challenge, code: codeAt(other.secret, campus.clock.now()) }))).toBe('code-wrong');
    expect(await campus.refusal(...second({ challenge, code: other.codes[0] }))).toBe('code-wrong');
  });

  it('P4 a recovery code works once, however it is typed', async () => {
    const { person, codes, token } = await enrolled();
    expect(codes).toHaveLength(10);
    expect(new Set(codes).size).toBe(10);
    const typed = ` ${codes[0]?.toUpperCase().replace('-', ' ')} `;
    expect(await campus.refusal(...second({ challenge: await challenged(person.signInName), code: typed }))).toBeNull();
    expect(await campus.refusal(...second({ challenge: await challenged(person.signInName), code: typed }))).toBe('code-wrong');
    expect(SecondFactorState.parse(await campus.json('GET', '/api/me/second-factor', { token })).recoveryCodesLeft).toBe(9);
  });

  it('P5 guessing is stopped, also with new challenges and from other addresses', async () => {
    const { person, secret } = await enrolled();
    const from = address();
    const tries = [];
    for (let guess = 0; guess < 6; guess += 1)
      tries.push(await campus.refusal(...second({ challenge: await challenged(person.signInName), code: `00000${guess}` }, from)));
    expect(tries.slice(0, 5)).toEqual(Array(5).fill('code-wrong'));
    expect(tries[5]).toBe('too-many-requests');
    const challenge = await challenged(person.signInName);
    const elsewhere = [];
    for (let guess = 0; guess < 11; guess += 1) elsewhere.push(await campus.refusal(...second({ challenge, code: '000000' })));
    expect(elsewhere.at(-1)).toBe('too-many-requests');
    expect(await campus.refusal(...second({ challenge, code: codeAt(secret, campus.clock.now()) }))).toBe('too-many-requests');
  });

  it('P2 a challenge of the password from before is void with the new password, and when one signs out everywhere', async () => {
    const { person, secret, token } = await enrolled();
    const begun = await challenged(person.signInName);
    await campus.json('DELETE', '/api/sessions', { token });
    expect(await campus.refusal(...second({ challenge: begun, code: codeAt(secret, campus.clock.now()) }))).toBe('challenge-expired');
    const known = await challenged(person.signInName);
    await campus.json('PATCH', `/api/people/${person.id}`, { token: admin, body: { password: 'Kok-tobe-zhol 9' } });
    expect(await campus.refusal(...second({ challenge: known, code: codeAt(secret, campus.clock.now()) }))).toBe('challenge-expired');
  });

  it('P1 who is disabled between the steps does not come in', async () => {
    const { person, secret } = await enrolled();
    const challenge = await challenged(person.signInName);
    await campus.json('PATCH', `/api/people/${person.id}`, { token: admin, body: { disabled: true } });
    expect(await campus.refusal(...second({ challenge, code: codeAt(secret, campus.clock.now()) }))).toBe('challenge-expired');
  });
});

describe('setting it up, renewing and removing', () => {
  it('P3 counts once a code has shown that the secret arrived, and ends the other sessions', async () => {
    const person = await campus.add(admin, ['teacher']);
    const elsewhere = SignedIn.parse(await campus.signIn(person.signInName)).token;
    const { token } = SignedIn.parse(await campus.signIn(person.signInName));
    const answer = SecondFactorSecret.parse(await campus.json('POST', '/api/me/second-factor/secret', { token, body: {} }));
    expect(answer.uri).toMatch(/^otpauth:\/\/totp\/Auditoria:person\d+\?/);
    expect(await campus.refusal('PUT', '/api/me/second-factor', { token, body: { code: '000000' } })).toBe('code-wrong');
    expect(await campus.signIn(person.signInName)).toHaveProperty('token');
    await campus.json('PUT', '/api/me/second-factor', { token, body: { code: codeAt(answer.secret, campus.clock.now()) } });
    expect(await campus.refusal('GET', '/api/me', { token: elsewhere })).toBe('not-signed-in');
    expect(await campus.refusal('GET', '/api/me', { token })).toBeNull();
    // The code that confirmed is spent.
    const challenge = await challenged(person.signInName);
    expect(await campus.refusal(...second({ challenge, code: codeAt(answer.secret, campus.clock.now()) }))).toBe('code-wrong');
  });

  it('P3 renewing and removing need the password or a code', async () => {
    const { token, secret, person } = await enrolled();
    const begin = (body: object) => campus.refusal('POST', '/api/me/second-factor/secret', { token, body });
    expect(await begin({})).toBe('wrong-credentials');
    expect(await begin({ proof: { password: 'not the password' } })).toBe('wrong-credentials');
    expect(await begin({ proof: { password: PASSWORD } })).toBeNull();
    // The old one counts until the new one is confirmed.
    expect(
      await campus.refusal(...second({ challenge: await challenged(person.signInName), code: codeAt(secret, campus.clock.now()) })),
    ).toBeNull();
    const remove = (proof: object) => campus.refusal('POST', '/api/me/second-factor/removal', { token, body: { proof } });
    expect(await remove({ code: '000000' })).toBe('code-wrong');
    campus.clock.advance(STEP);
    expect(await remove({ code: codeAt(secret, campus.clock.now()) })).toBeNull();
    expect(await campus.signIn(person.signInName)).toHaveProperty('token');
  });

  it('P3 new recovery codes put the old ones out of use', async () => {
    const { token, person, codes } = await enrolled();
    const renewed = await campus.json('POST', '/api/me/second-factor/recovery-codes', { token, body: { proof: { password: PASSWORD } } });
    const { recoveryCodes } = RecoveryCodes.parse(renewed);
    const challenge = await challenged(person.signInName);
    expect(await campus.refusal(...second({ challenge, code: codes[1] }))).toBe('code-wrong');
    expect(await campus.refusal(...second({ challenge, code: recoveryCodes[1] }))).toBeNull();
  });

  it('P7 an administrator takes it from someone who lost everything; nobody else does, and not from oneself', async () => {
    const { token, person } = await enrolled();
    const path = `/api/people/${person.id}/second-factor/reset`;
    expect(await campus.refusal('POST', path, { token })).toBe('not-allowed');
    expect(Person.parse(await campus.json('POST', path, { token: admin })).secondFactor).toBe('off');
    expect(await campus.refusal('GET', '/api/me', { token })).toBe('not-signed-in');
    expect(await campus.signIn(person.signInName)).toHaveProperty('token');
    expect(await campus.refusal('POST', path, { token: admin })).toBe('conflict');
    const { id } = Me.parse(await campus.json('GET', '/api/me', { token: admin })).person;
    expect(await campus.refusal('POST', `/api/people/${id}/second-factor/reset`, { token: admin })).toBe('not-allowed');
  });

  it('P11 one sees where one is signed in, and ends one session without the others', async () => {
    const person = await campus.add(admin, ['student']);
    const other = await campus.add(admin, ['student']);
    const [here, there] = [
      SignedIn.parse(await campus.signIn(person.signInName)).token,
      SignedIn.parse(await campus.signIn(person.signInName, '203.0.113.250')).token,
    ];
    const { sessions } = OwnSessions.parse(await campus.json('GET', '/api/me/sessions', { token: here }));
    expect(sessions.map(({ current, address: at }) => [current, at]).toSorted()).toEqual([
      [false, '203.0.113.250'],
      [true, '198.51.100.1'],
    ]);
    const id = sessions.find(({ current }) => !current)?.id;
    const stranger = SignedIn.parse(await campus.signIn(other.signInName)).token;
    expect(await campus.refusal('DELETE', `/api/me/sessions/${id}`, { token: stranger })).toBe('not-found');
    expect(await campus.refusal('DELETE', `/api/me/sessions/${id}`, { token: here })).toBeNull();
    expect(await campus.refusal('GET', '/api/me', { token: there })).toBe('not-signed-in');
    expect(await campus.refusal('GET', '/api/me', { token: here })).toBeNull();
  });
});

describe('roles that must have one', () => {
  it('P6 have two weeks from their first sign-in, and then nothing else opens before it is set up', async () => {
    let server = await Campus.open();
    const token = await server.firstAdministrator();
    const person = await server.add(token, ['coordinator']);
    const first = SignedIn.parse(await server.signIn(person.signInName));
    expect(first.person).toMatchObject({ secondFactor: 'wished', secondFactorDueAt: server.clock.now() + 14 * DAY });
    server = await server.after(14 * DAY + MINUTE);
    const late = SignedIn.parse(await server.signIn(person.signInName));
    expect(late.person.secondFactor).toBe('needed');
    for (const path of ['/api/lessons?from=0&to=1', '/api/me/sessions', '/api/me/data', '/api/audit.csv', '/api/courses'])
      expect([path, await server.refusal('GET', path, { token: late.token })]).toEqual([path, 'second-factor-needed']);
    expect(await server.refusal('POST', '/api/faculties', { token: late.token, body: { name: 'X' } })).toBe('second-factor-needed');
    expect(Me.parse(await server.json('GET', '/api/me', { token: late.token })).person.id).toBe(person.id);
    await enrol(late.token, server);
    expect(await server.refusal('GET', '/api/me/sessions', { token: late.token })).toBeNull();
    await server.close();
  });

  it('P6 the time is over at once where the settings give none, and a reset opens no new one', async () => {
    const server = await Campus.open({ AUDITORIA_SECOND_FACTOR_GRACE_DAYS: '0', AUDITORIA_SECOND_FACTOR_REQUIRED_FOR: 'coordinator' });
    const token = await server.firstAdministrator();
    const person = await server.add(token, ['coordinator']);
    const { token: own } = SignedIn.parse(await server.signIn(person.signInName));
    expect(await server.refusal('GET', '/api/me/sessions', { token: own })).toBe('second-factor-needed');
    await enrol(own, server);
    await server.json('POST', `/api/people/${person.id}/second-factor/reset`, { token });
    expect(SignedIn.parse(await server.signIn(person.signInName)).person.secondFactor).toBe('needed');
    await server.close();
  });

  it('P6 the people of the demo university are never asked', async () => {
    const server = await Campus.open({ AUDITORIA_SECOND_FACTOR_GRACE_DAYS: '0' });
    const body = { choice: 'demo', code: server.app.firstRunCode };
    const Made = z.object({ credentials: z.array(z.object({ signInName: z.string(), role: z.string(), password: z.string() })) });
    const { credentials } = Made.parse(await server.json('POST', '/api/first-run', { body }));
    const boss = credentials.find(({ role }) => role === 'administrator');
    const answer = await server.json('POST', '/api/session', { body: { name: boss?.signInName, password: boss?.password } });
    expect(SignedIn.parse(answer).person.secondFactor).toBe('off');
    await server.close();
  });
});
