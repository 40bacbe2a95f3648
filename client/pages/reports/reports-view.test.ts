// What the address of a report says.
import { expect, it } from 'vitest';
import { fileAddress, readAsked, reportLink, writeAsked } from './reports-view.ts';

it('reads from the address what it wrote there', () => {
  const asked = { of: 'group', id: 'g1', from: '2026-09-01', to: '2026-12-31' } as const;
  expect(readAsked(new URLSearchParams(writeAsked(asked)))).toEqual(asked);
});

it.each([
  ['of=anything', 'no kind', { of: undefined }],
  ['of=term&from=2026-09-01', 'half a period', { of: 'term', from: undefined, to: undefined }],
  ['of=term&from=2026-12-01&to=2026-09-01', 'a period that ends before it begins', { from: undefined, to: undefined }],
  ['of=term&from=yesterday&to=today', 'words for days', { from: undefined, to: undefined }],
])('takes %s as %s', (search, _what, found) => {
  expect(readAsked(new URLSearchParams(search))).toMatchObject(found);
});

it('has no file while nothing is chosen, and one of the whole university without an id', () => {
  const days = { from: undefined, to: undefined };
  expect(fileAddress({ of: undefined, id: undefined, ...days }, 'csv', 'kk')).toBeUndefined();
  expect(fileAddress({ of: 'group', id: undefined, ...days }, 'csv', 'kk')).toBeUndefined();
  expect(fileAddress({ of: 'group', id: 'g/1', ...days }, 'pdf', 'kk')).toBe('/api/reports/groups/g%2F1.pdf?lang=kk');
  expect(fileAddress({ of: 'term', id: undefined, from: '2026-09-01', to: '2026-12-31' }, 'xlsx', 'en')).toBe(
    '/api/reports/term.xlsx?from=2026-09-01&to=2026-12-31&lang=en',
  );
});

it('keeps the days on the way to another report', () => {
  expect(reportLink('student', 's1', { from: '2026-09-01', to: '2026-12-31' })).toBe(
    '/reports?of=student&id=s1&from=2026-09-01&to=2026-12-31',
  );
});
