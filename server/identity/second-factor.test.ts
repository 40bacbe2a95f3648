// The second factor's pure rules: codes of RFC 6238, what is asked of whom, and how secrets are kept.
import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { newRecoveryCodes, newSecret, Seal, secretUri, standing, stepOfCode } from './second-factor.ts';

const DAY = 24 * 3_600_000;

describe('codes', () => {
  // RFC 6238, appendix B, SHA-1; the last six of its eight digits.
  const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
  it.each([
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_111_111_111, '050471'],
    [1_234_567_890, '005924'],
    [2_000_000_000, '279037'],
  ])('P4 are those of RFC 6238 at %i seconds', (seconds, code) => {
    expect(stepOfCode(secret, code, seconds * 1000, 0)).toBe(Math.floor(seconds / 30));
  });

  it('P4 are good one step before and after, and never once that step is spent', () => {
    const step = Math.floor(1_234_567_890 / 30);
    const at = (steps: number) => (step + steps) * 30_000;
    for (const steps of [-1, 0, 1]) expect(stepOfCode(secret, '005924', at(steps), 0)).toBe(step);
    for (const steps of [-2, 2]) expect(stepOfCode(secret, '005924', at(steps), 0)).toBeNull();
    expect(stepOfCode(secret, '005924', at(0), step - 1)).toBe(step);
    expect(stepOfCode(secret, '005924', at(0), step)).toBeNull();
    expect(stepOfCode(secret, '005924', at(0), step + 1)).toBeNull();
  });

  it('reach authenticators by an address that names the person', () => {
    const made = newSecret();
    expect(made).toMatch(/^[A-Z2-7]{32}$/);
    expect(secretUri(made, { issuer: 'Auditoria', label: 'aru' })).toBe(
      `otpauth://totp/Auditoria:aru?issuer=Auditoria&secret=${made}&algorithm=SHA1&digits=6&period=30`,
    );
  });

  it('of recovery are ten, all different, without letters that look alike', () => {
    const codes = newRecoveryCodes();
    expect(new Set(codes).size).toBe(10);
    for (const code of codes) expect(code).toMatch(/^[a-hjkmnp-z2-9]{5}-[a-hjkmnp-z2-9]{5}$/);
  });
});

describe('what is kept', () => {
  const seal = new Seal(randomBytes(32));
  it('opens again for its person only, with its key only, and never the same twice', () => {
    const closed = seal.close('SECRET', 'aru');
    expect(closed).not.toContain('SECRET');
    expect(seal.open(closed, 'aru')).toBe('SECRET');
    expect(seal.close('SECRET', 'aru')).not.toBe(closed);
    expect(() => seal.open(closed, 'another')).toThrow();
    expect(() => new Seal(randomBytes(32)).open(closed, 'aru')).toThrow();
    const [nonce = '', text = '', tag = ''] = closed.split('.');
    const other = text.startsWith('A') ? `B${text.slice(1)}` : `A${text.slice(1)}`;
    expect(() => seal.open([nonce, other, tag].join('.'), 'aru')).toThrow();
  });

  it('of a recovery code is the same however it is typed, and another one for another person', () => {
    const hash = seal.hashOfCode('abcde-fghjk', 'aru');
    expect(seal.hashOfCode(' ABCDE fghjk', 'aru')).toBe(hash);
    expect(seal.hashOfCode('abcde-fghjk', 'another')).not.toBe(hash);
    expect(new Seal(randomBytes(32)).hashOfCode('abcde-fghjk', 'aru')).not.toBe(hash);
  });
});

describe('what is asked', () => {
  const rules = { requiredFor: ['administrator', 'coordinator'], graceDays: 14 } as const;
  const now = 1_790_000_000_000;
  const who = { roles: ['coordinator', 'teacher'], has: false, exempt: false, dueAt: now + DAY } as const;
  it.each([
    ['who has one is done', { ...who, has: true, dueAt: 1 }, { secondFactor: 'on' }],
    ['other roles are free', { ...who, roles: ['teacher'] }, { secondFactor: 'off' }],
    ['the exempt are free', { ...who, exempt: true, dueAt: 1 }, { secondFactor: 'off' }],
    ['there is time', who, { secondFactor: 'wished', secondFactorDueAt: now + DAY }],
    ['the time is over', { ...who, dueAt: now }, { secondFactor: 'needed' }],
    ['the time has not begun', { ...who, dueAt: null }, { secondFactor: 'wished', secondFactorDueAt: now + 14 * DAY }],
  ] as const)('P6 %s', (_name, person, answer) => {
    expect(standing({ ...person, roles: [...person.roles] }, rules, now)).toEqual(answer);
  });

  it('P6 without days of grace it is needed at once', () => {
    expect(standing({ ...who, roles: [...who.roles], dueAt: null }, { ...rules, graceDays: 0 }, now)).toEqual({ secondFactor: 'needed' });
  });
});
