// Where a media worker is kept and fetched from, and how its build is followed.
import { expect, test } from 'vitest';
import { firstError, readCount } from './build.mjs';
import { cacheKey } from './cache.mjs';
import { prebuiltUrl } from './download.mjs';

const parts = { mediasoup: '3.27.1', recipe: 'abcdef0123456789', distribution: 'debian', version: '12', arch: 'x64' };

test('the cache key names version, distribution, processor and build recipe', () => {
  expect(cacheKey(parts)).toBe('3.27.1-debian12-x64-abcdef012345');
});

test.each(Object.keys(parts))('a worker is not shared when the %s differs', (field) => {
  expect(cacheKey({ ...parts, [field]: 'other' })).not.toBe(cacheKey(parts));
});

test('the cache key is a single folder name', () => {
  expect(cacheKey({ ...parts, version: 'a/../b c' })).not.toMatch(/[/ ]/);
});

test('the published binary is asked for under mediasoup’s own release names', () => {
  const asked = { version: '3.27.1', repositoryUrl: 'git+https://code.example/mediasoup.git', os: 'linux', arch: 'x64', kernel: '6.1.0-9' };
  const name = '3.27.1/mediasoup-worker-3.27.1-linux-x64-kernel6.tgz';
  expect(prebuiltUrl(asked)).toBe(`https://code.example/mediasoup/releases/download/${name}`);
  expect(prebuiltUrl({ ...asked, base: 'https://mirror.example' })).toBe(`https://mirror.example/${name}`);
});

test('progress is read from ninja’s lines', () => {
  expect(readCount('[12/277] Building CXX object a.o')).toEqual({ done: 12, all: 277 });
  expect(readCount('FAILED: a.o')).toBeUndefined();
});

test('the first complaint of a compiler is shown, not the end of the log', () => {
  expect(firstError('[1/9] ok\na.cpp:1: error: no such type\nnote\n[2/9] ok')).toMatch(/^a\.cpp:1: error/);
  expect(firstError('killed by nobody')).toBe('killed by nobody');
});
