// The hash of an entry, and what a chain says of entries that do not fit.
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { ChainCheck, type ChainedRow, hashOfEntry, noHash } from './chain.ts';
import { erasePersonal, isErased, openPersonal, personalHashOf, sealPersonal } from './personal.ts';

const bare = {
  ...{ lesson_id: 'l', seq: 1, at: 1000, kind: 'hand-raised', person_id: 'p', participant_id: 'm', connection_id: null },
  ...{ detail: '{"b":1}', personal: null, personal_hash: null },
};

function chainOf(length: number): ChainedRow[] {
  const rows: ChainedRow[] = [];
  for (let seq = 1; seq <= length; seq += 1) {
    const row = { ...bare, seq, at: 1000 + seq };
    rows.push({ ...row, hash: hashOfEntry(row, rows.at(-1)?.hash ?? noHash) });
  }
  return rows;
}

function faultsOf(rows: readonly ChainedRow[]): string[] {
  const check = new ChainCheck('l');
  for (const row of rows) check.take(row);
  check.end();
  return check.faults.map((fault) => `${fault.kind}${'seq' in fault ? ` ${fault.seq}` : ''}`);
}

/** As one who changes a table has to: numbers without a hole. */
const renumbered = (rows: readonly ChainedRow[]) => rows.map((row, index) => ({ ...row, seq: index + 1 }));

describe('the chain of a lesson', () => {
  it('E1 hashes the canonical JSON of all that an entry says, and of the hash before', () => {
    const text =
      '{"at":1000,"connectionId":null,"detail":{"b":1},"kind":"hand-raised","lessonId":"l","participantId":"m","personId":"p","personal":null,' +
      `"previous":"${noHash}","seq":1,"v":1}`;
    expect(hashOfEntry(bare, noHash)).toBe(createHash('sha256').update(text).digest('hex'));
  });

  it('E4 tells a changed entry from the ones around it, wherever it stands', () => {
    const rows = chainOf(6);
    expect(faultsOf(rows)).toEqual([]);
    for (const [index, row] of rows.entries()) {
      expect(faultsOf(rows.with(index, { ...row, kind: 'x' }))).toEqual([`entry-changed ${index + 1}`]);
      expect(faultsOf(rows.with(index, { ...row, hash: 'a'.repeat(64) }))).toEqual([`entry-changed ${index + 1}`]);
    }
  });

  it('E4 tells a removal, an insertion and an exchange, also when the numbers were made to fit', () => {
    const rows = chainOf(7);
    const [first, , third, fourth] = rows;
    if (!first || !third || !fourth) throw new Error('Too short');
    expect(faultsOf(rows.toSpliced(3, 1))).toEqual(['entry-missing 4']);
    expect(faultsOf(renumbered(rows.toSpliced(3, 1)))).toEqual(['entry-missing 4']);
    expect(faultsOf(renumbered(rows.toSpliced(3, 0, { ...third, hash: 'a'.repeat(64) })))).toEqual(['entry-inserted 4']);
    expect(faultsOf(renumbered(rows.with(2, fourth).with(3, third)))).toEqual(['out-of-order 3']);
    expect(faultsOf([rows[0], ...rows].filter((row) => row !== undefined))).toEqual(['entry-inserted 1']);
  });

  it('E4 stops naming after the first hundred', () => {
    expect(faultsOf(chainOf(400).filter(({ seq }) => seq % 3 === 0)).length).toBeLessThanOrEqual(101);
  });
});

describe('the personal part', () => {
  const salts = ['salt1', 'salt2'];
  const sealed = sealPersonal({ name: 'Ә', address: '::1' }, () => salts.pop() ?? '');

  it('E2 keeps its hash when a value of it, or all of it, is erased', () => {
    const once = erasePersonal(sealed.personal ?? '', ['address']);
    expect(openPersonal(once)).toEqual({ name: 'Ә' });
    expect(personalHashOf(once ?? '')).toBe(sealed.personalHash);
    expect([isErased(sealed.personal), isErased(once), isErased(null)]).toEqual([false, true, true]);
    expect(erasePersonal(once ?? '', ['name', 'device'])).toBeNull();
  });

  it('E2 is not there where nothing is personal', () => {
    expect(sealPersonal({}, () => 's')).toEqual({ personal: null, personalHash: null });
  });
});
