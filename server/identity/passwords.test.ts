// Passwords: kept as argon2id, and refused after the same work whether there is a person or not.
import { describe, expect, it } from 'vitest';
import { generatePassword, Passwords } from './passwords.ts';

describe('passwords', () => {
  const passwords = new Passwords();

  it('are kept as argon2id, each with its own salt', async () => {
    const [one, two] = [await passwords.hash('Tau-men-dala'), await passwords.hash('Tau-men-dala')];
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(one).not.toBe(two);
    expect(await passwords.isRight('Tau-men-dala', one)).toBe(true);
    expect(await passwords.isRight('tau-men-dala', one)).toBe(false);
    expect(await passwords.isRight('nobody has this password', null)).toBe(false);
  });

  it('are the same however the keyboard composes a letter', async () => {
    expect(await passwords.isRight('cafe\u0301 и\u0306од', await passwords.hash('caf\u00e9 йод'))).toBe(true);
  });

  it('are checked as long for an unknown person as for a known one', async () => {
    const known = await passwords.hash('Tau-men-dala');
    const median = async (hash: string | null) => {
      const times = [];
      for (let turn = 0; turn < 7; turn += 1) {
        const from = performance.now();
        await passwords.isRight('a wrong guess', hash);
        times.push(performance.now() - from);
      }
      return times.sort((a, b) => a - b)[3] ?? 0;
    };
    expect(await median(null)).toBeGreaterThan(0.4 * (await median(known)));
  });

  it('are generated without letters that look alike', () => {
    for (let turn = 0; turn < 50; turn += 1) expect(generatePassword()).toMatch(/^([a-hj-km-np-z2-9]{4}-){2}[a-hj-km-np-z2-9]{4}$/);
  });
});
