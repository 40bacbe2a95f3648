// Files from Excel are read, and others are refused in time.
import { expect, test } from 'vitest';
import { readCsv } from './read-csv.ts';

const kazakh = 'signInName\r\nәлия';
const file = (...parts: Uint8Array<ArrayBuffer>[]) => new Blob(parts);
const utf8 = new TextEncoder().encode(kazakh);

test('UTF-8 is read with its mark and without', async () => {
  const mark = new Uint8Array([0xef, 0xbb, 0xbf]);
  expect(await readCsv(file(utf8))).toEqual({ text: kazakh });
  expect(await readCsv(file(mark, utf8))).toEqual({ text: kazakh });
});

test('the Unicode text of Excel is read', async () => {
  const units = Uint16Array.from([0xfeff, ...[...kazakh].map((letter) => letter.charCodeAt(0))]);
  expect(await readCsv(file(new Uint8Array(units.buffer)))).toEqual({ text: kazakh });
});

test('a file in the old Windows code page is refused, not garbled', async () => {
  expect(await readCsv(file(new Uint8Array([0xc0, 0xeb, 0xe8, 0xff])))).toEqual({ fault: 'unreadable' });
});

test('a file beyond eight megabytes is refused', async () => {
  expect(await readCsv(file(new Uint8Array(8_000_001)))).toEqual({ fault: 'tooLarge' });
});
