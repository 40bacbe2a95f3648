// A bundle of which any byte was changed on its way is never proven; one that was taken apart and put together otherwise neither.
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyBundle } from '../../server/trace/verify-bundle.ts';
import { fillCampus } from '../support/campus.ts';
import { Traced } from '../support/traced.ts';
import { eachDatabase } from './databases.ts';

eachDatabase((name, open) => {
  // What is in a bundle does not depend on the database it came from.
  describe.skipIf(name === 'PostgreSQL')('a bundle', () => {
    let bundle: Buffer;
    let keys: unknown;
    beforeAll(async () => {
      const { db } = await open();
      await fillCampus(db);
      const traced = await Traced.open(db);
      await traced.fill();
      await traced.sealing.rotate();
      await traced.nextDay();
      keys = { keys: await traced.heads.keys() };
      bundle = Buffer.from(await traced.bundle());
      await traced.close();
    });
    let lines: string[] = [];
    const faults = async (text: string) => (await verifyBundle(text)).faults.map(({ kind, line }) => ({ kind, line }));
    beforeAll(() => {
      lines = bundle.toString().split('\n').slice(0, -1);
    });
    afterAll(() => {
      lines = [];
    });
    const lineOf = (text: string) => lines.findIndex((line) => line.includes(text)) + 1;

    it('E6 is proven as it is, by its own keys and by those that are published, over a change of keys', async () => {
      expect(await verifyBundle(bundle.toString())).toMatchObject({ ok: true, faults: [], days: 4, unsealed: 0 });
      expect(await verifyBundle(bundle.toString(), keys)).toMatchObject({ ok: true, keysCompared: true });
      const strange = { keys: [{ id: 'abcdefabcdefabcd', publicKey: 'A'.repeat(43) }] };
      expect((await verifyBundle(bundle.toString(), strange)).faults.map(({ kind }) => kind)).toContain('key-unknown');
    });

    it('E6 no byte of it can be changed without being found', { timeout: 120_000 }, async () => {
      await fc.assert(
        fc.asyncProperty(fc.nat(bundle.length - 1), fc.integer({ min: 1, max: 255 }), async (at, by) => {
          const changed = Buffer.from(bundle);
          changed[at] = (changed[at] ?? 0) ^ by;
          const proof = await verifyBundle(changed.toString());
          expect(proof.ok).toBe(false);
          expect(proof.faults.length).toBeGreaterThan(0);
        }),
        { numRuns: 500 },
      );
    });

    it('E6 no line of it can be left out, doubled or moved without being found', async () => {
      for (const index of lines.keys()) {
        const rest = lines.toSpliced(index, 1);
        const doubled = lines.toSpliced(index, 0, lines[index] ?? '');
        const moved = rest.toSpliced((index + 2) % rest.length, 0, lines[index] ?? '');
        for (const text of [rest, doubled, moved]) expect((await verifyBundle(`${text.join('\n')}\n`)).ok, `line ${index + 1}`).toBe(false);
      }
    });

    it('E6 names the line and what is wrong with it', async () => {
      const join = (changed: readonly string[]) => `${changed.join('\n')}\n`;
      const at = lineOf('"kind":"register-corrected"');
      const line = lines[at - 1] ?? '';
      expect(await faults(join(lines.with(at - 1, line.replace('"verdict":"present"', '"verdict":"absent"'))))).toEqual([
        { kind: 'entry-changed', line: at },
      ]);
      expect(await faults(join(lines.with(at - 1, line.replace('Трамвай', 'Автобус'))))).toEqual([{ kind: 'personal-changed', line: at }]);
      expect(await faults(join(lines.with(at - 1, line.slice(1))))).toContainEqual({ kind: 'unreadable', line: at });
      const swapped = lines.with(at - 1, lines[at] ?? '').with(at, line);
      expect(await faults(join(swapped))).toEqual([{ kind: 'out-of-order', line: at + 1 }]);
    });

    /** With a right last line, as one who knows the format would end it. */
    const ended = (kept: readonly string[]) => {
      const body = kept.map((line) => `${line}\n`).join('');
      return `${body}{"line":"end","lines":${kept.length},"sha256":"${createHash('sha256').update(body).digest('hex')}"}\n`;
    };

    it('E6 nothing can be hidden in a personal part, whatever it is called', async () => {
      const at = lineOf('"kind":"register-corrected"');
      for (const name of ['__proto__', 'constructor', 'aaa']) {
        const parts = (lines[at - 1] ?? '').replace('"personal":{', `"personal":{"${name}":["s","x"],`);
        const line = name === 'constructor' ? parts.replace(/("constructor":\["s","x"\]),("byName":[^\]]*\])/, '$2,$1') : parts;
        expect(await faults(ended(lines.slice(0, -1).with(at - 1, line))), name).toEqual([{ kind: 'personal-changed', line: at }]);
      }
    });

    it('E6 the first day it brings is one that knows of the lesson', async () => {
      const first = lineOf('"line":"head"');
      const without = lines.slice(0, -1).filter((line) => !/"line":"head".*"number":[12],/.test(line));
      expect(await faults(ended(without))).not.toEqual([]);
      const blank = (lines[first - 1] ?? '').replace(/"leaf":\{[^}]*\}/, '"leaf":null');
      const header = (lines[0] ?? '').replace(/"sealedSeq":\d+/, '"sealedSeq":0');
      const kept = lines.slice(0, first - 1).with(0, header);
      const keysOnly = lines.slice(lineOf('"line":"key"') - 1, -1);
      expect(await faults(ended([...kept, blank, ...keysOnly]))).toEqual([{ kind: 'day-missing', line: first }]);
    });

    it('E6 who ends it early and counts the lines anew is found by what the days have signed', async () => {
      const kept = lines.slice(0, -1).filter((line) => !line.includes('"line":"entry"') || !line.endsWith('"seq":14}'));
      const body = `${kept.join('\n')}\n`;
      const sum = createHash('sha256').update(body).digest('hex');
      expect(kept).toHaveLength(lines.length - 2);
      expect(await faults(`${body}{"line":"end","lines":${kept.length},"sha256":"${sum}"}\n`)).toEqual([{ kind: 'cut-off', line: null }]);
    });
  });
});
