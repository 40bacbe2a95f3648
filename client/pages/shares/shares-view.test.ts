// The report of shares is found again by its address.
import { expect, test } from 'vitest';
import { askedShares, csvAddress, filled, readShares, writeShares } from './shares-view.ts';

const read = (address: string) => readShares(new URLSearchParams(address));

test('an address is read and written back unchanged', () => {
  for (const address of ['by=student&state=over', 'term=t1&faculty=f1&sort=name', ''])
    expect(writeShares(read(address)).toString()).toBe(address);
});

test('what cannot be is passed over', () => {
  expect(writeShares(read('by=weather&state=bad&term=../x')).toString()).toBe('');
});

test('the table for a spreadsheet holds what the page shows', () => {
  expect(csvAddress(askedShares(read('by=programme&state=near&term=t1'), 'law'))).toBe(
    '/api/shares.csv?by=programme&sort=share&termId=t1&state=near&search=law',
  );
});

test('a bar is full at the limit and beyond it', () => {
  expect([filled(null, 20), filled(5, 20), filled(20, 20), filled(35, 20), filled(1, 0)]).toEqual([0, 0.25, 1, 1, 1]);
});
