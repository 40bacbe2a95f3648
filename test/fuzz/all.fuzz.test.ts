// H14 to H17: a slice of the fuzz of every route and every request. All of it: `npm run chaos -- fuzz`, or `node test/fuzz/main.ts <count> <seed>`.
import { describe, expect, it } from 'vitest';
import { fuzzAll } from './all.ts';

const count = 1200;
const fresh = Number(process.env.AUDITORIA_FUZZ_SEED ?? Date.now() % 1_000_000_000);

describe('every route and every request, with whatever from whomever', () => {
  it(`is answered as promised and harms nobody else, seed ${fresh}`, { timeout: 600_000 }, async () => {
    const { inputs, outcomes, reached } = await fuzzAll({ seed: fresh, count });
    expect(inputs).toBe(count);
    // Neither all refused nor all alike.
    expect(Number(outcomes.ok)).toBeGreaterThan(count / 20);
    expect(Object.keys(outcomes).length).toBeGreaterThan(5);
    expect(reached.length).toBeGreaterThan(30);
  });
});
