// After signing in one never lands on another site.
import { expect, test } from 'vitest';
import { nextAddress, signInAddress } from './next-address.ts';

const origin = 'https://class.example.kz';

test('a place of ours is returned to, with its query and fragment', () => {
  const there = signInAddress({ pathname: '/lessons/l1/register', search: '?late=1', hash: '#p2' });
  expect(nextAddress(new URL(there, origin).search, origin)).toBe('/lessons/l1/register?late=1#p2');
});

test('the start page needs no way back', () => {
  expect(signInAddress({ pathname: '/', search: '', hash: '' })).toBe('/sign-in');
});

test.each([
  'https://evil.example',
  '//evil.example',
  '//evil.example//evil.example/x',
  '//evil.example/people',
  '/x/..//evil.example',
  '/\\evil.example',
  '/\t/evil.example',
  '\\\\evil.example',
  'javascript:alert(1)',
  'lessons',
  '',
])('next=%j leads to the start page', (next) => {
  expect(nextAddress(`?next=${encodeURIComponent(next)}`, origin)).toBe('/');
});

test('signing in never leads back to signing in', () => {
  expect(nextAddress('?next=%2Fsign-in%3Fnext%3D%2F', origin)).toBe('/');
});
