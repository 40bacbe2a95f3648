// Addresses are filled in safely.
import { expect, test } from 'vitest';
import { addressOf } from './api.ts';

test('parameters cannot leave their place in the path', () => {
  expect(addressOf('/api/lessons/{id}/enter', { id: '../people?x' }, {})).toBe('/api/lessons/..%2Fpeople%3Fx/enter');
});

test('absent query values are left out', () => {
  expect(addressOf('/api/people', {}, { search: 'Әлия & co', role: undefined, limit: 50 })).toBe(
    `/api/people?${new URLSearchParams({ search: 'Әлия & co', limit: '50' })}`,
  );
});

test('a missing parameter is a fault of ours', () => {
  expect(() => addressOf('/api/lessons/{id}', {}, {})).toThrow('id');
});
