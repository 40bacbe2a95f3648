// A file of people may give the ids of the student-record system, and limit staff to faculties.
import { expect, it } from 'vitest';
import { FacultyId } from '../contract/ids.ts';
import { faultsOfExternalIds, readImport } from './people-import.ts';

const faculties = [
  { id: FacultyId.parse('f1'), name: 'Физика', externalId: '0101' },
  { id: FacultyId.parse('f2'), name: 'Biology', externalId: null },
];
const head = 'signInName,displayName,roles,externalId,faculties\n';
const read = (lines: string) => readImport(head + lines, faculties);

it('P9 limits the roles of a line that can be limited, by name, id or id elsewhere', () => {
  const { lines, faults } = read('aru,Ару,coordinator teacher observer,S1,Физика|f2\nbek,Бек,coordinator,,0101\nsam,Sam,student,,');
  expect(faults).toEqual([]);
  expect(lines.map(({ person }) => [person.externalId, person.roleFaculties])).toEqual([
    ['S1', { coordinator: ['f1', 'f2'], observer: ['f1', 'f2'] }],
    [null, { coordinator: ['f1'] }],
    [null, {}],
  ]);
});

it('finds faculties that are not there, and roles that no faculty limits', () => {
  expect(read('aru,Ару,coordinator,,Chemistry').faults).toEqual([
    { line: 2, column: 'faculties', code: 'faculty-unknown', value: 'Chemistry' },
  ]);
  expect(read('aru,Ару,student,,f1').faults).toMatchObject([{ line: 2, column: 'faculties', code: 'bad-value' }]);
});

it('finds ids that someone has, or that are twice in the file', () => {
  const { lines } = read('a1,A,student,S1,\nb1,B,student,S2,\nc1,C,student,S2,');
  expect(faultsOfExternalIds(lines, new Set(['S1'])).map(({ line, code }) => [line, code])).toEqual([
    [2, 'external-id-taken'],
    [4, 'external-id-twice'],
  ]);
});
