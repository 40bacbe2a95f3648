// Which failures of a database pass by themselves, and which say that what was asked is wrong.
import { expect, it } from 'vitest';
import { DatabaseAway, isDatabaseAway, noConnection } from './away.ts';

const withCode = (code: string) => Object.assign(new Error('as the driver says it'), { code });

it.each([
  ['PostgreSQL stops, starts, or has lost the connection', ['57P01', '57P02', '57P03', '08006', 'ECONNRESET', 'EHOSTUNREACH']],
  ['it has no room, no connections, or a disk that fails', ['53100', '53200', '53300', '58000', '58030']],
  ['two waited for one another, and one has to ask again', ['40001', '40P01', '55P03']],
  [
    'SQLite is held by another process, or its disk gives nothing',
    ['SQLITE_BUSY', 'SQLITE_BUSY_SNAPSHOT', 'SQLITE_FULL', 'SQLITE_IOERR_WRITE'],
  ],
])('H20 to wait helps when %s', (_what, codes) => {
  expect(codes.filter((code) => !isDatabaseAway(withCode(code)))).toEqual([]);
});

it('H20 to wait does not help when what was asked is wrong', () => {
  const codes = ['23505', '23503', '22001', '42P01', '28P01', 'SQLITE_CONSTRAINT_UNIQUE', 'SQLITE_CORRUPT', 'ENOENT'];
  expect(codes.filter((code) => isDatabaseAway(withCode(code)))).toEqual([]);
  expect([isDatabaseAway('57P01'), isDatabaseAway(undefined)]).toEqual([false, false]);
});

it('H20 a pool without a connection is away for whatever reason, but for what PostgreSQL itself says of it', () => {
  expect(noConnection(withCode('ECONNREFUSED'))).toBeInstanceOf(DatabaseAway);
  expect(isDatabaseAway(noConnection(new Error('timeout exceeded when trying to connect')))).toBe(true);
  expect(isDatabaseAway(noConnection(withCode('28P01')))).toBe(false);
});
