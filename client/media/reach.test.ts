// When people are told that their network lets no media through.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Reach } from './reach.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('U12 a path that is not found within twelve seconds is called blocked, until one is', () => {
  const reach = new Reach();
  reach.path('receive', 'connecting');
  vi.advanceTimersByTime(11_000);
  expect(reach.state.value).toBe('open');
  reach.path('receive', 'failed');
  vi.advanceTimersByTime(1_000);
  expect(reach.state.value).toBe('blocked');
  // Begun anew, it is still so.
  reach.path('receive', 'closed');
  reach.path('receive-2', 'connecting');
  expect(reach.state.value).toBe('blocked');
  reach.path('receive-2', 'connected');
  expect(reach.state.value).toBe('open');
});

test('U12 one way that stands does not hide that the other does not', () => {
  const reach = new Reach();
  reach.path('receive', 'connecting');
  reach.path('send', 'connecting');
  reach.path('receive', 'connected');
  vi.advanceTimersByTime(12_000);
  expect(reach.state.value).toBe('blocked');
});

test('U12 a transport that nothing was sent over yet is no trouble, nor one that was left', () => {
  const reach = new Reach();
  reach.path('send', 'new');
  reach.path('receive', 'connecting');
  reach.reset();
  vi.advanceTimersByTime(60_000);
  expect(reach.state.value).toBe('open');
});

test('L20 sound and picture have a way while one transport has, also while a new one is looked for', () => {
  const reach = new Reach();
  reach.path('receive', 'connected');
  reach.path('receive', 'connecting');
  expect(reach.flows.value).toBe(true);
  reach.path('receive', 'disconnected');
  expect(reach.flows.value).toBe(false);
  reach.path('receive', 'connected');
  reach.reset();
  expect(reach.flows.value).toBe(false);
});

test('U12 who was without any network is not told of a closed one as soon as the server answers again', () => {
  const reach = new Reach();
  reach.path('receive', 'connected');
  reach.path('receive', 'disconnected');
  vi.advanceTimersByTime(30_000);
  reach.again();
  expect(reach.state.value).toBe('open');
  vi.advanceTimersByTime(11_000);
  expect(reach.state.value).toBe('open');
  vi.advanceTimersByTime(1_000);
  expect(reach.state.value).toBe('blocked');
});
